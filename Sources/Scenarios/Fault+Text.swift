// In calls, faults are written as `omit a b 1` (what a sends to b in round 1 is lost) and `crash c 3` (c
// sends nothing from round 3 on): the word of the kind, the subject, the round. A name that contains a space
// is in double quotes.

import Dedalus
import Texts

extension Fault {
  /// The fault that `text` describes. Its nodes must be among `nodes`; it need not be admissible.
  public init(_ text: String, nodes: Nodes) throws(InvalidQuestion) {
    let words = try Self.words(of: text)
    for kind in KindID.allIDs where words.first == kind.meaning.word {
      let form = kind.meaning.subject
      guard words.count == form.names.count + 2 else { break }
      var named: [NodeID] = []
      for word in words[1...form.names.count] { named.append(try nodes.named(word)) }
      let struck = Subject(form, named)
      self.init(kind, struck, try Self.round(words[words.count - 1], in: text))
      if case .link(let link) = struck, link.sender == link.receiver {
        throw InvalidQuestion(
          code: "bad-fault", message: "in '\(text.showingEverything)': a message to oneself is never lost")
      }
      return
    }
    let forms = KindID.allIDs.reversed().map { "'\($0.meaning.form)'" }
    throw InvalidQuestion(
      code: "bad-fault", message: "'\(text.showingEverything)' is no fault",
      fix: "write \(forms.joined(separator: " or "))")
  }

  /// The fault as it is written in a call.
  public func text(_ nodes: Nodes) -> String {
    let names = subject.nodes.map { Self.word(nodes[$0]) }
    return ([meaning.word] + names + ["\(round.rawValue)"]).joined(separator: " ")
  }

  private static func word(_ name: Text) -> String {
    name.string.unicodeScalars.contains { $0.properties.isWhitespace } ? "\"\(name.string)\"" : name.string
  }

  /// The words of `text`. Quotes join several words into one and are removed.
  private static func words(of text: String) throws(InvalidQuestion) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var (isQuoted, isWord) = (false, false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        isQuoted.toggle()
        isWord = true
      case _ where scalar.properties.isWhitespace && !isQuoted:
        if isWord { words.append(String(word)) }
        word.removeAll()
        isWord = false
      default:
        word.append(scalar)
        isWord = true
      }
    }
    guard !isQuoted else {
      throw InvalidQuestion(
        code: "bad-fault", message: "in '\(text.showingEverything)': a quote is not closed")
    }
    return isWord ? words + [String(word)] : words
  }

  private static func round(_ word: String, in text: String) throws(InvalidQuestion) -> Round {
    guard let number = wholeNumber(word), 1...1_000_000_000 ~= number else {
      throw InvalidQuestion(
        code: "bad-fault",
        message:
          "in '\(text.showingEverything)': '\(word.showingEverything)' is no round; the first round is 1")
    }
    return Round(number)
  }
}

extension FaultKind {
  /// The syntax of a fault of this kind, as in `crash NODE ROUND`.
  public var form: String {
    ([word] + subject.names.map { $0.uppercased() } + ["ROUND"]).joined(separator: " ")
  }
}

extension Fault.Subject.Form {
  /// The placeholders for the nodes of a subject, in the order in which they are written.
  public var names: [String] {
    switch self {
    case .node: ["node"]
    case .link: ["from", "to"]
    }
  }
}

extension Fault.Subject {
  /// The nodes in the order in which they are written.
  public var nodes: [NodeID] {
    switch self {
    case .node(let node): [node]
    case .link(let link): [link.sender, link.receiver]
    }
  }

  /// The subject of the given form with `nodes`, in the order in which they are written.
  public init(_ form: Form, _ nodes: [NodeID]) {
    switch form {
    case .node: self = .node(nodes[0])
    case .link: self = .link(Link(from: nodes[0], to: nodes[1]))
    }
  }
}

extension Nodes {
  /// The node called `name`.
  public func named(_ name: String) throws(InvalidQuestion) -> NodeID {
    if let id = id(of: Text(name)) { return id }
    let known = names.map { $0.string.showingEverything }.joined(separator: ", ")
    throw InvalidQuestion(
      code: "unknown-node", message: "there is no node '\(name.showingEverything)'",
      fix: "the nodes are \(known)")
  }
}

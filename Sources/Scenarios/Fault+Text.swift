// Faults are written in calls as `omit a b 1` (what a sends to b in round 1 is lost) and `crash c 3` (c sends
// nothing from round 3 on). A name with a space in it stands in double quotes.

import Dedalus
import Texts

extension Fault {
  /// The fault that `text` writes; its nodes must be among `nodes`, and it need not be admissible.
  public init(_ text: String, nodes: Nodes) throws(InvalidQuestion) {
    let words = try Self.words(of: text)
    switch (words.first, words.count) {
    case ("omit", 4):
      let (sender, receiver) = (try nodes.named(words[1]), try nodes.named(words[2]))
      self = .omission(from: sender, to: receiver, try Self.round(words[3], in: text))
      guard sender != receiver else {
        throw InvalidQuestion(
          code: "bad-fault", message: "in '\(text.showingEverything)': a message to oneself is never lost")
      }
    case ("crash", 3): self = .crash(try nodes.named(words[1]), try Self.round(words[2], in: text))
    default:
      throw InvalidQuestion(
        code: "bad-fault", message: "'\(text.showingEverything)' is no fault",
        fix: "write 'omit FROM TO ROUND' or 'crash NODE ROUND'")
    }
  }

  /// As it is written in a call.
  public func text(_ nodes: Nodes) -> String {
    switch self {
    case .crash(let node, let round): "crash \(Self.word(nodes[node])) \(round.rawValue)"
    case .omission(let sender, let receiver, let round):
      "omit \(Self.word(nodes[sender])) \(Self.word(nodes[receiver])) \(round.rawValue)"
    }
  }

  /// As one says it.
  public func sentence(_ nodes: Nodes) -> String {
    switch self {
    case .crash(let node, let round):
      "\(nodes[node].string.showingEverything) crashes in round \(round.rawValue)"
    case .omission(let sender, let receiver, let round):
      "what \(nodes[sender].string.showingEverything) sends to \(nodes[receiver].string.showingEverything) "
        + "in round \(round.rawValue) is lost"
    }
  }

  private static func word(_ name: Text) -> String {
    name.string.unicodeScalars.contains { $0.properties.isWhitespace } ? "\"\(name.string)\"" : name.string
  }

  /// The words of `text`; quotes hold a word together and are taken away.
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

// In calls, faults are written as `omit a b 1` (what a sends to b in round 1 is lost) and `pause c 3 5` (c
// pauses in rounds 3 and 4): the word of the kind, the subject, the round, the measure. A name that holds a
// blank, a comma, a quote or a backslash is in double quotes.

import Dedalus
import Texts

extension Fault {
  /// The fault that `text` describes. Its nodes must be among `nodes` and its fact among `facts`; it need not
  /// be admissible.
  public init(_ text: String, nodes: Nodes, facts: [TimedFact] = []) throws(InvalidQuestion) {
    let reader = FaultReader(text, nodes: nodes, facts: facts)
    self = try reader.fault()
  }

  /// The fault as it is written in a call.
  public func text(_ nodes: Nodes) -> String {
    var words = [meaning.word]
    switch subject {
    case .node(let node): words.append(QuotedWord.written(nodes[node].string))
    case .link(let link):
      words += [link.sender, link.receiver].map { QuotedWord.written(nodes[$0].string) }
    case .side(let side):
      words.append(side.nodes.map { QuotedWord.written(nodes[$0].string) }.joined(separator: ","))
    case .fact(let fact): return words[0] + " " + QuotedWord.written(fact.text(in: round))
    }
    words.append("\(round.rawValue)")
    switch meaning.measure {
    case .until: words.append("\(until.rawValue)")
    case .late: words.append("\(extent)")
    case nil: break
    }
    return words.joined(separator: " ")
  }
}

/// Words of a text, which double quotes can join.
enum QuotedWord {
  /// `word`, in quotes where it needs them.
  static func written(_ word: String) -> String {
    let isPlain = !word.unicodeScalars.contains {
      $0.properties.isWhitespace || $0 == "," || $0 == "\"" || $0 == "\\"
    }
    if isPlain, !word.isEmpty { return word }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in word.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  /// The words of `text`, each as its parts between commas outside quotes; nil where a quote is not closed.
  /// Within quotes, a backslash takes the next character for itself.
  static func words(of text: String) -> [[String]]? {
    var words: [[String]] = []
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var (isQuoted, isEscaped, isWord) = (false, false, false)
    for scalar in text.unicodeScalars {
      if isEscaped {
        part.append(scalar)
        isEscaped = false
        continue
      }
      switch scalar {
      case "\\" where isQuoted: isEscaped = true
      case "\"":
        isQuoted.toggle()
        isWord = true
      case "," where !isQuoted:
        parts.append(String(part))
        part.removeAll()
        isWord = true
      case _ where scalar.properties.isWhitespace && !isQuoted:
        if isWord { words.append(parts + [String(part)]) }
        parts.removeAll()
        part.removeAll()
        isWord = false
      default:
        part.append(scalar)
        isWord = true
      }
    }
    if isQuoted { return nil }
    return isWord ? words + [parts + [String(part)]] : words
  }
}

/// Reads the text of one fault.
private struct FaultReader {
  private let text: String
  private let nodes: Nodes
  private let facts: [TimedFact]

  init(_ text: String, nodes: Nodes, facts: [TimedFact]) {
    (self.text, self.nodes, self.facts) = (text, nodes, facts)
  }

  func fault() throws(InvalidQuestion) -> Fault {
    guard let words = QuotedWord.words(of: text) else { throw objection("a quote is not closed") }
    for kind in KindID.allIDs where words.first == [kind.meaning.word] {
      let meaning = kind.meaning
      guard words.count == meaning.form.count else { break }
      if meaning.subject == .fact { return try missing(kind, words[1].joined(separator: ",")) }
      let subject = try subject(meaning.subject, Array(words[1..<(1 + meaning.subject.names.count)]))
      let numbers = words[(1 + meaning.subject.names.count)...].map { $0.joined(separator: ",") }
      let round = try round(numbers[0])
      return Fault(kind, subject, round, extent: try extent(meaning.measure, numbers, round))
    }
    let forms = KindID.allIDs.map { "'\($0.meaning.form.joined(separator: " "))'" }
    throw InvalidQuestion(
      code: "bad-fault", message: "'\(text.showingEverything)' is no fault",
      fix: "write \(forms.dropLast().joined(separator: ", ")) or \(forms[forms.count - 1])")
  }

  private func subject(
    _ form: Fault.Subject.Form, _ words: [[String]]
  ) throws(InvalidQuestion) -> Fault.Subject {
    switch form {
    case .node: return .node(try nodes.named(words[0].joined(separator: ",")))
    case .link:
      let sender = try nodes.named(words[0].joined(separator: ","))
      let receiver = try nodes.named(words[1].joined(separator: ","))
      if sender == receiver { throw objection("a message to oneself always arrives in the next round") }
      return .link(Link(from: sender, to: receiver))
    case .side:
      var side: [NodeID] = []
      for name in words[0] { side.append(try nodes.named(name)) }
      if Set(side).count == nodes.count { throw objection("a side does not hold all the nodes") }
      return .side(NodeSet(side).side(ofNodes: nodes.count))
    case .fact: preconditionFailure("facts are read as a whole")
    }
  }

  private func extent(
    _ measure: Measure?, _ numbers: [String], _ round: Round
  ) throws(InvalidQuestion) -> Int {
    switch measure {
    case nil: return 0
    case .until:
      let end = try self.round(numbers[1])
      guard end > round else {
        throw objection(
          "it ends before round \(end.rawValue), so it must begin in an earlier round than \(round.rawValue)")
      }
      return end.position - round.position
    case .late:
      guard let late = wholeNumber(numbers[1]), 1...Budgets.greatest ~= late else {
        throw objection(
          "'\(numbers[1].showingEverything)' is no number of rounds; a message comes at least 1 round late")
      }
      return late
    }
  }

  private func missing(_ kind: KindID, _ written: String) throws(InvalidQuestion) -> Fault {
    let wanted = try TimedFact(written)
    guard facts.contains(wanted) else {
      throw InvalidQuestion(
        code: "unknown-fact",
        message: "'\(written.showingEverything)' is no fact of a relation that the program declares as "
          + "'configuration'",
        fix: facts.first.map { "write one as in missing \(QuotedWord.written($0.fact.text(in: $0.round)))" })
    }
    return Fault(kind, .fact(wanted.fact), wanted.round)
  }

  private func round(_ word: String) throws(InvalidQuestion) -> Round {
    guard let number = wholeNumber(word), 1...1_000_000_000 ~= number else {
      throw objection("'\(word.showingEverything)' is no round; the first round is 1")
    }
    return Round(number)
  }

  private func objection(_ message: String) -> InvalidQuestion {
    InvalidQuestion(code: "bad-fault", message: "in '\(text.showingEverything)': \(message)")
  }
}

extension FaultKind {
  /// The words of a fault of this kind, as in `crash NODE ROUND`.
  public var form: [String] {
    if subject == .fact { return [word, "FACT"] }
    let last: [String] =
      switch measure {
      case nil: []
      case .until: ["UNTIL"]
      case .late: ["LATE"]
      }
    return [word] + subject.names.map { $0.uppercased() } + ["ROUND"] + last
  }
}

extension Fault.Subject.Form {
  /// The names of the parts of a subject, in the order in which they are written.
  public var names: [String] {
    switch self {
    case .node: ["node"]
    case .link: ["from", "to"]
    case .side: ["side"]
    case .fact: ["fact"]
    }
  }
}

extension Fault.Subject {
  /// The nodes that are struck, in the order in which they are written.
  public var nodes: [NodeID] {
    switch self {
    case .node(let node): [node]
    case .link(let link): [link.sender, link.receiver]
    case .side(let side): side.nodes
    case .fact: []
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

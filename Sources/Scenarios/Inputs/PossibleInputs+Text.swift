// In calls and documents a chosen fact is written as `p("a", 1)@3`; among faults it is `choose "p(\"a\",
// 1)@3"`.

import Texts

extension TimedFact {
  /// The fact as it is written in a program: `p("a", 1)@3`.
  public var text: String { fact.text(in: round) }

  /// The choice of the fact, as it is written beside faults: `choose "p(\"a\", 1)@3"`.
  public var choiceText: String { "choose \(QuotedWord.written(text))" }

  /// The fact that is chosen by `text`.
  fileprivate init(chosenBy text: String) throws(InvalidQuestion) {
    do throws(InvalidQuestion) {
      try self.init(text)
    } catch {
      throw InvalidQuestion(
        code: error.code, message: error.message,
        fix: #"write it as in a program, with its round: 'p("a", 1)@3'"#)
    }
  }
}

extension Inputs {
  /// The words of a call that choose these inputs.
  public var options: [String] { facts.map { shellOption("--choose", $0.text) } }

  /// What is chosen, as a phrase: `p("a", 1)@3 and q("b")@1`; nil where nothing is.
  public var phrase: String? {
    guard let last = facts.last else { return nil }
    let others = facts.dropLast().map(\.text).joined(separator: ", ")
    return others.isEmpty ? last.text : "\(others) and \(last.text)"
  }
}

extension PossibleInputs {
  /// The inputs of which `texts` choose every fact. What leaves no choice need not be chosen.
  public func inputs(choosing texts: [String]) throws(InvalidQuestion) -> Inputs {
    var chosen: [TimedFact] = []
    for text in texts { chosen.append(try TimedFact(chosenBy: text)) }
    return try inputs(choosing: chosen)
  }

  /// The inputs of which `texts` choose some facts, and `others` those that are left open.
  public func inputs(choosing texts: [String], otherwise others: Inputs) throws(InvalidQuestion) -> Inputs {
    var chosen: [TimedFact] = []
    for text in texts { chosen.append(try TimedFact(chosenBy: text)) }
    let taken = chosen.map(\.fact)
    return try inputs(choosing: chosen + others.facts.filter { !taken.contains($0.fact) })
  }

  /// The inputs of which `facts` are chosen.
  public func inputs(choosing facts: [TimedFact]) throws(InvalidQuestion) -> Inputs {
    for (position, fact) in facts.enumerated() {
      guard let entry = entry(of: fact) else { throw noAlternative(fact) }
      if let other = facts[..<position].first(where: { self.entry(of: $0) == entry }) {
        throw InvalidQuestion(
          code: "chosen-twice",
          message:
            "'\(other.text.showingEverything)' and '\(fact.text.showingEverything)' are both chosen, and "
            + "\(entry.open.fact.text.showingEverything) is placed once",
          fix: "choose one of them")
      }
    }
    let forced = entries.filter { !$0.isFree }.compactMap { entry in
      entry.alternatives[0].map(entry.placed)
    }
    let open = entries.filter { entry in
      entry.isFree && !entry.open.isOptional && !facts.contains { self.entry(of: $0) == entry }
    }
    guard open.isEmpty else { throw openChoice(open) }
    return Inputs(facts + forced)
  }

  private func entry(of fact: TimedFact) -> Entry? {
    entries.first { $0.open.fact == fact.fact && $0.alternatives.contains(fact.round) }
  }

  private func noAlternative(_ fact: TimedFact) -> InvalidQuestion {
    let alike = entries.filter { $0.open.fact == fact.fact }
    let near = alike.isEmpty ? entries.filter { $0.open.fact.relation == fact.fact.relation } : alike
    let known = (near.isEmpty ? entries : near).prefix(5).map(\.words)
    return InvalidQuestion(
      code: "no-such-choice",
      message: "'\(fact.text.showingEverything)' is nothing that the program lets choose"
        + (alike.contains { $0.endsEarly(before: fact.round) } ? " in so few rounds" : ""),
      fix: known.isEmpty ? "leave --choose out: the program leaves nothing open" : "choose \(list(known))")
  }

  private func openChoice(_ open: [Entry]) -> InvalidQuestion {
    let names = open.prefix(5).map { $0.open.fact.text.showingEverything }
    let rest = open.count > 5 ? " and \(counted(open.count - 5, "other fact"))" : ""
    return InvalidQuestion(
      code: "open-choice",
      message: "the program leaves open when \(names.joined(separator: ", "))\(rest) "
        + (open.count == 1
          ? "is placed, and one run needs to know it" : "are placed, and one run needs to know it"),
      fix: "choose \(open.prefix(5).map(\.words).joined(separator: ", and "))")
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", or ") }
}

extension PossibleInputs.Entry {
  /// Its alternatives, as options of a call.
  fileprivate var words: String {
    let rounds = alternatives.compactMap(\.self)
    let texts = rounds.map { shellOption("--choose", placed(in: $0).text) }
    guard let first = texts.first, let last = texts.last else { return "nothing: it is never placed" }
    switch texts.count {
    case 1: return first
    case ...6: return texts.dropLast().joined(separator: ", ") + " or \(last)"
    default: return "\(first) … \(last)"
    }
  }

  /// Whether the program lets choose `round`, but the run ends before it.
  fileprivate func endsEarly(before round: Round) -> Bool { open.rounds.contains(round.position) }
}

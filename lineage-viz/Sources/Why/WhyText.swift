// Why a counterexample is one, for people: a sentence, then the lines of the telling, each with the numbers
// of those on which it rests, then what is violated. In short, it is at most so many lines of a given width;
// whatever a program is called or says, no line is wider.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Search
import Texts

/// The explanation of a counterexample as text.
public struct WhyText {
  /// A part of the text, of one or several lines.
  public struct Part: Hashable, Sendable {
    /// What the part is about.
    public enum Kind: Hashable, Sendable {
      /// The whole in a sentence.
      case sentence
      /// Faults.
      case fault
      /// Something that is so because of them.
      case step
      /// The violated rows.
      case violation
    }

    /// What the part is about.
    public let kind: Kind
    /// Its lines.
    public let lines: [String]
    /// The relations of which it tells that rows hold, are missing, or do not arrive.
    public let relations: [RelationID]
  }

  private let reasoning: Reasoning
  private let question: Question
  private let words: WhyWords
  private let execution: Execution

  /// The text about the run `execution`.
  public init(_ reasoning: Reasoning, of question: Question, in execution: Execution) {
    (self.reasoning, self.question, self.execution) = (reasoning, question, execution)
    words = WhyWords(question.program, question.bounds.nodes)
  }

  // MARK: In short

  /// The explanation in at most `most` lines of `width` columns, if all faults can be told in so many.
  public func brief(width: Int, most: Int) -> [Part] {
    var telling = telling(inShort: true)
    // A line of the telling takes at least one of the text, and so do the sentence and what is violated.
    while telling.shown.count > most - 2, telling.shorten() {}
    while true {
      let parts = parts(of: telling, width)
      if parts.map(\.lines.count).reduce(0, +) <= most || !telling.shorten() { break }
    }
    telling.fill { self.parts(of: $0, width).map(\.lines.count).reduce(0, +) <= most }
    return self.parts(of: telling, width)
  }

  private func telling(inShort: Bool) -> Telling {
    Telling(reasoning, execution, inShort: inShort) { words.isGlossed($0) }
  }

  private func parts(of telling: Telling, _ width: Int) -> [Part] {
    let shown = telling.shown
    let numbers = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0 + 1) })
    let sentence = wrapped(sentence(telling, width), width: width)
    let violation = violationSentence + references(telling.lastReferences, numbers)
    let lines = shown.map { place in
      let line = telling.lines[place]
      let text = text(of: line, telling) + references(telling.references(of: place), numbers)
      let number = "(\(numbers[place] ?? 0)) "
      return Part(
        kind: line.isOfFaults ? .fault : .step,
        lines: wrapped("  " + number + text, width: width, hanging: 2 + number.count),
        relations: relations(of: line, telling))
    }
    let last = wrapped("  " + violation, width: width, hanging: 4)
    return [Part(kind: .sentence, lines: sentence, relations: [])] + lines + [
      Part(kind: .violation, lines: last, relations: [])
    ]
  }

  private func relations(of line: Telling.Line, _ telling: Telling) -> [RelationID] {
    switch line.subject {
    case .spells(let members): [telling.spells.spells[members[0]].relation]
    case .faults(let faults): Array(telling.undelivered(by: faults, in: execution).prefix(Self.mostMessages))
    }
  }

  private func references(_ places: [Int], _ numbers: [Int: Int]) -> String {
    let told = places.compactMap { numbers[$0] }
    return told.isEmpty ? "" : " (\(told.map(String.init).joined(separator: ", ")))"
  }

  /// What a line tells, with its rounds.
  private func text(of line: Telling.Line, _ telling: Telling) -> String {
    switch line.subject {
    case .faults(let faults): return self.text(of: faults, telling)
    case .spells(let members):
      let spell = telling.spells.spells[members[0]]
      return rounds(of: spell) + ": " + claim(members, telling)
    }
  }

  /// What goes wrong with `faults`, and with which messages, as far as they matter.
  private func text(of faults: [Fault], _ telling: Telling) -> String {
    let names = telling.undelivered(by: faults, in: execution).map { question.program.relations[$0].name }
    let rest = names.count - Self.mostMessages
    let shown = names.prefix(Self.mostMessages) + (rest > 0 ? ["\(rest) more"] : [])
    return words.sentence(faults) + (names.isEmpty ? "" : ": \(listed(Array(shown), "and"))")
  }

  private static let mostMessages = 3

  private func rounds(of spell: Spells.Spell) -> String {
    spell.first == spell.last
      ? "round \(spell.first.rawValue)" : "rounds \(spell.first.rawValue)–\(spell.last.rawValue)"
  }

  private func claim(_ members: [Int], _ telling: Telling) -> String {
    let spells = members.map { telling.spells.spells[$0] }
    return words.sentence(spells[0].relation, spells.map(\.values), holds: spells[0].holds)
  }

  private func bare(_ line: Telling.Line, _ telling: Telling) -> String {
    switch line.subject {
    case .faults(let faults): words.sentence(faults)
    case .spells(let members): claim(members, telling)
    }
  }

  private var violationSentence: String {
    guard let first = reasoning.first else { return "" }
    let ordered = [first.violation] + reasoning.breaches.map(\.violation).filter { $0 != first.violation }
    var names: [String] = []
    for violation in ordered where !names.contains(violation.property) { names.append(violation.property) }
    return names.map { name in sentence(about: ordered.filter { $0.property == name }) }
      .joined(separator: "; ")
  }

  /// A sentence about the first of `violations`, which are of one property, and how many more there are.
  private func sentence(about violations: [Violation]) -> String {
    let rest = violations.count - 1
    return question.sentence(about: violations[0]).showingEverything
      + (rest > 0 ? ", and so for \(counted(rest, "more row"))" : "")
  }

  // MARK: The sentence

  /// The whole in a sentence: what a violated row rests on, the first that is wrong, and the faults.
  private func sentence(_ telling: Telling, _ width: Int) -> String {
    guard let breach = reasoning.first else { return "" }
    let demand = breach.demand.map { telling.directReasons(ofEnd: $0) } ?? []
    let lacks = breach.lacks.flatMap { telling.directReasons(ofEnd: $0) }.filter { !demand.contains($0) }
    let limits = [(3, 3, 4), (2, 2, 3), (2, 1, 2), (1, 1, 1), (0, 1, 1), (1, 0, 1)]
    let choices = limits.map { mostDemands, mostLacks, mostFaults in
      let (demand, lacks) = (demand.prefix(mostDemands), lacks.prefix(mostLacks))
      return sentence(telling, Array(demand + lacks), mostFaults: mostFaults)
    }
    let lengths = choices.map { wrapped($0, width: width).count }
    let best = lengths.firstIndex { $0 <= 2 } ?? lengths.indices.min { lengths[$0] < lengths[$1] }
    return best.map { choices[$0] } ?? ""
  }

  private func sentence(_ telling: Telling, _ outcome: [Int], mostFaults: Int) -> String {
    func told(_ places: [Int]) -> [String] {
      var seen: Set<Int> = []
      return places.filter { seen.insert($0).inserted }.map { bare(telling.lines[$0], telling) }
    }
    let outcome = outcome.filter { !telling.lines[$0].isOfFaults }
    let first = telling.shown.first { place in
      !telling.lines[place].isOfFaults && !outcome.contains(place)
        && telling.reasons(of: place).contains { telling.lines[$0].isOfFaults }
    }
    let faults = telling.shown.filter { telling.lines[$0].isOfFaults }
    var causes = told(Array(faults.prefix(mostFaults)))
    let rest = faults.count - mostFaults
    if rest > 0 { causes.append(rest == 1 ? "one more fault happens" : "\(rest) more faults happen") }
    var text = listed(told(outcome), "and")
    if text.isEmpty { text = violationSentence }
    text += ", because "
    if let first { text += bare(telling.lines[first], telling) + ": " }
    return text + listed(causes, "and") + "."
  }

  /// The whole in a sentence, in lines.
  var summary: [String] { wrapped(sentence(telling(inShort: true), Self.fullWidth), width: Self.fullWidth) }

  // MARK: In full

  /// Every line, by rounds, with the rules and the rows in terms of the program.
  public var full: String {
    let telling = telling(inShort: false)
    let shown = telling.shown
    let numbers = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0 + 1) })
    var text = ""
    var round: Round?
    for place in shown {
      let line = telling.lines[place]
      if line.round != round { text += "  round \(line.round.rawValue)\n" }
      round = line.round
      let number = "(\(numbers[place] ?? 0)) "
      let told = fullText(of: line, telling) + references(telling.references(of: place), numbers) + "."
      let lines = wrapped("    " + number + told, width: Self.fullWidth, hanging: 4 + number.count)
      text += lines.map { $0 + "\n" }.joined()
    }
    let idle = reasoning.chain.faults.filter { !reasoning.core.contains($0) }
    for fault in idle { text += "  not needed: \(fault.sentence(question.bounds.nodes))\n" }
    let last = references(telling.lastReferences, numbers)
    return text + (last.isEmpty ? "" : "  and so\(last)\n")
  }

  private static let fullWidth = 100

  private func fullText(of line: Telling.Line, _ telling: Telling) -> String {
    if case .faults(let faults) = line.subject { return text(of: faults, telling) }
    guard case .spells(let members) = line.subject else { return "" }
    let spells = members.map { telling.spells.spells[$0] }
    let terms = words.terms(spells[0].relation, spells.map(\.values), holds: spells[0].holds)
    let gloss = words.isGlossed(spells[0].relation) ? claim(members, telling) + ": " : ""
    let rules = Set(spells.flatMap(\.rules)).sorted().map { execution.place(of: $0) }
    let places = rules.isEmpty ? "" : " [\(rules.joined(separator: ", "))]"
    let until = spells[0].last > spells[0].first ? ", up to round \(spells[0].last.rawValue)" : ""
    let still = spells[0].isAsWithoutFaults ? ", as without faults" : ""
    return gloss + terms + still + until + places
  }
}

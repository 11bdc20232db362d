// What is told of a chain. Spells of one relation that begin together are one line, and so are faults of one
// kind. All lines together are the whole explanation. To make it short, one violated row is explained, and
// lines are left out one after another, those first that say least (`LineWeights`). What rested on such a
// line then rests on what it rested on, so a short telling leaves no gap: each line still follows from those
// to which it refers, and from those on which these rest. Where there is room at the end, lines come back,
// and with them what explains the other violated rows.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios
import Search

/// A reasoning, line by line.
struct Telling {
  /// What one line tells.
  struct Line {
    enum Subject {
      case faults([Fault])
      /// Spells by number, of one relation.
      case spells([Int])
    }

    let subject: Subject
    /// The first round that it is about.
    let round: Round
    /// The lines on which it rests, by their places among all.
    let reasons: [Int]
  }

  let spells: Spells
  private let reasoning: Reasoning
  /// All lines, each after those on which it rests.
  let lines: [Line]
  /// What is explained.
  private var explained: [CausalChain.End]
  /// The lines that only other violated rows need.
  private var aside: [Int] = []
  /// How much each line tells.
  private let weights: [Int]
  private var isShown: [Bool]
  /// What has been left out to make it short, in this order.
  private var leftOut: [Int] = []

  /// Everything that `reasoning` tells; `isGlossed` says which relations have a usable gloss. In short,
  /// faults of different rounds are told together; of several violated rows one is explained, which is not
  /// told by a line of its own.
  init(
    _ reasoning: Reasoning, _ execution: Execution, inShort: Bool, isGlossed: @escaping (RelationID) -> Bool
  ) {
    self.reasoning = reasoning
    let spells = Spells(of: reasoning.chain, execution.schema)
    self.spells = spells
    var builder = TellingBuilder(spells, reasoning.chain.faults, joinsRounds: inShort)
    let lines = builder.lines()
    self.lines = lines
    explained = inShort ? reasoning.ends(of: reasoning.first) : reasoning.chain.ends
    if !inShort {
      (isShown, weights) = (lines.map { _ in true }, [])
      return
    }
    var (ends, last): (Set<Int>, Set<Int>) = ([], [])
    for end in explained {
      let places = end.step.map { spells.spells(ofStep: $0) }?.compactMap { builder.lineOfSpell[$0] } ?? []
      if isGlossed(end.claim.relation) { last.formUnion(places) } else { ends.formUnion(places) }
    }
    let weighing = LineWeights(lines, spells, ends: ends, last: last, isGlossed)
    let isShown = lines.indices.map {
      lines[$0].isOfFaults || weighing.shares[$0] > 0 && !weighing.names.contains($0)
    }
    (weights, self.isShown) = (weighing.weights, isShown)
    let violated = reasoning.chain.ends.compactMap(\.step).flatMap { spells.spells(ofStep: $0) }
    aside = lines.indices.filter {
      !isShown[$0] && !weighing.names.contains($0) && !lines[$0].contains(anyOf: violated)
    }
    leftOut = aside.sorted { weighing.weights[$0] < weighing.weights[$1] }
  }

  // MARK: What is shown

  /// The lines that are shown, by place.
  var shown: [Int] { lines.indices.filter { isShown[$0] } }

  /// Leaves out the line that tells least, the last of several; false where only faults are left.
  mutating func shorten() -> Bool {
    var seen: Set<Likeness> = []
    var least: (place: Int, weight: Int)?
    for place in lines.indices where isShown[place] {
      guard let likeness = likeness(of: place) else { continue }
      // A second line about a relation says less that is new.
      let weight = seen.insert(likeness).inserted ? weights[place] : weights[place] / 2
      if least.map({ weight <= $0.weight }) ?? true { least = (place, weight) }
    }
    guard let least else { return false }
    isShown[least.place] = false
    leftOut.append(least.place)
    return true
  }

  private struct Likeness: Hashable {
    let relation: RelationID
    let holds: Bool
  }

  private func likeness(of place: Int) -> Likeness? {
    guard case .spells(let members) = lines[place].subject else { return nil }
    let spell = spells.spells[members[0]]
    return Likeness(relation: spell.relation, holds: spell.holds)
  }

  /// Shows again what has been left out, the last first, and then what explains the other violated rows, as
  /// far as `fits` allows.
  mutating func fill(while fits: (Telling) -> Bool) {
    for place in leftOut.reversed().prefix(Self.mostTries) {
      let before = explained
      isShown[place] = true
      if aside.contains(place) { explained = reasoning.chain.ends }
      if !fits(self) { (isShown[place], explained) = (false, before) }
    }
  }

  private static let mostTries = 20

  /// The shown lines on which the line at `place` rests, or what is left out between.
  func reasons(of place: Int) -> [Int] { shownReasons(of: lines[place].reasons) }

  /// The same without those on which others of them rest.
  func references(of place: Int) -> [Int] { withoutRemote(reasons(of: place)) }

  /// The shown lines on which the violated rows rest, without those on which others of them rest.
  var lastReferences: [Int] {
    let last = explained.compactMap(\.step).flatMap { spells.spells(ofStep: $0) }
    return withoutRemote(shownReasons(of: lines.indices.filter { lines[$0].contains(anyOf: last) }))
  }

  private func withoutRemote(_ places: [Int]) -> [Int] {
    var remote: Set<Int> = []
    var pending = places.flatMap { reasons(of: $0) }
    while let place = pending.popLast() {
      if remote.insert(place).inserted { pending += reasons(of: place) }
    }
    return places.filter { !remote.contains($0) }
  }

  /// The shown lines that say most directly why the row of the end at `place` is as it is.
  func directReasons(ofEnd place: Int) -> [Int] {
    guard let step = reasoning.chain.ends[place].step else { return [] }
    let members = spells.spells(ofStep: step)
    return shownReasons(of: lines.indices.filter { lines[$0].contains(anyOf: members) })
  }

  /// The relations of the messages that do not arrive as they should because of `faults`, as far as something
  /// rests on that.
  func undelivered(by faults: [Fault], in execution: Execution) -> [RelationID] {
    let affected = execution.messages.filter { message in
      guard let sender = message.sender else { return false }
      let subject = Fault.Subject.link(Link(from: sender, to: message.receiver))
      return faults.contains { $0.round == message.sent && $0.subject == subject }
    }
    let sent = Set(affected.map { execution.store.relation(of: $0.row) })
    let missed = spells.spells.filter { spell in
      !spell.holds && sent.contains(spell.relation) && faults.contains { spell.reasons.contains(.fault($0)) }
    }
    return Set(missed.map(\.relation)).sorted()
  }

  private func shownReasons(of places: [Int]) -> [Int] {
    var found: Set<Int> = []
    var seen: Set<Int> = []
    var pending = places
    while let place = pending.popLast() {
      guard seen.insert(place).inserted else { continue }
      if isShown[place] { found.insert(place) } else { pending += lines[place].reasons }
    }
    return found.sorted()
  }
}

extension Telling.Line {
  var isOfFaults: Bool { if case .faults = subject { true } else { false } }

  func contains(anyOf spells: [Int]) -> Bool {
    if case .spells(let members) = subject { members.contains(where: spells.contains) } else { false }
  }
}

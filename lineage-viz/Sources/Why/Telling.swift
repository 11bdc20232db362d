// What is told of a chain. Spells of one relation that begin together are one line, and so are faults of one
// kind. All lines together are the whole explanation. To make it short, lines are left out one after
// another, those first that say least: what only gives something another name, what is the same without
// faults, what has no gloss, what is missing rather than done. What rested on such a line then rests on what
// it rested on, so a short telling leaves no gap: each line still follows from those to which it refers, and
// from those on which these rest.

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
    fileprivate var reasons: [Int]
    /// Whether it is what the violated rows rest on.
    fileprivate var isLast = false
    /// Whether it is what such a line rests on that has no gloss.
    fileprivate var isNearlyLast = false
    /// How much it tells.
    fileprivate var weight = 0
  }

  let spells: Spells
  private let reasoning: Reasoning
  /// All lines, each after those on which it rests.
  let lines: [Line]
  /// The lines that are about the violated rows themselves.
  private let ends: Set<Int>
  private var isShown: [Bool]

  /// Everything that `reasoning` tells; `isGlossed` says which relations have a usable gloss. In short,
  /// faults of different rounds are told together, and the violated rows are not told by a line of their
  /// own.
  init(
    _ reasoning: Reasoning, _ execution: Execution, inShort: Bool, isGlossed: (RelationID) -> Bool
  ) {
    self.reasoning = reasoning
    spells = Spells(of: reasoning.chain, execution.schema)
    var builder = TellingBuilder(spells, reasoning.chain.faults, joinsRounds: inShort)
    var lines = builder.lines()
    var ends: Set<Int> = []
    for end in reasoning.chain.ends {
      guard let step = end.step else { continue }
      let places = spells.spells(ofStep: step).compactMap { builder.lineOfSpell[$0] }
      if isGlossed(end.claim.relation) {
        for place in places { lines[place].isLast = true }
      } else {
        ends.formUnion(places)
      }
    }
    for end in ends { for reason in lines[end].reasons { lines[reason].isLast = true } }
    for line in lines where line.isLast && !Self.isGlossed(line, spells, isGlossed) {
      for reason in line.reasons { lines[reason].isNearlyLast = true }
    }
    for place in lines.indices {
      lines[place].weight = Self.weight(of: lines[place], lines, spells, isGlossed)
    }
    (self.lines, self.ends) = (lines, ends)
    isShown = lines.indices.map { !inShort || !ends.contains($0) }
  }

  private static func isGlossed(_ line: Line, _ spells: Spells, _ isGlossed: (RelationID) -> Bool) -> Bool {
    guard case .spells(let members) = line.subject, let first = members.first else { return true }
    return isGlossed(spells.spells[first].relation)
  }

  private static func weight(
    of line: Line, _ lines: [Line], _ spells: Spells, _ isGlossed: (RelationID) -> Bool
  ) -> Int {
    guard case .spells(let members) = line.subject, let first = members.first else { return 1000 }
    let spell = spells.spells[first]
    var weight = line.isLast ? 100 : line.isNearlyLast ? 50 : 0
    if line.reasons.allSatisfy({ lines[$0].isOfFaults }) { weight += 10 }
    if isGlossed(spell.relation) { weight += 15 }
    if spell.holds, !spell.isAsWithoutFaults { weight += 12 }
    if spell.isAsWithoutFaults { weight -= 15 }
    if line.reasons.count == 1, lines[line.reasons[0]].round == line.round { weight -= 10 }
    return weight
  }

  // MARK: What is shown

  /// The lines that are shown, by place.
  var shown: [Int] { lines.indices.filter { isShown[$0] } }

  /// Leaves out the line that tells least, the last of several; false where only faults are left.
  mutating func shorten() -> Bool {
    let candidates = lines.indices.filter { isShown[$0] && !lines[$0].isOfFaults }
    var counts: [RelationID: Int] = [:]
    for place in candidates { if let relation = relation(of: place) { counts[relation, default: 0] += 1 } }
    func weight(_ place: Int) -> Int {
      let isOnly = relation(of: place).map { counts[$0] == 1 } ?? false
      return lines[place].weight + (isOnly ? Self.onlyLine : 0)
    }
    guard let least = candidates.reversed().min(by: { weight($0) < weight($1) }) else { return false }
    isShown[least] = false
    return true
  }

  /// What it adds to a line that no other is about its relation: a second one says less that is new.
  private static let onlyLine = 14

  private func relation(of place: Int) -> RelationID? {
    if case .spells(let members) = lines[place].subject { spells.spells[members[0]].relation } else { nil }
  }

  /// The shown lines on which the line at `place` rests, or what is left out between.
  func reasons(of place: Int) -> [Int] { shownReasons(of: lines[place].reasons) }

  /// The same without those on which others of them rest.
  func references(of place: Int) -> [Int] { withoutRemote(reasons(of: place)) }

  /// The shown lines on which the violated rows rest, without those on which others of them rest.
  var lastReferences: [Int] {
    let last = reasoning.chain.ends.compactMap(\.step).flatMap { spells.spells(ofStep: $0) }
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

  fileprivate func contains(anyOf spells: [Int]) -> Bool {
    if case .spells(let members) = subject { members.contains(where: spells.contains) } else { false }
  }
}

/// Gathers faults and spells into lines.
private struct TellingBuilder {
  private let spells: Spells
  private let faults: [Fault]
  private let joinsRounds: Bool
  private(set) var lineOfSpell: [Int: Int] = [:]
  private var lineOfFault: [Fault: Int] = [:]

  /// What the spells of one line have in common. Of spells of one level none rests on another.
  private struct Likeness: Hashable {
    let relation: RelationID
    let holds: Bool
    let rounds: ClosedRange<Round>
    let level: Int
    let isAsWithoutFaults: Bool
  }

  init(_ spells: Spells, _ faults: [Fault], joinsRounds: Bool) {
    (self.spells, self.faults, self.joinsRounds) = (spells, faults, joinsRounds)
  }

  mutating func lines() -> [Telling.Line] {
    var order: [(round: Round, level: Int, subject: Telling.Line.Subject)] = []
    for group in faultGroups { order.append((beginning(of: group), 0, .faults(group))) }
    var groups: [Likeness: [Int]] = [:]
    var likenesses: [Likeness] = []
    for (number, spell) in spells.spells.enumerated() {
      let likeness = Likeness(
        relation: spell.relation, holds: spell.holds, rounds: spell.first...spell.last, level: spell.level,
        isAsWithoutFaults: spell.isAsWithoutFaults)
      if groups[likeness] == nil { likenesses.append(likeness) }
      groups[likeness, default: []].append(number)
    }
    for likeness in likenesses {
      order.append((likeness.rounds.lowerBound, likeness.level, .spells(groups[likeness] ?? [])))
    }
    let sorted = order.enumerated().sorted {
      ($0.element.round, $0.element.level, $0.offset) < ($1.element.round, $1.element.level, $1.offset)
    }.map(\.element)
    for (place, entry) in sorted.enumerated() {
      switch entry.subject {
      case .faults(let faults): for fault in faults { lineOfFault[fault] = place }
      case .spells(let members): for member in members { lineOfSpell[member] = place }
      }
    }
    return sorted.map { Telling.Line(subject: $0.subject, round: $0.round, reasons: reasons(of: $0.subject)) }
  }

  /// The first round in which one of `faults` matters. The world may state a fault before it happens.
  private func beginning(of faults: [Fault]) -> Round {
    let dependent = spells.spells.filter { spell in faults.contains { spell.reasons.contains(.fault($0)) } }
    return min(faults[0].round, dependent.map(\.first).min() ?? faults[0].round)
  }

  private func reasons(of subject: Telling.Line.Subject) -> [Int] {
    guard case .spells(let members) = subject else { return [] }
    let places = members.flatMap { spells.spells[$0].reasons }.compactMap { node in
      switch node {
      case .fault(let fault): lineOfFault[fault]
      case .spell(let spell): lineOfSpell[spell]
      }
    }
    return Set(places).sorted()
  }

  /// Faults that are told in one sentence: losses on links, by round or not, and others one by one.
  private var faultGroups: [[Fault]] {
    var groups: [[Fault]] = []
    for fault in faults {
      let place = groups.firstIndex { group in
        group[0].meaning.transmission == .loses && fault.kind == group[0].kind
          && (joinsRounds || group[0].round == fault.round)
      }
      if let place { groups[place].append(fault) } else { groups.append([fault]) }
    }
    return groups.flatMap { $0.count > 1 ? Self.alike($0) : [$0] }
  }

  /// Losses as few groups, each of which is all messages of some senders to some receivers in some rounds.
  private static func alike(_ losses: [Fault]) -> [[Fault]] {
    struct Block {
      var senders: [NodeID]
      var receivers: [NodeID]
      var rounds: [Round]
      var faults: [Fault]
    }
    var blocks: [Block] = []
    func merge(_ isAlike: (Block, Block) -> Bool, _ join: (inout Block, Block) -> Void) {
      var merged: [Block] = []
      for block in blocks {
        if let place = merged.firstIndex(where: { isAlike($0, block) }) {
          join(&merged[place], block)
          merged[place].faults += block.faults
        } else {
          merged.append(block)
        }
      }
      blocks = merged
    }
    for fault in losses {
      guard case .link(let link) = fault.subject else { continue }
      blocks.append(
        Block(senders: [link.sender], receivers: [link.receiver], rounds: [fault.round], faults: [fault]))
    }
    merge({ $0.senders == $1.senders && $0.receivers == $1.receivers }) { $0.rounds += $1.rounds }
    merge({ $0.receivers == $1.receivers && $0.rounds == $1.rounds }) { $0.senders += $1.senders }
    merge({ $0.senders == $1.senders && $0.rounds == $1.rounds }) { $0.receivers += $1.receivers }
    return blocks.map { $0.faults.sorted { ($0.round, $0) < ($1.round, $1) } }
  }
}

import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Search

/// Gathers faults and spells into lines.
struct TellingBuilder {
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

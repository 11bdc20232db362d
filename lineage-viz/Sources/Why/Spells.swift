// The steps of a chain are about single rounds. A *spell* is a row that holds, or does not, in some rounds
// on end: it is told once, with its rounds. What is gathered about an aggregate's rows is told as what these
// rest on.
//
// Invariant: a spell rests on faults and on spells with smaller numbers. Where a later round of a spell
// rests on something that begins after it, a new spell begins. So no sentence rests on itself.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

/// The steps of a chain as spells.
struct Spells {
  /// A fault, or a spell by its number.
  enum Node: Hashable {
    case fault(Fault)
    case spell(Int)
  }

  /// A row in some rounds on end.
  struct Spell {
    let relation: RelationID
    let values: [Constant]
    let holds: Bool
    /// Whether the same is so without faults, in all its rounds.
    var isAsWithoutFaults: Bool
    let first: Round
    var last: Round
    /// What it rests on, without itself.
    var reasons: [Node] = []
    /// The rules that derive the row, or that could.
    var rules: [RuleID] = []
    /// The longest way from a fault to it.
    var level = 0
  }

  private(set) var spells: [Spell] = []
  private let chain: CausalChain
  private let schema: Schema
  /// For each step: its spells, or nil where it is about rows of an aggregate.
  private var ofStep: [[Int]?] = []
  private var latest: [Key: Int] = [:]

  private struct Key: Hashable {
    let relation: RelationID
    let values: [Constant]
    let holds: Bool
  }

  init(of chain: CausalChain, _ schema: Schema) {
    (self.chain, self.schema) = (chain, schema)
    for number in chain.steps.indices { add(chain.steps[number]) }
    for place in spells.indices {
      let levels = spells[place].reasons.map { node in
        if case .spell(let reason) = node { spells[reason].level } else { 0 }
      }
      spells[place].level = 1 + (levels.max() ?? 0)
    }
  }

  /// The spells that tell step `number` of the chain; empty for rows of an aggregate.
  func spells(ofStep number: Int) -> [Int] { ofStep[number] ?? [] }

  private mutating func add(_ step: CausalChain.Step) {
    guard schema[step.claims[0].relation].aggregateRule == nil else { return ofStep.append(nil) }
    let reasons = nodes(step.reasons)
    let rules = step.ways.compactMap(\.rule)
    ofStep.append(
      step.claims.map { claim in
        let number = spell(for: claim, step, reasons)
        for rule in rules where !spells[number].rules.contains(rule) { spells[number].rules.append(rule) }
        for node in reasons where node != .spell(number) && !spells[number].reasons.contains(node) {
          spells[number].reasons.append(node)
        }
        return number
      })
  }

  /// The spell that goes on with `claim`, or a new one.
  private mutating func spell(
    for claim: CausalChain.Claim, _ step: CausalChain.Step, _ reasons: [Node]
  ) -> Int {
    let key = Key(relation: claim.relation, values: claim.values, holds: claim.holds)
    if let known = latest[key], spells[known].last.next >= claim.round,
      reasons.allSatisfy({ begins($0, notAfter: known) })
    {
      spells[known].last = claim.round
      spells[known].isAsWithoutFaults = spells[known].isAsWithoutFaults && step.isAsWithoutFaults
      return known
    }
    spells.append(
      Spell(
        relation: claim.relation, values: claim.values, holds: claim.holds,
        isAsWithoutFaults: step.isAsWithoutFaults, first: claim.round, last: claim.round))
    latest[key] = spells.count - 1
    return spells.count - 1
  }

  private func begins(_ reason: Node, notAfter known: Int) -> Bool {
    switch reason {
    case .spell(let number): number <= known
    case .fault(let fault): fault.round <= spells[known].first || spells[known].reasons.contains(reason)
    }
  }

  /// `reasons` as faults and spells, each once.
  private func nodes(_ reasons: [CausalChain.Reason]) -> [Node] {
    var found: [Node] = []
    var seen: Set<Int> = []
    var pending = Array(reasons.reversed())
    while let reason = pending.popLast() {
      switch reason {
      case .fault(let fault): if !found.contains(.fault(fault)) { found.append(.fault(fault)) }
      case .step(let number):
        guard seen.insert(number).inserted else { continue }
        if let spells = ofStep[number] {
          for spell in spells where !found.contains(.spell(spell)) { found.append(.spell(spell)) }
        } else {
          pending += chain.steps[number].reasons.reversed()
        }
      }
    }
    return found
  }
}

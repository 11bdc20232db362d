// How a round of one run begins: with facts, with what stays where a fault keeps it, and with what the world
// states.

import Dedalus
import Indices
import Scenarios

extension Evaluator {
  mutating func placeFacts(in round: Round, _ matcher: inout Matcher) {
    for fact in compiled.facts(of: round) {
      if faults.count > 0, !isPlaced(fact, in: round) { continue }
      _ = matcher.store.insert(fact.row, in: round)
    }
    if !inputs.facts.isEmpty { placeChosenFacts(in: round, &matcher) }
  }

  private mutating func placeChosenFacts(in round: Round, _ matcher: inout Matcher) {
    for fact in compiled.openFacts(of: round) {
      guard let chosen = fact.chosen, inputs.contains(TimedFact(chosen, in: round)) else { continue }
      if faults.count > 0, !isPlaced(fact, in: round) { continue }
      _ = matcher.store.insert(fact.row, in: round)
    }
  }

  /// Lets rows that have come into `round` hold in the next one, where a fault keeps them. What rules derive
  /// in the round, and what the world states, has not come into it; so this is done before.
  mutating func letRowsStay(in round: Round, _ matcher: inout Matcher) {
    guard round < setting.eot else { return }
    for tuple in matcher.store.tuples where matcher.store.round(of: tuple) == round {
      let relation = matcher.store.relation(of: matcher.store.row(of: tuple))
      guard relation.position < compiled.persistence.count,
        let node = matcher.constants.node(matcher.store.symbol(tuple, 0)),
        world.staying(compiled.persistence[relation], at: node, in: round, &algebra) == true
      else { continue }
      let head = matcher.store.insert(matcher.store.row(of: tuple), in: round.next).tuple
      firings.add(tuple)
      firings.close(rule: FiringStore.staying, head: head)
      checkBudget(&matcher)
      if isStopped { return }
    }
  }

  mutating func placeStatements(in round: Round, _ matcher: inout Matcher) {
    placeTime(in: round, &matcher)
    if world.statements.isEmpty { return }
    if statedRows.isEmpty { statedRows = internStatements(&matcher) }
    for row in statedRows {
      _ = matcher.store.insert(row, in: round)
      checkBudget(&matcher)
      if isStopped { return }
    }
    pause(matcher)
  }

  private func internStatements(_ matcher: inout Matcher) -> [RowID] {
    var rows: [RowID] = []
    for (statement, _) in world.statements {
      for observer in setting.nodes.ids {
        guard let row = compiled.row(of: statement, seenBy: observer, &matcher.constants) else { break }
        rows.append(matcher.store.internRow(row))
      }
    }
    return rows
  }

  private mutating func placeTime(in round: Round, _ matcher: inout Matcher) {
    if compiled.program.time == nil { return }
    for node in setting.nodes.ids {
      guard let row = compiled.time(at: node, in: round, of: setting, &matcher.constants) else { return }
      _ = matcher.store.insert(row, in: round)
    }
  }

  private mutating func isPlaced(_ fact: PlacedFact, in round: Round) -> Bool {
    if let configured = fact.configured, world.removal(of: configured) != nil { return false }
    guard let node = fact.location else { return true }
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofPlacingAt: node, fact.persistence, in: round, to: &conditions, &algebra)
    return algebra.all(conditions)
  }
}

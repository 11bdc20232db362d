// What a round begins with: facts, chosen and not, late messages, rows that stayed, and what the world
// states.

import Dedalus
import Evaluation
import Indices
import Scenarios

extension Grounder {
  mutating func placeFacts(in round: Round, _ matcher: inout Matcher) {
    for fact in compiled.facts(of: round) where !isStopped {
      factors.removeAll(keepingCapacity: true)
      if let configured = fact.configured, let choice = world.removal(of: configured) {
        factors.append(!circuit.truth(of: choice))
      }
      if let node = fact.location {
        world.addConditions(ofPlacingAt: node, fact.persistence, in: round, to: &factors, &circuit)
      }
      recorder?.begin(.given, where: factors)
      addInstance(of: fact.row, in: round, where: circuit.and(factors), &matcher)
      spend(1, in: round)
    }
    if !faults.inputs.isEmpty { placeOpenFacts(in: round, &matcher) }
  }

  /// Adds the instances of facts that are chosen for `round`, each under the condition that it is.
  mutating func placeOpenFacts(in round: Round, _ matcher: inout Matcher) {
    for fact in compiled.openFacts(of: round) where !isStopped {
      guard let chosen = fact.chosen else { continue }
      factors.removeAll(keepingCapacity: true)
      switch faults.inputs.placement(of: TimedFact(chosen, in: round)) {
      case .never: continue
      case .always: break
      case .where(let choice): factors.append(circuit.truth(of: choice))
      }
      if let node = fact.location {
        world.addConditions(ofPlacingAt: node, fact.persistence, in: round, to: &factors, &circuit)
      }
      recorder?.begin(.given, where: factors)
      addInstance(of: fact.row, in: round, where: circuit.and(factors), &matcher)
      spend(1, in: round)
    }
  }

  /// Adds the instances of late messages, and of rows that stayed.
  mutating func placeLateRows(in round: Round, _ matcher: inout Matcher) {
    for late in comingLate.removeValue(forKey: round) ?? [] where !isStopped {
      if let instance = late.instance { recorder?.current = instance }
      addInstance(of: late.row, in: round, where: late.condition, &matcher)
      spend(1, in: round)
    }
  }

  /// Lets rows that may have come into `round` hold in the next one, where a fault keeps them. At this point
  /// the instances of a tuple say when it came into the round; those that its rules add do not count.
  mutating func letRowsStay(in round: Round, _ matcher: inout Matcher) {
    guard round < setting.eot else { return }
    for relation in open.indices where relation.position < compiled.persistence.count {
      for tuple in open[relation] where !isStopped {
        guard let node = matcher.constants.node(matcher.store.symbol(tuple, 0)),
          let staying = world.staying(compiled.persistence[relation], at: node, in: round, &circuit)
        else { continue }
        let condition = circuit.and([cameIn(tuple, in: round), staying])
        if condition == .never { continue }
        let words =
          [relation.rawValue] + matcher.store.symbols(of: matcher.store.row(of: tuple)).map(\.rawValue)
        let instance = recorder.map { _ in
          RuleInstance(origin: .staying, premises: [tuple], world: [staying])
        }
        comingLate[round.next, default: []].append(
          LateRow(row: WordBuffer(words), condition: condition, instance: instance))
        countInstance(in: round)
      }
    }
  }

  mutating func placeStatements(in round: Round, _ matcher: inout Matcher) {
    placeTime(in: round, &matcher)
    for (statement, choice) in world.statements where !isStopped {
      guard let relation = compiled.program.statedRelations[statement.relation],
        compiled.roundsOfStatements[relation]?.contains(round) == true
      else { continue }
      let condition = circuit.truth(of: choice)
      for observer in setting.nodes.ids {
        guard let row = compiled.row(of: statement, seenBy: observer, &matcher.constants) else { break }
        recorder?.begin(.given, where: [condition])
        addInstance(of: row, in: round, where: condition, &matcher)
        spend(1, in: round)
      }
    }
  }

  mutating func placeTime(in round: Round, _ matcher: inout Matcher) {
    for node in setting.nodes.ids where !isStopped {
      guard let row = compiled.time(at: node, in: round, of: setting, &matcher.constants) else { return }
      addInstance(of: row, in: round, where: .always, &matcher)
      spend(1, in: round)
    }
  }
}

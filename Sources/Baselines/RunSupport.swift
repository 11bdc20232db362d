// What one run says about the runs under other faults: for each of its tuples, under which faults the tuple
// is sure to hold again; and for each relation and round, under which faults the relation is sure to get no
// row that this run lacks.
//
// A tuple holds again when one of its firings happens again: its premises hold again, the rows that it needs
// absent stay absent, its message arrives. A relation gets no new row when no rule that derives it can fire
// anew: a new firing needs a new row of a positive premise, the loss of a row of a negated one, or a message
// that was lost in this run and is not lost now. So a loss is followed to what may newly appear, and from
// there to further losses. A possible cause is every tuple from which the negated relation can be reached
// through an odd number of negations (the conservative lineage of Alvaro, Rosen & Hellerstein, SIGMOD 2015).
// The output of an aggregate changes when a row appears and when one is lost; rows of `crash` appear with the
// crash itself.
//
// Invariant: both are lower bounds. Under a fault set for which an edge is true, the tuple holds, or no new
// row appears; where the edge is false, nothing is known. For the run's own faults all of them are true.

import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios

/// The conditions on the faults under which what a run shows is sure to be so again.
struct RunSupport {
  private let execution: Execution
  private let compiled: CompiledProgram
  private let possible: PossibleFaults
  private let world: World<Circuit, PossibleFaults>
  private let negation: Negation

  /// For each tuple: the condition under which it is sure to hold.
  private(set) var survival: IndexedArray<TupleID, Edge>
  /// By relation and round: the condition under which the relation gets no row that the run lacks.
  private var unchanged: [Edge]
  /// By relation and round: the tuples of the run.
  private var tuples: [[TupleID]]
  /// By relation and round: the condition under which the messages lost on their way there stay lost.
  private var stillLost: [Edge]
  /// The condition under which the run's faults that keep rules from firing still do so.
  private let sameStoppages: Edge
  private let messages: [FiringID: Message]
  private let firings: [FiringID]
  private var nextFiring = 0

  /// Follows `execution`, a run of `compiled` under some of the `possible` faults, from its first round to
  /// its last.
  init(
    of execution: Execution, _ compiled: CompiledProgram, _ possible: PossibleFaults, _ negation: Negation,
    _ circuit: inout Circuit
  ) {
    self.execution = execution
    self.compiled = compiled
    self.possible = possible
    world = World(execution.setting, possible, &circuit)
    self.negation = negation
    let places = execution.schema.entries.count * (execution.setting.eot.position + 2)
    survival = IndexedArray(repeating: .never, count: execution.store.tupleCount)
    unchanged = Array(repeating: .always, count: places)
    stillLost = unchanged
    tuples = Array(repeating: [], count: places)
    messages = Dictionary(
      execution.messages.map { ($0.firing, $0) }, uniquingKeysWith: { first, _ in first })
    firings = Array(execution.firingIDs)
    let stoppages = execution.faults.faults.filter { fault in
      fault.effects(in: execution.setting.crashView).contains { if case .stops = $0 { true } else { false } }
    }
    sameStoppages = circuit.and(
      stoppages.compactMap { possible.choice(of: $0) }.map { circuit.truth(of: $0) })
    for tuple in execution.store.tuples {
      tuples[place(execution.store.relation(of: execution.store.row(of: tuple)), round(of: tuple))].append(
        tuple)
    }
    plantGivenTuples(&circuit)
    keepLosses(&circuit)
    for round in 1...execution.setting.eot.position { follow(Round(round), &circuit) }
    assert(nextFiring == firings.count, "every firing belongs to a round and a stratum, in this order")
  }

  /// The condition under which `relation` gets no row in `round` that the run lacks.
  func noNewRow(of relation: RelationID, in round: Round) -> Edge { unchanged[place(relation, round)] }

  private func place(_ relation: RelationID, _ round: Round) -> Int {
    relation.position * (execution.setting.eot.position + 2) + round.position
  }

  private func round(of tuple: TupleID) -> Round { execution.store.round(of: tuple) }

  // MARK: Tuples without firings

  /// A fact holds unless its node has stopped before; a row of `crash` holds with the crash.
  private mutating func plantGivenTuples(_ circuit: inout Circuit) {
    for fact in execution.program.facts {
      guard let tuple = execution.tuple(fact.relation, fact.values, in: Round(named: fact.round)) else {
        continue
      }
      var conditions: [Edge] = []
      if let node = execution.constants.node(execution.store.symbol(tuple, 0)) {
        world.addConditions(
          ofPlacingAt: node, compiled.persistence[fact.relation], in: Round(named: fact.round),
          to: &conditions, &circuit)
      }
      survival[tuple] = circuit.and(conditions)
    }
    let crash = execution.program.crash
    if let time = execution.program.time {
      for round in 1...execution.setting.eot.position {
        for tuple in tuples[place(time, Round(round))] { survival[tuple] = .always }
      }
    }
    for round in 1...execution.setting.eot.position {
      for tuple in tuples[place(crash, Round(round))] {
        let fault = execution.fault(toldBy: execution.store.row(of: tuple))
        survival[tuple] = fault.flatMap { possible.choice(of: $0) }.map { circuit.truth(of: $0) } ?? .always
      }
      unchanged[place(crash, Round(round))] = nothingElseStated(&circuit) { _ in true }
    }
  }

  /// The condition under which the world states no fact that `applies` and that the run lacks.
  private func nothingElseStated(_ circuit: inout Circuit, where applies: (StatedFact) -> Bool) -> Edge {
    var absent: [Edge] = []
    for (statement, choice) in world.statements where applies(statement) {
      let isStated = execution.faults.fault(stating: statement, execution.setting.crashView) != nil
      if !isStated { absent.append(!circuit.truth(of: choice)) }
    }
    return circuit.and(absent)
  }

  /// A message that the run lost adds a row where it arrives, unless that row exists anyway.
  private mutating func keepLosses(_ circuit: inout Circuit) {
    for message in execution.messages where message.fate != .delivered {
      guard execution.store.tuple(message.row, in: message.sent.next) == nil else { continue }
      let arrives = circuit.and(delivery(message, &circuit))
      let place = place(execution.store.relation(of: message.row), message.sent.next)
      stillLost[place] = circuit.and([stillLost[place], !arrives])
    }
  }

  // MARK: Round by round

  private mutating func follow(_ round: Round, _ circuit: inout Circuit) {
    let schedule = compiled.schedule(of: round)
    receive(in: round, &circuit)
    for stratum in schedule {
      followRows(of: stratum.aggregates, in: round, &circuit)
      let plans = stratum.aggregates + stratum.once + stratum.recursive.map(\.plan)
      let rules = Set(plans.map(\.rule))
      followFirings(in: round, &circuit) { rules.contains($0) }
      settle(stratum, in: round, &circuit)
    }
    followRows(of: compiled.timedPlans.filter(\.collectsRows), in: round, &circuit)
    let program = execution.program
    followFirings(in: round, &circuit) { program.rules[$0].timing != .deductive }
  }

  /// Finds out under which faults the aggregate rules `plans` get no new row.
  private mutating func followRows(of plans: [RulePlan], in round: Round, _ circuit: inout Circuit) {
    guard negation == .reach else { return }
    for plan in plans {
      unchanged[place(plan.derives, round)] = noNewFiring(of: plan, in: round, within: [], &circuit)
    }
  }

  /// Follows what the round before may newly bring.
  private mutating func receive(in round: Round, _ circuit: inout Circuit) {
    for relation in execution.program.relations.indices where relation != execution.program.crash {
      unchanged[place(relation, round)] = circuit.and([sameStoppages, stillLost[place(relation, round)]])
    }
    guard negation == .reach, round > Round(1) else { return }
    let before = Round(rawValue: round.rawValue - 1)
    for plan in compiled.timedPlans {
      let here = place(execution.program.rules[plan.rule].headRelation, round)
      let change =
        plan.collectsRows
        ? sameRows(of: plan, in: before, &circuit) : noNewFiring(of: plan, in: before, within: [], &circuit)
      unchanged[here] = circuit.and([unchanged[here], change])
    }
  }

  /// Follows what the rules of `stratum` may newly derive. Its relations are not told apart, since each can
  /// be reached from each.
  private mutating func settle(_ stratum: ScheduledStratum, in round: Round, _ circuit: inout Circuit) {
    guard negation == .reach else { return }
    var conditions = stratum.relations.map { unchanged[place($0, round)] }
    for plan in stratum.once + stratum.recursive.map(\.plan) {
      conditions.append(noNewFiring(of: plan, in: round, within: stratum.relations, &circuit))
    }
    for plan in stratum.aggregates { conditions.append(sameRows(of: plan, in: round, &circuit)) }
    let all = circuit.and(conditions)
    for relation in stratum.relations { unchanged[place(relation, round)] = all }
  }

  /// The condition under which `plan` fires in `round` for no match that the run lacks, if no relation in
  /// `stratum` has got a new row in the same round.
  private func noNewFiring(
    of plan: RulePlan, in round: Round, within stratum: [RelationID], _ circuit: inout Circuit
  ) -> Edge {
    var conditions: [Edge] = []
    for atom in plan.positives {
      let read = atom.round ?? round
      if read > round { return .always }
      if read == round, stratum.contains(atom.relation) { continue }
      conditions.append(noNewRow(of: atom.relation, in: read))
    }
    for atom in plan.negatives where atom.round ?? round <= round {
      conditions.append(noLoss(of: atom.relation, in: atom.round ?? round, &circuit))
    }
    return circuit.and(conditions)
  }

  /// The condition under which an aggregate rule has the same rows in `round` as in the run.
  private func sameRows(of plan: RulePlan, in round: Round, _ circuit: inout Circuit) -> Edge {
    circuit.and([noNewRow(of: plan.derives, in: round), noLoss(of: plan.derives, in: round, &circuit)])
  }

  /// The condition under which all rows that `relation` has in `round` of the run hold again.
  private func noLoss(of relation: RelationID, in round: Round, _ circuit: inout Circuit) -> Edge {
    circuit.and(tuples[place(relation, round)].map { survival[$0] })
  }

  // MARK: Firings

  /// Takes the next firings: those of `round` and of rules that are `included`.
  ///
  /// They are taken in the order in which they happened. In a recursion within a round, a later alternative
  /// for a premise is left out. That may cost an extra candidate but never misses one.
  private mutating func followFirings(
    in round: Round, _ circuit: inout Circuit, included: (RuleID) -> Bool
  ) {
    while nextFiring < firings.count {
      let firing = firings[nextFiring]
      guard let rule = execution.rule(of: firing) else {
        preconditionFailure("the loop knows no faults that let rows stay")
      }
      guard included(rule), self.round(of: firing) == round else { return }
      nextFiring += 1
      guard let head = execution.head(of: firing) else { continue }
      let again = circuit.and(conditions(of: firing, in: round, &circuit))
      survival[head] = circuit.or([survival[head], again])
    }
  }

  private func round(of firing: FiringID) -> Round {
    if let message = messages[firing] { return message.sent }
    guard let round = execution.bodyRound(of: firing) else {
      preconditionFailure("a firing without a head is that of a message")
    }
    return round
  }

  /// The condition under which `firing` happens again and has its effect.
  private func conditions(of firing: FiringID, in round: Round, _ circuit: inout Circuit) -> [Edge] {
    var conditions: [Edge] = []
    for premise in execution.premises(of: firing) {
      switch premise {
      case .tuple(let tuple): conditions.append(survival[tuple])
      case .absence(let absence):
        guard negation == .reach else { continue }
        conditions.append(stillAbsent(execution.absence(absence), in: round, &circuit))
      }
    }
    if negation == .reach, let rows = rowRelation(ofOutput: firing) {
      conditions.append(noNewRow(of: rows, in: round))
    }
    if let message = messages[firing] { conditions += delivery(message, &circuit) }
    if !world.allAct, let (node, round) = execution.placeAndRound(of: firing) {
      world.addConditions(ofActing: node, in: round, to: &conditions, &circuit)
    }
    return conditions
  }

  /// The condition under which nothing matches `absence`, read in `round`.
  private func stillAbsent(_ absence: Absence, in round: Round, _ circuit: inout Circuit) -> Edge {
    guard absence.round <= round else { return .always }
    guard absence.relation == execution.program.crash else {
      return noNewRow(of: absence.relation, in: absence.round)
    }
    let nodes = execution.setting.nodes
    return nothingElseStated(&circuit) { statement in
      let values: [Constant?] = [
        nil, .string(nodes[statement.node]), .integer(Int64(statement.round.rawValue)),
      ]
      return zip(absence.pattern, values).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }
  }

  /// The relation of the rows that an aggregate ranges over; nil for any other firing.
  private func rowRelation(ofOutput firing: FiringID) -> RelationID? {
    guard let head = execution.head(of: firing), let rule = execution.rule(of: firing),
      let rows = execution.schema.rowRelation(of: rule)
    else { return nil }
    return execution.store.relation(of: execution.store.row(of: head)) == rows ? nil : rows
  }

  // MARK: Messages and nodes

  /// The condition under which `message` arrives.
  private func delivery(_ message: Message, _ circuit: inout Circuit) -> [Edge] {
    var conditions: [Edge] = []
    let link = Link(from: message.sender ?? message.receiver, to: message.receiver)
    world.addConditions(ofSendingOn: link, in: message.sent, to: &conditions, &circuit)
    world.addConditions(ofReaching: message.receiver, in: message.sent.next, to: &conditions, &circuit)
    return conditions
  }
}

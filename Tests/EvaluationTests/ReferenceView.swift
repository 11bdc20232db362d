import Dedalus
import Evaluation
import Indices
import Scenarios
import Support

@testable import ReferenceEvaluator

extension ReferenceRun {
  /// What `Evaluation` makes of the same run.
  func evaluated(budget: Budget = .standard) -> Execution {
    let nodes = Nodes(nodes)
    let setting = Setting(nodes: nodes, eot: eot, crashView: CrashView(crashView))
    return run(
      program, setting, under: Scenario(FaultSet(faults, among: nodes), Inputs(inputs)), budget: budget)
  }
}

/// An `Execution` in the words of the reference evaluator, up to the round before a failure.
struct ReferenceView: Equatable {
  var tuples: [GroundTuple]
  var firings: [ReferenceFiring]
  var messages: [ReferenceMessage]
  /// The round in which arithmetic failed.
  var failureRound: Int?

  init(_ execution: ReferenceExecution) {
    failureRound = execution.failure?.round
    (tuples, firings, messages) = (execution.tuples, execution.firings, execution.messages)
    trim()
  }

  init(_ execution: Execution) {
    if case .failed(let error) = execution.ending { failureRound = error.round.position }
    let translation = Translation(execution)
    tuples = translation.tuples()
    firings = translation.firings()
    messages = execution.messages.map(translation.message).sorted()
    trim()
  }

  /// What happens in the round of a failure is unspecified.
  private mutating func trim() {
    guard let failureRound else { return }
    tuples.removeAll { $0.round >= failureRound }
    firings.removeAll { $0.round >= failureRound }
    messages.removeAll { $0.round >= failureRound }
  }
}

private struct Translation {
  let execution: Execution
  /// The aggregating rule of each row relation.
  let aggregatingRules: [RelationID: RuleID]

  init(_ execution: Execution) {
    self.execution = execution
    var rules: [RelationID: RuleID] = [:]
    for rule in execution.program.rules.indices {
      if let relation = execution.schema.rowRelation(of: rule) { rules[relation] = rule }
    }
    aggregatingRules = rules
  }

  private func isRow(_ tuple: TupleID) -> Bool {
    aggregatingRules[execution.store.relation(of: execution.store.row(of: tuple))] != nil
  }

  func tuples() -> [GroundTuple] {
    execution.store.tuples.filter { !isRow($0) }.map(ground).sorted()
  }

  func ground(_ tuple: TupleID) -> GroundTuple {
    let row = execution.store.row(of: tuple)
    return ground(row, in: execution.store.round(of: tuple).position)
  }

  private func ground(_ row: RowID, in round: Int) -> GroundTuple {
    let relation = execution.store.relation(of: row)
    let head = aggregatingRules[relation].map { execution.program.rules[$0].headRelation }
    return GroundTuple(relation: head ?? relation, values: execution.values(of: row), round: round)
  }

  private func premises(of firing: FiringID) -> (tuples: [GroundTuple], absences: [AbsencePattern]) {
    var tuples: [GroundTuple] = []
    var absences: [AbsencePattern] = []
    for premise in execution.premises(of: firing) {
      switch premise {
      case .tuple(let tuple): tuples.append(ground(tuple))
      case .absence(let absence):
        let absence = execution.absence(absence)
        absences.append(
          AbsencePattern(
            relation: absence.relation, round: absence.round.position, columns: absence.pattern))
      }
    }
    // What is counted comes in order of derivation.
    let fixed = execution.rule(of: firing).map { execution.program.rules[$0].positiveAtomCount } ?? 0
    if fixed < tuples.count { tuples = tuples.prefix(fixed) + tuples.dropFirst(fixed).sorted() }
    return (tuples, absences)
  }

  func firings() -> [ReferenceFiring] {
    execution.firingIDs.compactMap { id in
      guard let head = execution.head(of: id), let round = execution.bodyRound(of: id) else { return nil }
      let rule = execution.rule(of: id)
      let isAggregate = rule.map { execution.program.rules[$0].isAggregate } ?? false
      let kind: ReferenceFiring.Kind =
        rule == nil ? .stay : isRow(head) ? .row : isAggregate ? .aggregate : .rule
      let premises = premises(of: id)
      return ReferenceFiring(
        rule: rule, round: round.position, kind: kind, head: ground(head),
        premises: kind == .aggregate ? premises.tuples.sorted() : premises.tuples, absences: premises.absences
      )
    }.sorted()
  }

  func message(_ message: Message) -> ReferenceMessage {
    let premises = premises(of: message.firing)
    let nodes = execution.setting.nodes
    let fate: MessageFate =
      switch message.fate {
      case .delivered: .delivered
      case .omitted: .omitted
      case .partitioned: .partitioned
      case .receiverDown: .receiverDown
      case .senderCrashed: .senderCrashed
      }
    guard let rule = execution.rule(of: message.firing) else { preconditionFailure("a rule sends a message") }
    let isAggregate = execution.program.rules[rule].isAggregate
    return ReferenceMessage(
      rule: rule, round: message.sent.position,
      head: ground(message.row, in: message.sent.next.position), sender: message.sender.map { nodes[$0] },
      receiver: nodes[message.receiver], fate: fate,
      arrives: message.arrivals.map(\.position),
      premises: isAggregate ? premises.tuples.sorted() : premises.tuples, absences: premises.absences)
  }
}

extension Rule {
  fileprivate var positiveAtomCount: Int {
    body.count { if case .atom(let atom) = $0 { !atom.isNegated } else { false } }
  }
}

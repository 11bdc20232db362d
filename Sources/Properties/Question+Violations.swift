import Dedalus
import Evaluation
import Scenarios

extension Execution: History {
  /// Truth values.
  public typealias Algebra = OneRun

  /// EOT.
  public var lastRound: Round { setting.eot }

  /// The rows that hold.
  public func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Bool)] {
    tuples(of: relation, in: round).map { (values(of: store.row(of: $0)), true) }
  }
}

extension Question {
  /// What is asked of a run.
  public var property: Property {
    let form: Property.Form
    if let pre = outcome.pre {
      form =
        oracle == .molly
        ? .implicationOfExpected(pre, outcome.post) : .implication(pre, outcome.post)
    } else {
      form = .survival(outcome.post)
    }
    return Property(name: outcome.name, form: form)
  }

  /// What breaks the property in `execution`, sorted by rows.
  ///
  /// `baseline` is the run without faults; without one, `execution` is taken to be it.
  public func violations(in execution: Execution, baseline: Execution? = nil) -> [Violation] {
    let expected = property.comparesWithBaseline ? expectedRows(in: baseline ?? execution) : []
    var algebra = OneRun()
    return property.violations(in: execution, expecting: expected, &algebra)
      .filter(\.condition).map(\.violation)
  }

  /// The rows that must survive, by the run without faults.
  public func expectedRows(in baseline: Execution) -> [[Constant]] {
    baseline.rows(of: property.post, in: baseline.lastRound).map(\.row)
  }

  /// Whether no fault can violate the property because `baseline`, the run without faults, has no row that
  /// would have to survive. With a `pre` it is the rows of `pre` in each run that demand something.
  package func lacksDemand(after baseline: Execution) -> Bool {
    property.pre == nil && isEmpty(in: baseline)
  }

  /// Whether the outcome has no row at the end of `execution`.
  public func isEmpty(in execution: Execution) -> Bool {
    execution.rows(of: property.post, in: execution.lastRound).isEmpty
  }

  /// Whether the property demands anything in `execution`.
  package func demands(in execution: Execution) -> Bool {
    var algebra = OneRun()
    return property.demand(in: execution, &algebra)
  }
}

extension Execution {
  /// The tuple of `relation` that `violation` is about; nil where it does not hold in that round.
  package func tuple(of violation: Violation, in relation: RelationID) -> TupleID? {
    tuple(relation, violation.row, in: violation.round)
  }
}

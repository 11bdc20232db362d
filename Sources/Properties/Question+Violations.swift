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

  /// The rows that hold, by round.
  public func rows(of relation: RelationID) -> [[(row: [Constant], condition: Bool)]] {
    var rounds: [[(row: [Constant], condition: Bool)]] = Array(repeating: [], count: lastRound.position)
    for tuple in store.tuples where store.relation(of: store.row(of: tuple)) == relation {
      rounds[store.round(of: tuple).position - 1].append((values(of: store.row(of: tuple)), true))
    }
    return rounds.map { rows in rows.sorted { $0.row.lexicographicallyPrecedes($1.row) } }
  }
}

extension Question {
  /// Every violation that may happen in `history`, property by property, with the condition under which it
  /// does. `expected` are the rows that the outcome has without faults.
  public func possibleViolations<Past: History>(
    in history: Past, expecting expected: [[Constant]], _ algebra: inout Past.Algebra
  ) -> [(violation: Violation, condition: Past.Algebra.Truth)] {
    var found: [(violation: Violation, condition: Past.Algebra.Truth)] = []
    for property in properties {
      found += property.violations(in: history, expecting: expected, &algebra)
    }
    return found
  }

  /// What breaks properties in `execution`: each row once for a property, in the first round in which it
  /// does; by properties, then by rounds, then by rows.
  ///
  /// `baseline` is the run without faults; without one, `execution` is taken to be it.
  public func violations(in execution: Execution, baseline: Execution? = nil) -> [Violation] {
    assert(baseline?.faults.count ?? 0 == 0, "runs are compared with one without faults")
    assert(
      baseline.map { $0.setting == execution.setting } ?? true, "only runs in one setting are compared")
    let expected = comparesWithBaseline ? expectedRows(in: baseline ?? execution) : []
    var algebra = OneRun()
    return possibleViolations(in: execution, expecting: expected, &algebra)
      .filter(\.condition).map(\.violation).firsts
  }

  /// Whether a property compares with the run without faults.
  public var comparesWithBaseline: Bool { properties.contains { $0.comparesWithBaseline } }

  /// The rows of the outcome that must survive, by the run without faults.
  public func expectedRows(in baseline: Execution) -> [[Constant]] {
    outcome.map { baseline.rows(of: $0.post, in: baseline.lastRound).map(\.row) } ?? []
  }

  /// Whether no fault can violate the outcome because `baseline`, the run without faults, has no row that
  /// would have to survive. With a `pre` it is the rows of `pre` in each run that demand something.
  package func lacksDemand(after baseline: Execution) -> Bool {
    outcome.map { $0.pre == nil } ?? false && isEmpty(in: baseline)
  }

  /// Whether the outcome is asked for and has no row at the end of `execution`.
  public func isEmpty(in execution: Execution) -> Bool {
    outcome.map { execution.rows(of: $0.post, in: execution.lastRound).isEmpty } ?? false
  }

  /// The properties that demand something in `execution`, by name.
  package func demandingProperties(in execution: Execution) -> Set<String> {
    var algebra = OneRun()
    return Set(properties.filter { $0.demand(in: execution, &algebra) }.map(\.name))
  }

  /// The properties of which it is worth knowing that they demand nothing in any run: all but those that
  /// forbid something, and those that compare with the run without faults.
  package var judgedProperties: [Property] {
    properties.filter { property in
      switch property.form {
      case .finally, .finallyExpected, .always, .within, .stable: true
      case .never, .neverMatching, .survival: false
      }
    }
  }
}

extension Execution {
  /// The tuple of `relation` that `violation` is about; nil where it does not hold in that round.
  package func tuple(of violation: Violation, in relation: RelationID) -> TupleID? {
    tuple(relation, violation.row, in: violation.round)
  }

  /// The tuple of the row of `violation` at `place`; nil where it does not hold there.
  package func tuple(of violation: Violation, at place: Property.Evidence.Place) -> TupleID? {
    place.round <= setting.eot ? tuple(place.relation, violation.row, in: place.round) : nil
  }
}

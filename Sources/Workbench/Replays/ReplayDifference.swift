// The difference between a saved counterexample and the run of today's program under its faults, in one line:
// first what happened to each row that is no longer violated, then the rows that are newly violated.

import Dedalus
import Evaluation
import Properties
import Scenarios

/// What a counterexample violated when it was saved, and what it violates now.
struct ReplayDifference {
  private let recorded: [Violation]
  private let trial: Trial
  private let question: Question

  /// The number of rows of each kind that the line names.
  private static let mostShown = 3

  init(recorded: [Violation], trial: Trial, question: Question) {
    self.recorded = recorded
    self.trial = trial
    self.question = question
  }

  /// The difference in one line; nil where there is none.
  var line: String? {
    let (then, now) = (Set(recorded.rowsByProperty), Set(trial.violations.rowsByProperty))
    let mended = recorded.filter { !now.contains($0.rowOfProperty) }
    let broken = trial.violations.filter { !then.contains($0.rowOfProperty) }
    let parts = Self.listed(mended, fate) + Self.listed(broken) { "\(self.text($0)) is violated now" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What happened to a row that was violated.
  private func fate(of violation: Violation) -> String {
    let execution = trial.execution
    guard let property = question.property(named: violation.property) else {
      return "'\(violation.property.showingEverything)' is no property any more"
    }
    let evidence = property.evidence(for: violation)
    if let post = property.post,
      evidence.absent.contains(where: { execution.tuple(of: violation, at: $0) != nil })
    {
      return "\(text(violation, post)) holds now"
    }
    if let present = evidence.present, execution.tuple(of: violation, at: present) == nil {
      return "\(text(violation, present.relation)) does not hold any more"
    }
    return "\(text(violation)) does not hold without faults either"
  }

  private static func listed(_ rows: [Violation], _ sentence: (Violation) -> String) -> [String] {
    let shown = rows.prefix(mostShown).map(sentence)
    return rows.count > mostShown ? shown + ["and so on for \(rows.count - mostShown) more"] : shown
  }

  /// The row with the relation in which it is missing or, where none is, in which it must not be.
  private func text(_ violation: Violation) -> String {
    guard let property = question.property(named: violation.property),
      let relation = property.post ?? property.pre
    else { return violation.property }
    return text(violation, relation)
  }

  private func text(_ violation: Violation, _ relation: RelationID) -> String {
    let columns = violation.row.map { $0.description.showingEverything }.joined(separator: ", ")
    return "\(question.program.relations[relation].name)(\(columns))"
  }
}

extension Violation {
  /// The violation without its round.
  var rowOfProperty: Violation { Violation(property: property, round: Round(1), row: row) }
}

extension Sequence<Violation> {
  /// The violations without their rounds.
  var rowsByProperty: [Violation] { map(\.rowOfProperty) }
}

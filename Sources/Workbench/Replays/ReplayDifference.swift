// The difference between a saved counterexample and the run of today's program under its faults, in one line:
// first what happened to each row that is no longer violated, then the rows that are newly violated.

import Dedalus
import Evaluation
import Properties

/// The rows that a counterexample violated when it was saved, and those that it violates now.
struct ReplayDifference {
  private let recorded: [[Constant]]
  private let trial: Trial
  private let question: Question

  /// The number of rows of each kind that the line names.
  private static let mostShown = 3

  init(recorded: [[Constant]], trial: Trial, question: Question) {
    self.recorded = recorded
    self.trial = trial
    self.question = question
  }

  /// The difference in one line; nil where there is none.
  var line: String? {
    let (then, now) = (Set(recorded), Set(trial.violations.rows))
    let mended = recorded.filter { !now.contains($0) }
    let broken = trial.violations.rows.filter { !then.contains($0) }
    let parts = Self.listed(mended, fate) + Self.listed(broken) { "\(self.text($0)) is violated now" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What happened to a row that was violated.
  private func fate(of row: [Constant]) -> String {
    let execution = trial.execution
    if execution.tuple(question.outcome.post, row, in: execution.setting.eot) != nil {
      return "\(text(row)) holds now"
    }
    if let pre = question.outcome.pre, execution.tuple(pre, row, in: execution.setting.eot) == nil {
      return "\(question.program.relations[pre].name)\(columns(row)) does not hold any more"
    }
    return "\(text(row)) does not hold without faults either"
  }

  private static func listed(_ rows: [[Constant]], _ sentence: ([Constant]) -> String) -> [String] {
    let shown = rows.prefix(mostShown).map(sentence)
    return rows.count > mostShown ? shown + ["and so on for \(rows.count - mostShown) more"] : shown
  }

  private func text(_ row: [Constant]) -> String { question.outcome.name + columns(row) }

  private func columns(_ row: [Constant]) -> String {
    "(\(row.map { $0.description.showingEverything }.joined(separator: ", ")))"
  }
}

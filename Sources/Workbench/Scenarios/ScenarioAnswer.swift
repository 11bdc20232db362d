import Answers
import Dedalus
import Documents
import Evaluation
import Files
import Properties
import Scenarios

/// The result of one scenario line.
package struct ScenarioAnswer: Sendable {
  /// The path of the program's file, as it was found.
  package let path: String
  /// The scenario of the line, or why it cannot be read.
  package let scenario: Result<ScenarioLine, InvalidFile>
  /// The result of the scenario.
  package let outcome: Outcome
  /// The wall-clock seconds that it took.
  package let seconds: Double

  /// Whether the user ended the search for it.
  var isInterrupted: Bool {
    if case .found(let finding, _) = outcome { finding.limit == .interrupted } else { false }
  }

  /// An answer, or why there is none.
  package enum Outcome: Sendable {
    case found(Finding, discrepancy: String?)
    /// The scenario cannot be run: the line, the program or the question is invalid.
    case refused(Refusal)
  }

  /// The part of an answer that reports show; its runs are released.
  package struct Finding: Sendable {
    package let verdict: Verdict
    package let isVacuous: Bool
    package let bounds: Bounds
    /// For a counterexample: the faults, whether every smaller set is proved harmless, and the violated rows.
    package let faults: FaultSet?
    /// For a counterexample and a bad baseline: what is chosen.
    package let inputs: Inputs
    package let isMinimum: Bool
    package let violations: [Violation]
    /// The question that was answered.
    package let question: Question
    package let limit: Limit?
    /// For `error`: what failed.
    package let failure: RunFailure?
    /// The warnings about the program, at these bounds.
    package let warnings: [Diagnostic]
    /// The cautions about the verdict.
    package let cautions: [Caution]

    init(_ answer: Answer, warnings: [Diagnostic]) {
      self.warnings = warnings
      cautions = answer.cautions
      verdict = answer.verdict
      isVacuous = answer.isVacuous
      bounds = answer.question.bounds
      faults = answer.counterexample?.faults
      inputs = answer.inputs
      isMinimum = answer.counterexample?.minimum ?? false
      violations = answer.violations
      question = answer.question
      limit = answer.limit
      failure = RunFailure(answer)
    }

    /// Why the scenario fails where warnings are errors, as a phrase; nil where there is none.
    package var objection: String? {
      let phrases =
        warnings.map { "\($0.message) [\($0.code.rawValue)]" }
        + cautions.map { "\($0.message) [\($0.code)]" } + (isVacuous ? ["it holds vacuously"] : [])
      guard let first = phrases.first else { return nil }
      return phrases.count == 1
        ? "there is a warning: \(first)" : "there are \(phrases.count) warnings; the first: \(first)"
    }
  }

  /// The number of the line; nil where the whole file cannot be read.
  package var line: Int? {
    switch scenario {
    case .success(let scenario): scenario.line
    case .failure(let error): error.position?.line
    }
  }

  /// Why the result is not as expected, as one phrase; nil where it is.
  package var complaint: String? {
    switch outcome {
    case .found(_, let discrepancy): discrepancy
    case .refused(let refusal): "it does not run: " + refusal.summary
    }
  }

  /// Whether the result is as the line expects.
  package var isAsExpected: Bool { complaint == nil }
}

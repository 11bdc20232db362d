import Dedalus
import Evaluation
import FaultInjection

/// What became of one scenario line.
struct ScenarioAnswer: Sendable {
  /// The program's file, as it was found.
  let path: String
  /// What the line says, or why it cannot be read.
  let scenario: Result<ScenarioLine, InvalidFile>
  /// What came of it.
  let outcome: Outcome
  /// Wall-clock seconds.
  let seconds: Double

  /// Either an answer, or why there is none.
  enum Outcome: Sendable {
    case found(Finding, discrepancy: String?)
    /// The scenario cannot be run: the line, the program or the question is wrong.
    case refused(Refusal)
  }

  /// The part of an answer that reports show; the executions that came with it are let go.
  struct Finding: Sendable {
    let verdict: Verdict
    let isVacuous: Bool
    let bounds: Bounds
    /// For a counterexample: the faults, whether fewer are proved harmless, and the rows that are violated.
    let faults: FaultSet?
    let isMinimum: Bool
    let violated: [[Constant]]
    let limit: Limit?
    /// For `error`: what failed.
    let failure: RunFailure?

    init(_ answer: Answer) {
      verdict = answer.verdict
      isVacuous = answer.vacuous
      bounds = answer.question.bounds
      let counterexample = answer.verdict == .counterexample ? answer.counterexamples.first : nil
      faults = counterexample?.faults
      isMinimum = counterexample?.minimum ?? false
      violated = answer.counterexamples.first?.violated ?? []
      limit = answer.limit
      failure = answer.failure.map { failure in
        RunFailure(
          program: answer.question.program, nodes: answer.question.bounds.nodes, error: failure.error,
          faults: failure.faults)
      }
    }
  }

  /// The number of the line; nil where the whole file cannot be read.
  var line: Int? {
    switch scenario {
    case .success(let scenario): scenario.line
    case .failure(let error): error.position?.line
    }
  }

  /// Why it is not as expected, as one phrase; nil where it is.
  var complaint: String? {
    switch outcome {
    case .found(_, let discrepancy): discrepancy
    case .refused(let refusal): "it does not run: " + refusal.summary
    }
  }

  /// Whether it came out as the line says.
  var isAsExpected: Bool { complaint == nil }
}

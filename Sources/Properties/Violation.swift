// A violated specification, seen in two ways: in one run, as rows; over all runs, as gates of the circuit.
// The two must agree under every fault set, and a counterexample is reported only where they do.

import Dedalus
import Evaluation
import Indices

extension Question {
  /// The rows that break the specification at EOT of `execution`, sorted.
  ///
  /// `baseline` is the failure-free run; without one, `execution` is taken as the failure-free run.
  public func violations(in execution: Execution, baseline: Execution? = nil) -> [[Constant]] {
    let post = Set(execution.finalRows(of: outcome.post))
    return suspects(in: execution, baseline: baseline ?? execution).filter { !post.contains($0) }
  }

  /// Whether no fault can violate the specification because `baseline`, the failure-free run, has no row that
  /// must survive. With a `pre`, the rows of `pre` in each run determine what is demanded instead.
  package func lacksDemand(after baseline: Execution) -> Bool {
    outcome.pre == nil && isEmpty(in: baseline)
  }

  /// Whether the outcome has no row at EOT of `execution`.
  public func isEmpty(in execution: Execution) -> Bool { execution.finalRows(of: outcome.post).isEmpty }

  /// The rows that `execution` must have in `post`, sorted.
  private func suspects(in execution: Execution, baseline: Execution) -> [[Constant]] {
    guard let pre = outcome.pre else { return baseline.finalRows(of: outcome.post) }
    let premises = execution.finalRows(of: pre)
    guard oracle == .molly else { return premises }
    let expected = Set(baseline.finalRows(of: outcome.post))
    return premises.filter { expected.contains($0) }
  }
}

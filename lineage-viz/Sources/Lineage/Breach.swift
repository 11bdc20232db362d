import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios
import Search

/// A counterexample that is to be explained.
struct Breach {
  let counterexample: Counterexample
  let question: Question
  /// The run without faults.
  let baseline: Execution

  private var bad: Execution { counterexample.execution }

  /// Why the violated rows of `post` are missing and those of `pre` hold, compared with the run without
  /// faults. A fault that is no part of this explanation affects only what happens under other faults; each
  /// such fault is explained by comparison with the run without just that fault.
  var steps: LineageSteps {
    var builder = LineageStepBuilder(bad, comparedWith: baseline)
    let difference = Difference(from: baseline, to: bad)
    let explanation = Explanation(of: roots(in: difference), in: difference)
    builder.add(explanation, in: difference)
    for fault in counterexample.faults.faults where !explanation.faults.contains(fault) {
      let difference = Difference(from: run(without: fault), to: bad)
      builder.add(Explanation(of: roots(in: difference), in: difference), in: difference, without: fault)
    }
    return builder.result
  }

  /// What must be explained: rows of `post` that the better run has, and rows of `pre`.
  private func roots(in difference: Difference) -> [Explanation.Node] {
    var roots = tuples(question.outcome.post, in: difference.good).map { Explanation.Node.missing($0) }
    guard let pre = question.outcome.pre else { return roots }
    for violation in counterexample.violations {
      guard let tuple = bad.tuple(of: violation, in: pre) else { continue }
      let isHeld = difference.good.tuple(of: violation, in: pre) != nil
      roots.append(isHeld ? .rederived(tuple) : .added(tuple))
    }
    return roots
  }

  private func run(without fault: Fault) -> Execution {
    Evaluation.run(
      question.program, question.setting, under: FaultSet(counterexample.faults.faults.filter { $0 != fault })
    )
  }

  private func tuples(_ relation: RelationID, in execution: Execution) -> [TupleID] {
    counterexample.violations.compactMap { execution.tuple(of: $0, in: relation) }
  }
}

import Answers
import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios

/// A counterexample that is to be explained.
struct Breach {
  let counterexample: Counterexample
  let question: Question
  /// The run without faults, under the same inputs.
  let baseline: Execution

  private var bad: Execution { counterexample.execution }

  /// Why the rows are missing that violated properties demand, and why those hold that demand or break them,
  /// compared with the run without faults. A fault that is no part of this explanation affects only what
  /// happens under other faults; each such fault is explained by comparison with the run without just that
  /// fault.
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

  /// What must be explained: rows that the better run has and that are demanded, and rows that demand or are
  /// forbidden.
  private func roots(in difference: Difference) -> [Explanation.Node] {
    var missing: [Explanation.Node] = []
    var held: [Explanation.Node] = []
    for violation in counterexample.violations {
      guard let evidence = question.property(named: violation.property)?.evidence(for: violation) else {
        continue
      }
      for place in evidence.absent {
        if let tuple = difference.good.tuple(of: violation, at: place) { missing.append(.missing(tuple)) }
      }
      guard let present = evidence.present, let tuple = bad.tuple(of: violation, at: present) else {
        continue
      }
      let isHeld = difference.good.tuple(of: violation, at: present) != nil
      held.append(isHeld ? .rederived(tuple) : .added(tuple))
    }
    return missing + held
  }

  private func run(without fault: Fault) -> Execution {
    Evaluation.run(
      question.program, question.setting,
      under: bad.scenario.with(FaultSet(counterexample.faults.faults.filter { $0 != fault })))
  }
}

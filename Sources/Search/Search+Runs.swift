// The runs that a search makes. What the circuit says is not believed before a run shows it.

import Answers
import Evaluation
import Lineage
import Properties
import Scenarios

extension Search {
  /// Makes the run without faults the one under the inputs of `execution`: with it, the run is compared.
  package mutating func compareUnderInputs(of execution: Execution) {
    // A search that a limit ended is continued with its next run, so nothing may come behind its last.
    guard execution.inputs != draft.baseline?.inputs, draft.limit == nil else { return }
    let baseline = execute(execution.scenario.withoutFaults, toTheEnd: true)
    patience.didRun?(baseline, [])
    draft.baseline = baseline
  }

  /// Runs the program under `scenario`. The run must show the counterexample that the circuit predicts.
  mutating func confirm(
    _ scenario: Scenario, _ view: CircuitView, isMinimum: Bool
  ) throws(Disagreement) -> Counterexample {
    let execution = execute(scenario, toTheEnd: true)
    assert(question.bounds.admits(scenario), "the model has admissible sets and inputs only")
    let violations = question.violations(in: execution, baseline: view.baseline)
    patience.didRun?(execution, violations)
    let predicted = view.violations(under: scenario)
    guard violations == predicted, !violations.isEmpty, execution.ending == .complete else {
      throw Disagreement(
        question: question, scenario: scenario,
        description:
          "the circuit says that \(predicted.rows) is violated; the run says \(violations.rows), "
          + "\(execution.ending)")
    }
    return Counterexample(minimum: isMinimum, violations: violations, execution: execution)
  }

  /// Runs the program under `scenario`: until patience ends, or `toTheEnd` where the run confirms what has
  /// been found.
  package mutating func execute(_ scenario: Scenario, toTheEnd: Bool = false) -> Execution {
    let start = stopwatch.elapsed
    defer { draft.cost[.confirming] += stopwatch.elapsed - start }
    draft.cost[.executions] += 1
    let unshared = scenario.faults.faults.filter(\.meaning.isStated)
    // Copying the tables of an earlier run takes as long as some sixty firings.
    let earlier = recent[unshared].flatMap { $0.firingsShared(with: scenario) > 64 ? $0 : nil }
    let execution = compiled.run(
      question.setting, under: scenario, resuming: earlier, budget: patience.budget,
      shouldStop: { [stopwatch] in !toTheEnd && stopwatch.isOver })
    if recent.count >= 64 { recent.removeAll() }
    recent[unshared] = execution
    return execution
  }

  /// Whether patience has ended; asked before each run.
  package var isOver: Bool {
    var progress = progress
    progress.phase = .running
    progress.runs = draft.cost[.executions]
    return stopwatch.mustStop(at: progress)
  }
}

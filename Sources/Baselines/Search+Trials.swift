// The strategies that make runs one by one differ only in the choice of the next fault set. The rest is here:
// limits end the search, runs are counted, and a counterexample is told apart from an error.

import Answers
import Evaluation
import Scenarios
import Search

extension Search {
  /// Runs the program under `scenario` and adds the result to the answer; nil where the result, or a limit,
  /// ends the search.
  ///
  /// The first counterexample stays the answer, unless the program fails in some later run.
  mutating func tryScenario(_ scenario: Scenario, _ baseline: Execution, isMinimum: Bool) -> Execution? {
    let isKnown = draft.cost[.executions] < patience.earlier.runs.count
    if isKnown ? patience.isInterrupted() : isOver {
      stopped()
      return nil
    }
    let execution = execute(scenario)
    if isKnown { stopwatch.pardon() }
    if case .stopped = execution.ending {
      stopped()
      return nil
    }
    return judge(execution, baseline, isMinimum: isMinimum) ? execution : nil
  }

  /// Judges the run `execution`; false where its result ends the search.
  private mutating func judge(_ execution: Execution, _ baseline: Execution, isMinimum: Bool) -> Bool {
    let isKnown = draft.decision != nil
    let violations =
      execution.ending != .complete || isKnown && patience.didRun == nil
      ? [] : question.violations(in: execution, baseline: baseline)
    patience.didRun?(execution, violations)
    switch execution.ending {
    case .failed(let error):
      draft.decision = .error(error, under: execution.scenario)
      return false
    case .exhausted(let resource, _):
      usedUp(resource, execution.largestRelation)
      return false
    case .stopped: preconditionFailure("a run that was stopped is not judged")
    case .complete: break
    }
    guard !isKnown, !violations.isEmpty else { return true }
    if execution.faults.count == 0 {
      draft.decide(violations, withoutFaultsIn: execution, of: question)
    } else {
      draft.decision = .counterexample(
        Counterexample(minimum: isMinimum, violations: violations, execution: execution))
    }
    return true
  }
}

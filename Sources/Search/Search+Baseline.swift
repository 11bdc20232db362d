// What is done before there is a solver: the run without faults, and the circuit of all runs.

import Answers
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios

extension Search {
  /// The failure-free run, under the first inputs; nil where it already decides the answer.
  package mutating func runBaseline() -> Execution? {
    judge(execute(Scenario(.none, possible.inputs.first)))
  }

  /// The failure-free run `execution`; nil where it already decides the answer.
  mutating func judge(_ execution: Execution) -> Execution? {
    if case .stopped = execution.ending {
      stopped()
      return nil
    }
    assert(execution.faults.count == 0, "the run without faults is judged first")
    draft.baseline = execution
    let violations = execution.ending == .complete ? question.violations(in: execution) : []
    patience.didRun?(execution, violations)
    switch execution.ending {
    case .failed(let error):
      draft.decision = .error(error, under: execution.scenario)
      return nil
    case .exhausted(let resource, _):
      usedUp(resource, execution.largestRelation)
      return nil
    case .stopped: preconditionFailure("a run that was stopped is not judged")
    case .complete: break
    }
    if violations.isEmpty, !question.lacksDemand(after: execution) { return execution }
    draft.decide(violations, withoutFaultsIn: execution, of: question)
    return nil
  }

  /// All runs; `baseline` is that without faults. Nil where a limit is reached.
  mutating func ground(after baseline: Execution) -> Grounding? {
    let start = stopwatch.elapsed
    defer { draft.cost[.grounding] = stopwatch.elapsed - start }
    assert(baseline.faults.count == 0 && baseline.ending == .complete, "the run without faults is whole")
    progress.phase = .grounding
    let grounding = Grounding(
      compiled, question.setting, possible, budget: patience.budget,
      watching: covers ? baseline.silentRules : [],
      shouldStop: { [stopwatch, progress] state in
        var progress = progress
        progress.round = state.round.position
        progress.gates = state.gates
        return stopwatch.mustStop(at: progress)
      })
    progress.round = question.bounds.eot
    progress.gates = grounding.circuit.gateCount
    draft.cost[.tuples] = grounding.store.tupleCount
    draft.cost[.instances] = grounding.instanceCount
    draft.cost[.gates] = grounding.circuit.gateCount
    switch grounding.interruption {
    case nil: return grounding
    case .exhausted(let resource, _): usedUp(resource, LargestRelation(of: grounding.store, compiled))
    case .stopped: stopped()
    }
    return nil
  }
}

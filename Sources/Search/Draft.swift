import Answers
import Evaluation
import Properties
import Scenarios

/// What a search has found out so far.
package struct Draft {
  /// What decides the answer; nil as long as nothing does.
  package var decision: Decision?
  /// Where minimal sets were asked for and there are any: those that are known.
  var minimalSets: MinimalSets?
  /// A milder set of the same size than that of the counterexample, where one was looked for and found.
  var milder: BreakingSet?
  /// The limit that has ended the search.
  package var limit: Limit?
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  package var harmlessUpTo: Int?
  /// The run without faults.
  package var baseline: Execution?
  /// The number of runs of an exhaustive search, once the loop has made more runs or solver calls than that.
  package var exhaustiveRuns: Int?
  /// What of the program the admissible runs use, where that was asked for.
  var coverage: AdmissibleCoverage?
  /// Whether no possible fault touches a row that the question is about.
  var isUntouched = false
  /// What has been counted and measured.
  package var cost = Cost()

  /// What decides an answer. A failure takes the place of a counterexample; nothing else is replaced.
  package enum Decision {
    case counterexample(Counterexample)
    case holds(vacuous: [String])
    case badBaseline([Violation])
    case error(RunError, under: Scenario)
  }

  /// Records that `violations` are there in `execution`, a run without faults: the baseline is bad or, where
  /// rows are looked for, one is found.
  package mutating func decide(
    _ violations: [Violation], withoutFaultsIn execution: Execution, of question: Question
  ) {
    assert(decision == nil, "what is decided stays decided")
    assert(execution.faults.count == 0, "the baseline has no faults")
    baseline = execution
    decision =
      question.sought == nil
      ? .badBaseline(violations)
      : .counterexample(Counterexample(minimum: true, violations: violations, execution: execution))
  }

  /// The counterexample that has been found.
  package var counterexample: Counterexample? {
    if case .counterexample(let found) = decision { found } else { nil }
  }

  /// What the search has found once it has ended.
  var finding: Finding {
    switch decision {
    case .counterexample(let found):
      return .counterexample(found, minimalSets: minimalSets, harmlessUpTo: harmlessUpTo, limit: limit)
    case .holds(let vacuous): return .holds(vacuous: vacuous)
    case .badBaseline(let violations): return .badBaseline(violations)
    case .error(let error, let scenario):
      return .error(error, under: scenario, harmlessUpTo: harmlessUpTo, limit: limit)
    case nil:
      guard let limit else { preconditionFailure("a search that has no result was ended by a limit") }
      return .inconclusive(limit, harmlessUpTo: harmlessUpTo)
    }
  }
}

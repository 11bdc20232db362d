// The definition of the answer, carried out: one run for every admissible fault set, smallest first. It shares with
// the search by circuit the evaluator and nothing else, so each checks the other.

import Evaluation

/// The most fault sets that an exhaustive search takes on.
public let largestExhaustiveSpace = 200_000

/// Runs the program under every admissible fault set.
///
/// - Throws: `InvalidQuestion` where there are more than `largestExhaustiveSpace`.
public func checkExhaustively(
  _ question: Question, patience: Patience = Patience()
) throws(InvalidQuestion) -> Answer {
  let bounds = question.bounds
  guard bounds.omissionCount <= 60, bounds.admissibleSetCount <= largestExhaustiveSpace else {
    let count =
      bounds.omissionCount <= 60 ? "\(bounds.admissibleSetCount)" : "more than 2^\(bounds.omissionCount)"
    throw InvalidQuestion(
      code: "space-too-large",
      message: "an exhaustive search would need \(count) runs; the most is \(largestExhaustiveSpace)",
      fix: "lower --eot, --eff or --crashes, or use the strategy 'circuit', which leaves out no set either")
  }
  var search = Search(question, patience)
  return search.runEverySet()
}

extension Search {
  /// The first set that breaks the outcome is the answer, unless the program fails under some set.
  mutating func runEverySet() -> Answer {
    answer.strategy = .exhaustive
    if let baseline = runBaseline() {
      answer.vacuous = isVacuous(baseline)
      tryEverySet(baseline)
      if answer.verdict != .holds { answer.vacuous = false }
    }
    answer.cost.total = stopwatch.elapsed
    return answer
  }

  private mutating func tryEverySet(_ baseline: Execution) {
    for faults in AdmissibleFaultSets(question.bounds) where faults.count > 0 {
      if stopwatch.isOver { return stopped() }
      let execution = execute(faults)
      guard judge(execution, baseline, isMinimum: true) else { return }
      if !isVacuous(execution) { answer.vacuous = false }
      if answer.counterexamples.isEmpty { answer.harmlessUpTo = faults.count - 1 }
    }
    if answer.counterexamples.isEmpty { answer.verdict = .holds }
  }

  /// Takes what a run under faults shows into the answer; false where that ends the search.
  ///
  /// The first counterexample stays the answer.
  mutating func judge(_ execution: Execution, _ baseline: Execution, isMinimum: Bool) -> Bool {
    let isKnown = !answer.counterexamples.isEmpty
    let violated =
      execution.ending != .complete || isKnown && patience.didRun == nil
      ? [] : question.violations(in: execution, baseline: baseline)
    patience.didRun?(execution, violated)
    switch execution.ending {
    case .failed(let error):
      answer.verdict = .error
      answer.failure = (error, execution.faults)
      answer.counterexamples = []
      return false
    case .exhausted(let resource, _):
      answer.limit = Limit(resource)
      return false
    case .complete: break
    }
    guard !isKnown, !violated.isEmpty else { return true }
    answer.verdict = .counterexample
    answer.counterexamples = [
      Counterexample(
        faults: execution.faults, minimum: isMinimum, violated: violated, execution: execution)
    ]
    return true
  }

  private func isVacuous(_ execution: Execution) -> Bool {
    question.outcome.pre.map { execution.finalRows(of: $0).isEmpty } ?? false
  }
}

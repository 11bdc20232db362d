// The definition of the answer, carried out: one run for every admissible fault set, smallest first, and with
// each set for every way to choose the inputs. It shares only the evaluator with the search by circuit, so
// each checks the other.

import Answers
import Evaluation
import Properties
import Scenarios
import Search

/// The largest number of fault sets for which an exhaustive search is made.
public let largestExhaustiveSpace = 200_000

/// Runs the program under every admissible fault set; with `symmetry`, under only one of those that are
/// renamings of each other.
///
/// - Throws: `InvalidQuestion` where there are more than `largestExhaustiveSpace` fault sets.
public func checkExhaustively(
  _ question: Question, symmetry: Bool = false, patience: Patience = Patience()
) throws(InvalidQuestion) -> Answer {
  let bounds = question.bounds
  guard bounds.exhaustiveRuns != nil else {
    let count =
      bounds.freeFaultCount <= 60
      ? "\(bounds.admissibleSetCount * bounds.possibleInputs.count)" : "more than 2^\(bounds.freeFaultCount)"
    throw InvalidQuestion(
      code: "space-too-large",
      message: "an exhaustive search would need \(count) runs; the most is \(largestExhaustiveSpace)",
      fix: "lower --eot, --eff or --crashes, or use the strategy 'circuit', which leaves out no set either")
  }
  var search = Search(question, patience, usingSymmetry: symmetry)
  return search.runEverySet()
}

extension Bounds {
  /// The number of runs of an exhaustive search; nil where the bounds admit too many fault sets for one.
  var exhaustiveRuns: Int? {
    guard freeFaultCount <= 60 else { return nil }
    let count = admissibleSetCount * possibleInputs.count
    return count <= largestExhaustiveSpace ? Int(count) : nil
  }
}

extension Search {
  /// The answer is the first fault set that breaks the outcome, unless the program fails under some set.
  mutating func runEverySet() -> Answer {
    if let baseline = runBaseline() {
      tryEverySet(baseline)
      if let found = draft.counterexample { compareUnderInputs(of: found.execution) }
    }
    return answer(by: .exhaustive)
  }

  private mutating func tryEverySet(_ baseline: Execution) {
    var vacuous = question.judgedProperties.map(\.name)
    func note(_ execution: Execution) {
      if vacuous.isEmpty { return }
      let demanding = question.demandingProperties(in: execution)
      vacuous.removeAll { demanding.contains($0) }
    }
    note(baseline)
    for inputs in possible.inputs.all where inputs != baseline.inputs {
      guard let execution = tryScenario(Scenario(.none, inputs), baseline, isMinimum: true) else { return }
      note(execution)
    }
    if draft.decision != nil { return }
    for faults in AdmissibleFaultSets(question.bounds) where faults.count > 0 {
      if let symmetry, !symmetry.isFirst(faults) {
        draft.cost[.skipped] += 1
        continue
      }
      for inputs in possible.inputs.all {
        guard let execution = tryScenario(Scenario(faults, inputs), baseline, isMinimum: true) else {
          return
        }
        note(execution)
      }
      if draft.decision == nil { draft.harmlessUpTo = faults.count - 1 }
    }
    if draft.decision == nil { draft.decision = .holds(vacuous: vacuous) }
  }
}

// Seeded random search, with which the paper compares (SIGMOD 2015, section 6). Each kind of fault defines
// how its faults are drawn. A search may find a counterexample, but proves nothing.

import Answers
import Evaluation
import Indices
import Properties
import Scenarios
import Search

/// Draws at most `runs` random fault sets and runs the program under them, until one breaks the outcome; with
/// `symmetry`, a renaming of an earlier set is not run.
public func checkRandomly(
  _ question: Question, seed: UInt64, runs: Int, symmetry: Bool = false, patience: Patience = Patience()
) -> Answer {
  var search = Search(question, patience, usingSymmetry: symmetry)
  return search.runRandomSets(seed: seed, runs: runs)
}

extension Search {
  mutating func runRandomSets(seed: UInt64, runs: Int) -> Answer {
    if let baseline = runBaseline() {
      tryRandomSets(seed: seed, runs: runs, baseline)
      if let found = draft.counterexample { compareUnderInputs(of: found.execution) }
    }
    return answer(by: .random(seed: seed, runs: runs))
  }

  private mutating func tryRandomSets(seed: UInt64, runs: Int, _ baseline: Execution) {
    var random = SplitMix(seed: seed)
    var seen: Set<Scenario> = []
    var sound: Set<Inputs> = [baseline.inputs]
    for _ in 0..<runs {
      let faults = FaultSet(random: &random, from: possible, within: question.bounds)
      let inputs = possible.inputs.draw(using: &random)
      // Faults break only what holds without them.
      if sound.insert(inputs).inserted {
        guard tryScenario(Scenario(.none, inputs), baseline, isMinimum: false) != nil, draft.decision == nil
        else {
          return
        }
      }
      if let symmetry {
        let first = symmetry.first(of: faults)
        if !seen.insert(Scenario(first.faults, first.renaming.inputs(inputs))).inserted {
          draft.cost[.skipped] += 1
          continue
        }
      }
      guard tryScenario(Scenario(faults, inputs), baseline, isMinimum: false) != nil, draft.decision == nil
      else {
        return
      }
    }
    draft.limit = .runs
  }
}

extension FaultSet {
  /// Draws a random admissible set. Of faults that exclude each other, the first is taken.
  init(random: inout SplitMix, from possible: PossibleFaults, within bounds: Bounds) {
    var faults: [Fault] = []
    var occupied: [Occupation] = []
    for kind in KindID.allIDs where bounds.most(of: kind) != 0 {
      for fault in kind.meaning.draw(using: &random, from: possible, within: bounds) {
        if let occupation = fault.meaning.occupation(of: fault) {
          if occupied.contains(where: { $0.excludes(occupation) }) { continue }
          occupied.append(occupation)
        }
        faults.append(fault)
      }
    }
    self.init(faults)
    assert(bounds.admits(self), "kinds draw faults of the bounds")
  }
}

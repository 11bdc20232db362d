// Seeded random search, as the paper compares with (SIGMOD 2015, section 6): a number of crashes from none to the
// bound, their nodes and rounds uniform; each admissible omission independently with probability 1 / (2 · EFF). It
// finds or finds not; it proves nothing.

import Evaluation
import Indices
import Properties
import Scenarios
import Search

/// Draws at most `runs` random fault sets and runs the program under them, until one breaks the outcome; with
/// `symmetry` not under one that equals an earlier one under a renaming of nodes.
public func checkRandomly(
  _ question: Question, seed: UInt64, runs: Int, symmetry: Bool = false, patience: Patience = Patience()
) -> Answer {
  var search = Search(question, patience, usingSymmetry: symmetry)
  return search.runRandomSets(seed: seed, runs: runs)
}

extension Search {
  mutating func runRandomSets(seed: UInt64, runs: Int) -> Answer {
    answer.strategy = .random
    answer.seed = seed
    if let baseline = runBaseline() {
      tryRandomSets(seed: seed, runs: runs, baseline)
    }
    answer.cost.total = stopwatch.elapsed
    return answer
  }

  private mutating func tryRandomSets(seed: UInt64, runs: Int, _ baseline: Execution) {
    var random = SplitMix(state: seed)
    var seen: Set<FaultSet> = []
    for _ in 0..<runs {
      let faults = FaultSet(random: &random, within: question.bounds)
      if let symmetry, !seen.insert(symmetry.first(of: faults).faults).inserted {
        answer.cost.skipped += 1
        continue
      }
      guard tryFaults(faults, baseline, isMinimum: false) != nil, answer.counterexamples.isEmpty else {
        return
      }
    }
    answer.limit = .runs
  }
}

extension FaultSet {
  /// A random admissible set.
  init(random: inout SplitMix, within bounds: Bounds) {
    var faults: [Fault] = []
    var nodes = Array(bounds.nodes.ids)
    let crashes = bounds.eot > 1 ? random.number(below: bounds.crashes + 1) : 0
    for _ in 0..<crashes {
      let node = nodes.remove(at: random.number(below: nodes.count))
      faults.append(.crash(node, Round(1 + random.number(below: bounds.eot - 1))))
    }
    for round in 1..<max(1, bounds.eff) {
      for sender in bounds.nodes.ids {
        for receiver in bounds.nodes.ids where receiver != sender {
          guard random.number(below: 2 * bounds.eff) == 0 else { continue }
          faults.append(.omission(from: sender, to: receiver, Round(round)))
        }
      }
    }
    self.init(faults)
  }
}

/// SplitMix64 (Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): the same numbers
/// for a seed on every machine.
struct SplitMix {
  var state: UInt64

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number from 0 up to, and without, `bound`, by the high half of a product (Lemire, ACM TOMACS 2019).
  ///
  /// The bias is below 2⁻⁵⁰ for the bounds in use.
  mutating func number(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}

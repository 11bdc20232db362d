// What a limit interrupts before a smallest set is known may have many faults that do nothing: the solver's
// last set is any set. Faults are taken away one by one, and what still breaks the outcome is kept. The
// circuit says which set does, as the run under the last one confirms. The number of trials is bounded, and
// no clock is asked: the same set always shrinks to the same set.

import Scenarios

extension Search {
  /// The largest number of sets that are tried.
  private static let mostTrials = 4000

  /// `choices` without faults that can be left out; and whether each of the others is needed.
  func shrunk(_ choices: [ChoiceID], _ view: CircuitView) -> (choices: [ChoiceID], needsEach: Bool) {
    var kept = choices
    var trials = 0
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for choice in kept.reversed() {
        if trials == Self.mostTrials { return (kept, false) }
        trials += 1
        let fewer = kept.filter { $0 != choice }
        guard !view.violations(under: FaultSet(fewer.map { possible.fault($0) })).isEmpty else { continue }
        kept = fewer
        hasChanged = true
      }
    }
    return (kept, true)
  }
}

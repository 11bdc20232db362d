// What a limit interrupts before a smallest set is known may have many faults that do nothing: the solver's
// last set is any set. Faults are taken away one by one, and what still breaks the outcome is kept. The
// circuit says which set does, as the run under the last one confirms. The number of trials is bounded, and
// no clock is asked: the same set always shrinks to the same set.

import Scenarios

extension Search {
  /// The largest number of sets that are tried.
  private static let mostTrials = 4000

  /// `scenario` without faults that can be left out; and whether each of the others is needed.
  func shrunk(_ scenario: Scenario, _ view: CircuitView) -> (scenario: Scenario, needsEach: Bool) {
    var kept = scenario
    var trials = 0
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for fault in kept.faults.faults.reversed() {
        if trials == Self.mostTrials { return (kept, false) }
        trials += 1
        let fewer = kept.with(FaultSet(kept.faults.faults.filter { $0 != fault }))
        guard !view.violations(under: fewer).isEmpty else { continue }
        kept = fewer
        hasChanged = true
      }
    }
    return (kept, true)
  }
}

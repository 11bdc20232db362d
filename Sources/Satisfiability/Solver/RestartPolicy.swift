// Two modes take turns (Oh, "Between SAT and UNSAT", SAT 2015). In *focused* mode the search restarts when
// recent learned clauses are worse than usual (Audemard & Simon, "Refining Restarts Strategies", CP 2012),
// which finds contradictions; in *stable* mode it restarts rarely, in the rhythm of Luby, Sinclair &
// Zuckerman (1993), and prefers target phases, which finds models.

/// When to restart, and in which mode to search.
struct RestartPolicy {
  /// A running mean in which the past fades (exponential moving average), free of the bias of its first
  /// value.
  private struct Mean {
    let rate: Double
    var value = 0.0
    private var weight = 1.0

    init(over count: Double) { rate = 1 / count }

    mutating func update(with sample: Double) {
      weight *= 1 - rate
      value += rate * (sample - value)
    }

    var corrected: Double { weight < 1 ? value / (1 - weight) : 0 }
  }

  private static let focusedInterval = 2
  private static let margin = 1.10
  private static let stableInterval = 1024

  private var recentGlue = Mean(over: 33)
  private var usualGlue = Mean(over: 100_000)
  private var conflicts = 0
  private var nextRestart = RestartPolicy.focusedInterval
  private var luby = LubySequence()
  private(set) var isStable = false
  private let firstModeLength: Int
  private var modeEnd: Int
  private var modeSwitches = 0

  init(firstModeLength: Int = 1_000) {
    self.firstModeLength = firstModeLength
    modeEnd = firstModeLength
  }

  private static let stableDecay = 0.97
  /// At first only the variables of the last few conflicts count, which finds the models of many a counter
  /// five times as fast. On formulas that take long, a fixed decay of 0.85 took a third longer.
  private static let focusedDecays = [0.75, 0.85, 0.92, 0.95]

  var activityDecay: Double {
    isStable ? Self.stableDecay : Self.focusedDecays[min(modeSwitches / 2, Self.focusedDecays.count - 1)]
  }

  /// Starts a call of `solve`.
  mutating func begin() { scheduleRestart() }

  private mutating func scheduleRestart() {
    nextRestart = conflicts + (isStable ? Self.stableInterval * luby.next() : Self.focusedInterval)
  }

  mutating func learned(glue: Int) {
    conflicts += 1
    recentGlue.update(with: Double(glue))
    usualGlue.update(with: Double(glue))
  }

  var isDue: Bool {
    if conflicts >= modeEnd { return true }
    guard conflicts >= nextRestart else { return false }
    return isStable || recentGlue.corrected > Self.margin * usualGlue.corrected
  }

  /// Schedules the restart after this one, and changes the mode when its time is up.
  mutating func restarted() {
    if conflicts >= modeEnd {
      isStable.toggle()
      modeSwitches += 1
      let round = modeSwitches / 2 + 1
      modeEnd = conflicts + firstModeLength * round * round
    }
    scheduleRestart()
  }
}

/// 1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8, … by Knuth's "reluctant doubling".
struct LubySequence {
  private var state = (u: 1, v: 1)

  mutating func next() -> Int {
    defer { state = state.u & -state.u == state.v ? (state.u + 1, 1) : (state.u, 2 * state.v) }
    return state.v
  }
}

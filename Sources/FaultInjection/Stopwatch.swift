/// Measures a search, and says when its patience is at an end.
struct Stopwatch: Sendable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let patience: Patience

  init(_ patience: Patience) {
    start = clock.now
    self.patience = patience
  }

  /// Seconds since the search began.
  var elapsed: Double { Double((clock.now - start) / .nanoseconds(1)) / 1e9 }

  /// Whether the search must stop.
  var isOver: Bool { patience.isInterrupted() || isLate }

  /// Why it must.
  var reason: Limit { patience.isInterrupted() ? .interrupted : .time }

  private var isLate: Bool {
    guard let time = patience.time else { return false }
    return clock.now - start > time
  }
}

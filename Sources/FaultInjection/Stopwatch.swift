/// Measures a search, and says when its patience is at an end.
struct Stopwatch: Sendable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let patience: Patience
  /// The memory that the process may occupy, in bytes.
  private let mostMemory: Int?
  /// The time that is not counted.
  private var pardoned = Duration.zero

  init(_ patience: Patience) {
    start = clock.now
    self.patience = patience
    mostMemory = patience.memory.flatMap { more in residentMemory().map { $0 + more } }
  }

  /// Seconds since the search began.
  var elapsed: Double { Double((clock.now - start) / .nanoseconds(1)) / 1e9 }

  /// Whether the search must stop.
  var isOver: Bool { patience.isInterrupted() || isLate || isLarge }

  /// Does not count the time until now.
  mutating func pardon() { pardoned = clock.now - start }

  /// Tells whoever waits of `progress`; true where the search must stop.
  func mustStop(at progress: Progress) -> Bool {
    if let didProgress = patience.didProgress {
      var progress = progress
      progress.elapsed = elapsed
      didProgress(progress)
    }
    return isOver
  }

  /// Why it must. Memory may have been given back in the meantime, so it is the reason where there is no other.
  var reason: Limit {
    if patience.isInterrupted() { return .interrupted }
    return isLate || mostMemory == nil ? .time : .memory
  }

  private var isLate: Bool {
    guard let time = patience.time else { return false }
    return clock.now - start > time + pardoned
  }

  private var isLarge: Bool {
    guard let mostMemory else { return false }
    return residentMemory().map { $0 > mostMemory } ?? false
  }
}

import Synchronization
import Texts

/// Measures the time of a search, and tells when a limit of its patience is reached.
public struct Stopwatch: Sendable {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var patience: Patience
  private let gauge = MemoryGauge()
  /// The time that is not counted.
  private var pardoned = Duration.zero

  /// Starts measuring now.
  public init(_ patience: Patience) {
    start = clock.now
    self.patience = patience
  }

  /// Seconds since the search began.
  public var elapsed: Double { (clock.now - start).inSeconds }

  /// Whether the search must stop.
  public var isOver: Bool { patience.isInterrupted() || isLate || isLarge }

  /// Excludes the time until now from the measurement.
  package mutating func pardon() { pardoned = clock.now - start }

  /// Reports progress to whom `patience` names, from now on; limits stay as they are.
  package mutating func report(as patience: Patience) { self.patience.didProgress = patience.didProgress }

  /// Reports `progress` to the caller; true where the search must stop.
  package func mustStop(at progress: Progress) -> Bool {
    if let didProgress = patience.didProgress {
      var progress = progress
      progress.elapsed = elapsed
      didProgress(progress)
    }
    return isOver
  }

  /// Why the search must stop. Memory may have been given back in the meantime, so it is the reason where
  /// there is no other.
  public var reason: Limit {
    if patience.isInterrupted() { return .interrupted }
    guard !isLate, let memory = patience.memory else { return .time }
    return .memory(memory)
  }

  private var isLate: Bool {
    guard let time = patience.time else { return false }
    return clock.now - start > time + pardoned
  }

  private var isLarge: Bool {
    patience.memory.map { gauge.exceeds($0.bytes, now: clock.now - start) } ?? false
  }
}

/// Measures the memory of the process at most a hundred times a second, since each time takes some
/// microseconds. In between, the last value is used.
private final class MemoryGauge: Sendable {
  /// The earliest time of the next measurement, in nanoseconds since the search began.
  private let due = Atomic<Int64>(0)
  private let hasExceeded = Atomic<Bool>(false)
  private static let interval: Int64 = 10_000_000

  func exceeds(_ bytes: Int, now: Duration) -> Bool {
    let (seconds, attoseconds) = now.components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    guard nanoseconds >= due.load(ordering: .relaxed) else { return hasExceeded.load(ordering: .relaxed) }
    due.store(nanoseconds + Self.interval, ordering: .relaxed)
    let exceeds = residentMemory().map { $0 > bytes } ?? false
    hasExceeded.store(exceeds, ordering: .relaxed)
    return exceeds
  }
}

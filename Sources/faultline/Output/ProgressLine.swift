// The progress of a search. On a terminal it is one line that is overwritten four times a second; elsewhere,
// as in a file of a build server, it is a line every ten seconds. A search that ends before the first line is
// due shows none.

import Synchronization

/// Shows the progress of a search on standard error.
final class ProgressLine: Sendable {
  private let console: Console
  private let interval: Duration
  /// When the next line is due.
  private let due: Mutex<ContinuousClock.Instant>

  /// A progress line on `console`, which first appears after one interval.
  init(_ console: Console) {
    self.console = console
    interval = console.canErase ? .milliseconds(250) : .seconds(10)
    due = Mutex(.now + interval)
  }

  /// Shows `line`, if one is due.
  func tell(_ line: @autoclosure () -> String) {
    let isDue = due.withLock { due in
      guard ContinuousClock.now >= due else { return false }
      due = .now + interval
      return true
    }
    if isDue { console.showStatus(line()) }
  }
}

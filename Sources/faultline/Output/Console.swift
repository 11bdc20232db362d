// The three standard streams, as a process may find them: closed, full, or with nobody reading. A closed one is
// replaced by /dev/null first, so that no file opened later takes its number and gets text that was meant for
// people; what cannot be written, for lack of a reader or beyond `ulimit -f`, is an error of the call, never a signal.

import Files
import Glibc
import Synchronization
import Workbench

/// Standard output and standard error.
struct Console {
  /// Whether standard output was closed when the process began.
  private let isOutputClosed: Bool
  /// Whether text for people on standard output may be coloured.
  let isColoured: Bool
  /// Whether diagnostics on standard error may be coloured.
  let isErrorColoured: Bool
  /// Whether a line on standard error can be written over.
  let canErase: Bool
  private let status = StatusLine()

  /// Makes the standard streams safe to use. Call it before anything opens a file.
  init() {
    for ignored in [SIGPIPE, SIGXFSZ] { signal(ignored, SIG_IGN) }
    isOutputClosed = Self.isClosed(STDOUT_FILENO)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where Self.isClosed(descriptor) {
      _ = open("/dev/null", O_RDWR)
    }
    let isAble = getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false
    let wantsColour = getenv("NO_COLOR") == nil && isAble
    canErase = isAble && isatty(STDERR_FILENO) == 1
    isColoured = wantsColour && isatty(STDOUT_FILENO) == 1
    isErrorColoured = wantsColour && isatty(STDERR_FILENO) == 1
  }

  /// Writes `text` to standard output.
  func write(_ text: String) throws(Refusal) {
    if isOutputClosed { throw Refusal.output("standard output is closed") }
    eraseStatus()
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else {
      // Nobody reads any more, as after `| head`: that is no news to anybody.
      if errno == EPIPE { throw Refusal.silent }
      throw Refusal.output("standard output cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes `text` to standard error, as far as it goes.
  func report(_ text: String) {
    eraseStatus()
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Shows on standard error what is going on, a line without its end: in the place of the last one where that can be
  /// erased, else below it.
  func showStatus(_ text: String) {
    guard canErase else { return report(text + "\n") }
    status.isShown.withLock { isShown in
      isShown = true
      _ = writeAll(Array("\r\u{1B}[K\(text.prefix(Self.terminalWidth - 1))".utf8), to: STDERR_FILENO)
    }
  }

  /// Takes away what `showStatus` has shown.
  private func eraseStatus() {
    status.isShown.withLock { isShown in
      if isShown { _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
      isShown = false
    }
  }

  /// The columns of the terminal; a line that is longer would be broken, and only its last part erased.
  private static var terminalWidth: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    return isKnown ? Int(size.ws_col) : 80
  }

  private static func isClosed(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
  }
}

/// Whether a line that tells what is going on stands on the terminal. Consoles that are copies of each other share it.
private final class StatusLine: Sendable {
  let isShown = Mutex(false)
}

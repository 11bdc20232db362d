// The three standard streams, as a process may find them: closed, full, or with nobody reading. A closed one is
// replaced by /dev/null first, so that no file opened later takes its number and gets text that was meant for
// people; what cannot be written is an error of the call, never a signal.

import FaultInjection
import Glibc

/// Standard output and standard error.
struct Console {
  /// Whether standard output was closed when the process began.
  private let isOutputClosed: Bool
  /// Whether text for people on standard output may be coloured.
  let isColoured: Bool
  /// Whether diagnostics on standard error may be coloured.
  let isErrorColoured: Bool

  /// Makes the standard streams safe to use. Call it before anything opens a file.
  init() {
    signal(SIGPIPE, SIG_IGN)
    isOutputClosed = Self.isClosed(STDOUT_FILENO)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where Self.isClosed(descriptor) {
      _ = open("/dev/null", O_RDWR)
    }
    let wantsColour = getenv("NO_COLOR") == nil && getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false
    isColoured = wantsColour && isatty(STDOUT_FILENO) == 1
    isErrorColoured = wantsColour && isatty(STDERR_FILENO) == 1
  }

  /// Writes `text` to standard output.
  func write(_ text: String) throws(Refusal) {
    if isOutputClosed { throw Refusal.output("standard output is closed") }
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else {
      // Nobody reads any more, as after `| head`: that is no news to anybody.
      if errno == EPIPE { throw Refusal.silent }
      throw Refusal.output("standard output cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes `text` to standard error, as far as it goes.
  func report(_ text: String) {
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  private static func isClosed(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
  }
}

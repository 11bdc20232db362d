// The three standard streams, in any state in which a process may find them: closed, full, or without a
// reader. A closed stream is first replaced by /dev/null, so that no file opened later gets its number and
// with it text meant for people. Output that cannot be written, for lack of a reader or beyond `ulimit -f`,
// is an error of the call, never a signal.

import Files
import Glibc
import Synchronization
import Workbench

/// Standard output and standard error.
struct Console {
  /// Whether standard output was closed when the process started.
  private let isOutputClosed: Bool
  /// Whether text for people on standard output may be coloured.
  private(set) var isColoured: Bool
  /// Whether diagnostics on standard error may be coloured.
  private(set) var isErrorColoured: Bool
  /// Whether verdicts and errors are shown only.
  private(set) var isQuiet = false
  /// Whether a line on standard error can be overwritten.
  let canErase: Bool
  /// The number of columns of the terminal on standard output; 80 where it is no terminal.
  let width: Int
  private let status = StatusLine()

  /// Makes the standard streams safe to use. Call it before any file is opened.
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
    width = Self.width(of: STDOUT_FILENO)
    isErrorColoured = wantsColour && isatty(STDERR_FILENO) == 1
  }

  /// The console as a call wants it.
  func adjusted(to options: ConsoleOptions) -> Console {
    var console = self
    console.isQuiet = options.quiet
    if options.color != .auto {
      console.isColoured = options.color == .always
      console.isErrorColoured = options.color == .always
    }
    return console
  }

  /// Writes an answer for people, whose first line is the verdict; if the console is quiet, that line alone.
  func answer(_ text: String) throws(Refusal) {
    try answer(text, brief: String(text.prefix { $0 != "\n" }) + "\n")
  }

  /// Writes an answer for people; if the console is quiet, what is `brief` of it.
  func answer(_ text: String, brief: @autoclosure () -> String) throws(Refusal) {
    try write(isQuiet ? brief() : text)
  }

  /// Writes a note to standard error, unless the console is quiet.
  func remark(_ text: String) {
    if !isQuiet { report(text) }
  }

  func write(_ text: String) throws(Refusal) {
    if isOutputClosed { throw Refusal.output("standard output is closed") }
    eraseStatus()
    guard writeAll(Array(text.utf8), to: STDOUT_FILENO) else {
      // The reader has gone, as after `| head`; this needs no message.
      if errno == EPIPE { throw Refusal.silent }
      throw Refusal.output("standard output cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes `text` to standard error, as far as possible.
  func report(_ text: String) {
    eraseStatus()
    _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Shows the current status on standard error, as a line without a line break. It replaces the last one
  /// where that can be erased, otherwise it goes below it.
  func showStatus(_ text: String) {
    if isQuiet { return }
    guard canErase else { return report(text + "\n") }
    status.isShown.withLock { isShown in
      isShown = true
      _ = writeAll(Array("\r\u{1B}[K\(text.prefix(Self.terminalWidth - 1))".utf8), to: STDERR_FILENO)
    }
  }

  /// Erases what `showStatus` has shown.
  private func eraseStatus() {
    status.isShown.withLock { isShown in
      if isShown { _ = writeAll(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO) }
      isShown = false
    }
  }

  /// The number of columns of the terminal. A longer line would be broken, and only its last part could be
  /// erased.
  private static var terminalWidth: Int { width(of: STDERR_FILENO) }

  /// The number of columns of the terminal at `descriptor`; 80 where there is none.
  private static func width(of descriptor: Int32) -> Int {
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    return isKnown ? Int(size.ws_col) : 80
  }

  private static func isClosed(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == -1 && errno == EBADF
  }
}

/// Whether the terminal shows a status line. All copies of a console share this.
private final class StatusLine: Sendable {
  let isShown = Mutex(false)
}

import Glibc
import Synchronization

/// Whether the user has pressed Ctrl-C.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  private static let signals = [SIGINT, SIGTERM]

  /// Unblocks the signals. The parent process may have blocked them, and a mask is inherited. Until `listen`
  /// is called, Ctrl-C ends the process, even while it reads a large program.
  static func unblock() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  /// From here on, the first Ctrl-C sets the flag, and a second one ends the process.
  static func listen() {
    flag.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    for signal in signals { sigaction(signal, &action, nil) }
  }

  /// Whether the user has pressed Ctrl-C.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }
}

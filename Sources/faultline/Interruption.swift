import Glibc
import Synchronization

/// Whether the user has pressed Ctrl-C.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// From here on the first Ctrl-C sets the flag; a second one ends the process.
  static func listen() {
    flag.store(false, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    // Whoever started this process may have blocked the signals, and a mask is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] {
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether it has been pressed.
  static var isRequested: Bool { flag.load(ordering: .relaxed) }
}

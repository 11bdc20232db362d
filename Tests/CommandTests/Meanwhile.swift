// What happens to a process while it works. A test that slept for a while, and then sent its signal, would
// judge by the clock: on a busy machine the process may not have begun. So a test waits for what the process
// does, and only then acts; where nothing shows from outside, for the CPU time that it has had, which other
// processes do not take away.

import Properties
import Reports

/// What a test waits for, before it does something to a process.
enum Event {
  /// The process has computed for so many seconds.
  case hasComputed(Double)
  /// A line of standard error matches this extended regular expression.
  case hasTold(String)
  /// The line of shell succeeds; `$CHILD` is the process.
  case succeeds(String)

  fileprivate var condition: String {
    switch self {
    case .hasComputed(let seconds):
      // proc_pid_stat(5): the ticks in user and in kernel mode, of which there are a hundred a second.
      "(read -ra stat < /proc/$CHILD/stat; ((stat[13] + stat[14] >= \(Int(seconds * 100)))) ) 2>/dev/null"
    case .hasTold(let pattern): "grep -Eq '\(pattern)' told"
    case .succeeds(let line): line
    }
  }
}

extension Workplace {
  /// Calls `faultline` here in the background and, once `event` has happened, does `action`, a line of shell
  /// for which `$CHILD` is the process. What that is told on standard error goes to the file `told` first.
  func faultline(_ arguments: String, once event: Event, _ action: String) throws -> Outcome {
    try shell(
      """
      : > told
      $FAULTLINE \(arguments) 2>> told & CHILD=$!
      while kill -0 $CHILD 2>/dev/null && ! { \(event.condition); }; do sleep 0.01; done
      \(action)
      wait $CHILD; STATUS=$?; cat told >&2; rm told; exit $STATUS
      """)
  }

  /// Presses Ctrl-C once `event` has happened.
  func interrupted(_ arguments: String, once event: Event = .hasComputed(0.3)) throws -> Outcome {
    try faultline(arguments, once: event, "kill -INT $CHILD")
  }
}

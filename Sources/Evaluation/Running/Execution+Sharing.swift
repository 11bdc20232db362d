// Two executions of a program go the same way until a fault strikes that only one of them has. An omission in round t
// strikes when the messages of round t are sent, so everything before that is shared. What the world states of a fault
// it states in every round, also before it happens: executions with different crashes share nothing.
//
// Everything that an execution records is appended, so what it had recorded at some moment is a prefix of each table,
// and a few counts say which.

import Indices
import Scenarios

/// How much an execution had recorded at some moment.
struct ExecutionMark: Hashable, Sendable {
  let tuples: Int
  let rows: Int
  let constants: Int
  let firings: Int
  let absences: Int
  let messages: Int
}

extension Execution {
  /// How many firings an execution under `faults` need not compute again.
  public func firingsShared(with faults: FaultSet) -> Int {
    lastRoundShared(with: faults).map { marks[$0.position - 1].firings } ?? 0
  }

  /// The last round whose tuples are those of an execution under `faults`; nil where none is, and where this one did
  /// not run to its end.
  public func lastRoundShared(with faults: FaultSet) -> Round? {
    guard ending == .complete, !marks.isEmpty else { return nil }
    let (mine, others) = (self.faults.faults, faults.faults)
    var position = 0
    while position < mine.count, position < others.count, mine[position] == others[position] { position += 1 }
    let differences = mine.dropFirst(position).prefix(1) + others.dropFirst(position).prefix(1)
    var last = Round(marks.count)
    for difference in differences {
      guard let shared = difference.lastRoundShared(in: setting.crashView) else { return nil }
      last = min(last, shared)
    }
    return last
  }
}

// Two runs of a program are equal until the first effect of a fault that only one of them has. An omission in
// round t takes effect when the messages of round t are sent, so everything before is shared. The world
// states a fault in every round, even before it happens, so runs with different crashes share nothing. A
// chosen fact takes effect in its round.
//
// A run only appends to its tables. So what it had recorded at some point is a prefix of each table, and a
// few counts describe it.

import Indices
import Scenarios

/// How much a run had recorded at some point.
struct ExecutionMark: Hashable, Sendable {
  let tuples: Int
  let rows: Int
  let constants: Int
  let firings: Int
  let absences: Int
  let messages: Int
}

extension Execution {
  /// How many firings of this run need not be computed again in a run under `scenario`.
  public func firingsShared(with scenario: Scenario) -> Int {
    lastRoundShared(with: scenario).map { marks[$0.position - 1].firings } ?? 0
  }

  /// The last round whose tuples are the same in a run under `scenario`; nil where there is none, and
  /// where this run did not reach its end.
  public func lastRoundShared(with scenario: Scenario) -> Round? {
    guard ending == .complete, !marks.isEmpty else { return nil }
    assert(marks.count == setting.eot.position - 1, "a complete run has a mark for every round but the last")
    var last = Round(marks.count)
    for difference in faults.differences(from: scenario.faults) {
      guard let shared = difference.lastRoundShared(in: setting.crashView) else { return nil }
      last = min(last, shared)
    }
    for fact in Set(inputs.facts).symmetricDifference(scenario.inputs.facts) {
      if fact.round <= Round(1) { return nil }
      last = min(last, Round(rawValue: fact.round.rawValue - 1))
    }
    return last
  }
}

extension FaultSet {
  /// The faults that only one of the two sets has.
  fileprivate func differences(from other: FaultSet) -> [Fault] {
    var differences: [Fault] = []
    var (mine, others) = (faults[...], other.faults[...])
    while let first = mine.first, let second = others.first {
      if first == second {
        (mine, others) = (mine.dropFirst(), others.dropFirst())
      } else {
        differences.append(first < second ? mine.removeFirst() : others.removeFirst())
      }
    }
    assert(mine.isEmpty || others.isEmpty, "one of the two sets is used up")
    return differences + mine + others
  }
}

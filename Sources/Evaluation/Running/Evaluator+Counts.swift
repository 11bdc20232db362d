// In one run a count has one number. What it counts is part of the firing: each row once, in order of
// derivation, and, where a single atom matches nothing, that it does not.

import Dedalus
import Indices

/// What has been found within the braces of a count.
struct CountedRows {
  /// The number of ways in which everything within them holds.
  var ways: Int64 = 0
  /// The rows that these take.
  var rows: Set<TupleID> = []
}

extension Evaluator {
  mutating func beginCount(_ number: Int) {
    while counted.count <= number { counted.append(CountedRows()) }
    counted[number] = CountedRows()
  }

  mutating func collect(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher) {
    let count = plan.counts[number]
    for atom in count.negatives {
      var walk = matcher.matches(of: atom, in: plan)
      if matcher.next(&walk, of: atom, in: plan) != nil { return }
    }
    counted[number].ways += 1
    for position in count.premises { counted[number].rows.insert(matcher.premises[position]) }
  }

  mutating func totals(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher) -> [Symbol] {
    [matcher.constants.intern(.integer(counted[number].ways))]
  }

  mutating func choose(_ total: Int?, count number: Int) {}

  /// Adds what count `number` has found to the premises of the firing that is being recorded.
  mutating func addCounted(_ number: Int, of plan: RulePlan, _ matcher: borrowing Matcher) {
    assert(counted[number].ways > 0 || counted[number].rows.isEmpty, "only ways take rows")
    for row in counted[number].rows.sorted() { firings.add(row) }
    if counted[number].rows.isEmpty, let absence = plan.counts[number].absence {
      firings.add(absences.intern(absence, of: plan, in: matcher.round, matcher.registers))
    }
  }
}

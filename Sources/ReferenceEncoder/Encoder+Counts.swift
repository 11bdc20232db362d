// A count by cases: every way in which what stands within its braces may hold has a condition, and row by row
// it is said how many of those so far are true.

import Dedalus

extension Encoder {
  /// The numbers that `count` may come to, each with its condition.
  mutating func numbers(
    of count: EncodedRule.Counted, _ binding: Binding, in round: Int
  ) throws(UnfinishedFormula) -> [(number: Int, condition: Condition)] {
    var ways: [Condition] = []
    try collect(count.positive[...], of: count, binding, [], in: round, &ways)
    let sums = try sums(of: ways.map { (0, $0) }, counting: true, in: round)
    return sums.map { ($0.sum.count, $0.condition) }
  }

  private mutating func collect(
    _ atoms: ArraySlice<EncodedRule.Pattern>, of count: EncodedRule.Counted, _ binding: Binding,
    _ conditions: [Condition], in round: Int, _ ways: inout [Condition]
  ) throws(UnfinishedFormula) {
    try step(in: round)
    guard let atom = atoms.first else {
      guard holds(count.comparisons, binding) else { return }
      let excluded = count.negative.flatMap { matching($0, binding, in: round).map { !$0.condition } }
      return ways.append(clauses.all(conditions + excluded))
    }
    for (extended, condition) in matching(atom, binding, in: round) {
      try collect(atoms.dropFirst(), of: count, extended, conditions + [condition], in: round, &ways)
    }
  }

  /// The rows that agree with `atom`, each with what it binds and its condition.
  private func matching(
    _ atom: EncodedRule.Pattern, _ binding: Binding, in round: Int
  ) -> [(binding: Binding, condition: Condition)] {
    let read = atom.round ?? round
    guard read <= round else { return [] }
    let table = tables[read][atom.relation]
    assert(table.isClosed, "what is counted is complete before it is read")
    return table.positions(at: value(of: atom.columns[0], binding)).compactMap { position in
      agree(atom.columns, table.rows[position], binding).map { ($0, table.conditions[position]) }
    }
  }

  private mutating func holds(_ comparisons: [Comparison], _ binding: Binding) -> Bool {
    for comparison in comparisons {
      guard let left = value(of: comparison.left, binding), let right = value(of: comparison.right, binding)
      else { preconditionFailure("within a count, sides of comparisons have values") }
      if !comparison.comparator.holds(constants[Int(left)], constants[Int(right)]) { return false }
    }
    return true
  }
}

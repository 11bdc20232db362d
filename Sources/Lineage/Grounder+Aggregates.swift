// An aggregate is a function of the rows that its group has. Each row has a gate. For each value that the
// aggregate may take, one gate says that it takes this value:
// - count, sum, avg: a dynamic programme over the rows. Its states are (sum so far, rows so far), or the part
//   of these that the aggregate needs; each state has a gate, and the gate of exactly one state is true;
// - max (min): the value is there and no larger (smaller) one is.
// Several aggregates in one head range over the same rows: each combination of values is the AND of its
// parts.

import Dedalus
import Evaluation
import Indices
import Scenarios

extension Grounder {
  /// Grounds the rows of an aggregate rule, then its heads, one for each combination of values of each group.
  mutating func groundAggregate(_ plan: RulePlan, in round: Round, _ matcher: inout Matcher) {
    let first = matcher.store.nextTuple
    instances.beginStratum()
    matcher.findMatches(of: plan, in: round, for: &self)
    let rows = open[plan.derives]
    open[plan.derives] = []
    close(rows, in: round)
    let rule = compiled.program.rules[plan.rule]
    circuit.foldsContradictions = true
    for group in AggregateGroups(of: rule, in: first..<matcher.store.nextTuple, matcher.store).groups
    where !isStopped {
      let rows = group.filter { admits($0) }
      if !rows.isEmpty { groundGroup(rows, of: rule, plan, in: round, &matcher) }
    }
    circuit.foldsContradictions = foldsContradictions
  }

  private mutating func groundGroup(
    _ rows: [TupleID], of rule: Rule, _ plan: RulePlan, in round: Round, _ matcher: inout Matcher
  ) {
    let rowGates = rows.map { gates[$0] ?? .never }
    var partial = [PartialHead(words: [rule.headRelation.rawValue], condition: .always)]
    for (position, column) in rule.head.enumerated() {
      let symbols = rows.map { matcher.store.symbol($0, position) }
      switch column {
      case .expression:
        for number in partial.indices { partial[number].words.append(symbols[0].rawValue) }
      case .aggregate(let aggregate, _):
        let values = possibleValues(
          of: aggregate, over: Array(zip(symbols, rowGates)), plan, in: round, &matcher)
        partial = combine(partial, with: values, in: round)
      }
    }
    for (number, head) in partial.enumerated() where !isStopped {
      recorder?.beginGroup(plan, over: rows, isNew: number == 0)
      addGroup(WordBuffer(head.words), with: rows[0], of: plan, where: head.condition, &matcher)
      spend(1, in: round)
    }
  }

  /// The first columns of a head, and the condition on the faults under which it has them.
  private struct PartialHead {
    var words: [UInt32]
    let condition: Edge
  }

  /// Every head of `partial` with each of `values` as its next column, without the impossible combinations.
  private mutating func combine(
    _ partial: [PartialHead], with values: [(symbol: Symbol, gate: Edge)], in round: Round
  ) -> [PartialHead] {
    var heads: [PartialHead] = []
    for head in partial {
      for (symbol, gate) in values where !isStopped {
        let condition = circuit.and([head.condition, gate])
        if condition != .never {
          heads.append(PartialHead(words: head.words + [symbol.rawValue], condition: condition))
        }
        spend(1, in: round)
      }
    }
    return heads
  }

  /// The values that `aggregate` may take over `rows`, each with the gate that says that it does. Without
  /// rows it has no value.
  private mutating func possibleValues(
    of aggregate: Aggregate, over rows: [(value: Symbol, gate: Edge)], _ plan: RulePlan, in round: Round,
    _ matcher: inout Matcher
  ) -> [(Symbol, Edge)] {
    switch aggregate {
    case .min, .max: extremes(of: rows, largest: aggregate == .max, matcher.constants)
    case .count:
      totals(of: rows.map { _ in 0 }, rows, countsRows: true, in: round).filter { $0.count > 0 }
        .map { (matcher.constants.intern(.integer($0.count)), $0.gate) }
    case .sum, .average: sums(of: rows, aggregate, plan, in: round, &matcher)
    }
  }

  private mutating func extremes(
    of rows: [(value: Symbol, gate: Edge)], largest: Bool, _ constants: ConstantPool
  ) -> [(Symbol, Edge)] {
    let sorted = rows.map { (value: constants[$0.value], symbol: $0.value, gate: $0.gate) }
      .sorted { largest ? $0.value > $1.value : $0.value < $1.value }
    var result: [(Symbol, Edge)] = []
    var noneBefore = Edge.always
    var next = 0
    while next < sorted.count {
      let symbol = sorted[next].symbol
      var same: [Edge] = []
      while next < sorted.count, sorted[next].symbol == symbol {
        same.append(sorted[next].gate)
        next += 1
      }
      let present = circuit.or(same)
      result.append((symbol, circuit.and([present, noneBefore])))
      noneBefore = circuit.and([noneBefore, !present])
    }
    assert(Set(result.map(\.0)).count == result.count, "each value is there once")
    return result
  }

  private mutating func sums(
    of rows: [(value: Symbol, gate: Edge)], _ aggregate: Aggregate, _ plan: RulePlan, in round: Round,
    _ matcher: inout Matcher
  ) -> [(Symbol, Edge)] {
    let countsRows = aggregate == .average
    let someRow = circuit.or(rows.map(\.gate))
    let totals = totals(
      of: rows.map { Int128(matcher.constants.integer($0.value)) }, rows, countsRows: countsRows, in: round)
    var byValue: [(Symbol, Edge)] = []
    for total in totals where !countsRows || total.count > 0 {
      let value = countsRows ? total.sum / Int128(total.count) : total.sum
      let condition = circuit.and([total.gate, someRow])
      if let value = Int64(exactly: value) {
        byValue.append((matcher.constants.intern(.integer(value)), condition))
      } else {
        let error = RunError(rule: plan.rule, round: round, failure: .overflow, operation: "sum = \(value)")
        addError(error, where: condition)
      }
    }
    return byValue
  }

  /// A possible sum of rows, with their number.
  struct Total {
    let sum: Int128
    let count: Int64
    var gate: Edge

    func isState(of other: Total) -> Bool { sum == other.sum && count == other.count }

    static func <= (left: Total, right: Total) -> Bool { (left.sum, left.count) <= (right.sum, right.count) }
  }

  /// Every total of `addends` over the rows that are there, ascending, including zero for no rows. The number
  /// of rows is part of a total if `countsRows`.
  mutating func totals(
    of addends: [Int128], _ rows: [(value: Symbol, gate: Edge)], countsRows: Bool, in round: Round
  ) -> [Total] {
    assert(addends.count == rows.count, "each row has its addend")
    let increment: Int64 = countsRows ? 1 : 0
    var totals = [Total(sum: 0, count: 0, gate: .always)]
    for (addend, row) in zip(addends, rows) {
      var (without, with): ([Total], [Total]) = ([], [])
      for total in totals where !isStopped {
        without.append(
          Total(sum: total.sum, count: total.count, gate: circuit.and([total.gate, !row.gate])))
        with.append(
          Total(
            sum: total.sum + addend, count: total.count + increment,
            gate: circuit.and([total.gate, row.gate])))
        spend(2, in: round)
      }
      totals = merge(addend < 0 ? (with, without) : (without, with), in: round)
      if isStopped { return [] }
    }
    return totals
  }

  /// One total for each state of either list, both ascending, without the impossible ones.
  private mutating func merge(_ lists: ([Total], [Total]), in round: Round) -> [Total] {
    var (first, second) = (lists.0[...], lists.1[...])
    var merged: [Total] = []
    merged.reserveCapacity(first.count + second.count)
    while !isStopped, let left = first.first ?? second.first, let right = second.first ?? first.first {
      let isLeftFirst = !first.isEmpty && (second.isEmpty || left <= right)
      let next = isLeftFirst ? first.removeFirst() : second.removeFirst()
      spend(1, in: round)
      if next.gate == .never { continue }
      if let last = merged.last, last.isState(of: next) {
        merged[merged.count - 1].gate = circuit.or([last.gate, next.gate])
      } else {
        merged.append(next)
      }
    }
    assert(
      zip(merged, merged.dropFirst()).allSatisfy { $0 <= $1 && !$0.isState(of: $1) },
      "totals ascend, each there once")
    return merged
  }
}

// An aggregate is a function of which rows of its group are there. Each row has a gate; for each value that the
// aggregate may take, one gate says that it does:
// - count, sum, avg: a dynamic programme over the rows whose states are (sum so far, rows so far), or the part of
//   that which the aggregate needs; each state has a gate, and exactly one state's gate is true;
// - max (min): the value is there and no larger (smaller) one is.
// Several aggregates in one head range over the same rows: each combination of values is the AND of its parts.

import Dedalus
import Evaluation
import Indices

extension Grounder {
  /// Grounds the rows of an aggregate rule, then its heads, one for each combination of values of each group.
  mutating func groundAggregate(_ plan: RulePlan, in round: Round, _ matcher: inout Matcher) {
    let first = matcher.store.nextTuple
    instances.beginStratum()
    matcher.findMatches(of: plan, in: round, for: &self)
    let rows = open[plan.derives]
    open[plan.derives] = []
    close(rows)
    let rule = compiled.program.rules[plan.rule]
    for group in AggregateGroups(of: rule, in: first..<matcher.store.nextTuple, matcher.store).groups
    where !isStopped {
      let rows = group.filter { admits($0) }
      if !rows.isEmpty { groundGroup(rows, of: rule, plan, in: round, &matcher) }
    }
  }

  private mutating func groundGroup(
    _ rows: [TupleID], of rule: Rule, _ plan: RulePlan, in round: Round, _ matcher: inout Matcher
  ) {
    let rowGates = rows.map { gates[$0] ?? .never }
    var partial: [(words: [UInt32], condition: Edge)] = [([rule.headRelation.rawValue], .always)]
    for (position, column) in rule.head.enumerated() {
      let symbols = rows.map { matcher.store.symbol($0, position) }
      switch column {
      case .expression:
        for number in partial.indices { partial[number].words.append(symbols[0].rawValue) }
      case .aggregate(let aggregate, _):
        let values = possibleValues(
          of: aggregate, over: Array(zip(symbols, rowGates)), plan, in: round, &matcher)
        partial = partial.flatMap { words, condition in
          values.map { value, gate in (words + [value.rawValue], circuit.and([condition, gate])) }
            .filter { $0.1 != .never }
        }
      }
    }
    for (words, condition) in partial {
      addInstance(of: WordBuffer(words), in: round, where: condition, &matcher)
    }
  }

  /// The values that `aggregate` may take over `rows`, with the gates that say that it does. Without a row it takes
  /// none.
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

  /// What rows may add up to.
  private struct Total {
    var sum: Int128
    var count: Int64
    var gate: Edge
  }

  /// Every total of `addends` over the rows that are there, zero for none of them included. The number of rows is
  /// part of a total where `countsRows` says so.
  private mutating func totals(
    of addends: [Int128], _ rows: [(value: Symbol, gate: Edge)], countsRows: Bool, in round: Round
  ) -> [Total] {
    let increment: Int64 = countsRows ? 1 : 0
    var totals = [Total(sum: 0, count: 0, gate: .always)]
    for (addend, row) in zip(addends, rows) {
      var next: [Total] = []
      for total in totals {
        next.append(Total(sum: total.sum, count: total.count, gate: circuit.and([total.gate, !row.gate])))
        next.append(
          Total(
            sum: total.sum + addend, count: total.count + increment,
            gate: circuit.and([total.gate, row.gate])))
      }
      totals = merge(next)
      checkGates(in: round)
      if isStopped { return [] }
    }
    return totals
  }

  /// One total for each state, without those that cannot be.
  private mutating func merge(_ totals: [Total]) -> [Total] {
    let sorted = totals.filter { $0.gate != .never }.sorted { ($0.sum, $0.count) < ($1.sum, $1.count) }
    var merged: [Total] = []
    for total in sorted {
      if let last = merged.last, last.sum == total.sum, last.count == total.count {
        merged[merged.count - 1].gate = circuit.or([last.gate, total.gate])
      } else {
        merged.append(total)
      }
    }
    return merged
  }
}

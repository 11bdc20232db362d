// An aggregate by cases. The distinct rows of a group are found first, each with its condition. For every
// value that the aggregate may take, one condition says that it takes it:
//   min, max   a row with the value is there, and none with a smaller (larger) one
//   the others row by row: each sum, and each number of rows, that the rows so far may have

import Dedalus

extension Encoder {
  /// Derives what `rule`, which has aggregates, derives in `round`.
  mutating func aggregate(_ rule: EncodedRule, in round: Int) throws(UnfinishedFormula) {
    // The columns of the head, then the sender where each node aggregates what it sends.
    var rows = Table()
    for match in try matches(of: rule, in: round) {
      guard let (row, condition) = try instance(match, of: rule, in: round) else { continue }
      let sender = rule.rule.groupsBySender ? location(of: match, rule) : nil
      rows.add(row + (sender.map { [$0] } ?? []), Table.Way(condition: condition, open: []))
    }
    let ways = rows.ways
    rows.close(ways.map { clauses.any($0.map(\.condition)) })
    for group in groups(of: rows, rule) { try derive(group, rows, of: rule, in: round) }
  }

  /// The positions of the rows of each group: those that agree in all columns that are not aggregated.
  private func groups(of rows: Table, _ rule: EncodedRule) -> [[Int]] {
    let isAggregated = rule.rule.head.map { if case .aggregate = $0 { true } else { false } }
    var groups: [[Int]] = []
    var numbers: [[Symbol]: Int] = [:]
    for (position, row) in rows.rows.enumerated() {
      let key = row.indices.filter { $0 >= isAggregated.count || !isAggregated[$0] }.map { row[$0] }
      if let number = numbers[key] {
        groups[number].append(position)
      } else {
        numbers[key] = groups.count
        groups.append([position])
      }
    }
    return groups
  }

  /// Derives a head for each combination of the values that the aggregates of `group` may take.
  private mutating func derive(
    _ group: [Int], _ rows: Table, of rule: EncodedRule, in round: Int
  ) throws(UnfinishedFormula) {
    let first = rows.rows[group[0]]
    var heads: [(row: [Symbol], condition: Condition)] = [([], .always)]
    for (place, column) in rule.rule.head.enumerated() {
      var cases: [(value: Symbol, condition: Condition)] = [(first[place], .always)]
      if case .aggregate(let aggregate, _) = column {
        let addends = group.map { (rows.rows[$0][place], rows.conditions[$0]) }
        cases = try values(of: aggregate, over: addends, in: round)
      }
      var longer: [(row: [Symbol], condition: Condition)] = []
      for head in heads {
        for (value, condition) in cases {
          try step(in: round)
          longer.append((head.row + [value], clauses.all([head.condition, condition])))
        }
      }
      heads = longer.filter { $0.condition != .never }
    }
    let sender: Symbol? =
      switch rule.rule.location {
      case .unconstrained: nil
      case .constant(let constant): symbol(of: constant)
      case .variable: rule.rule.groupsBySender ? first[rule.rule.head.count] : nil
      }
    for (row, condition) in heads { derive(row, of: rule, from: sender, in: round, where: condition) }
  }

  /// The values that `aggregate` may take over `rows`, each with its condition.
  private mutating func values(
    of aggregate: Aggregate, over rows: [(value: Symbol, condition: Condition)], in round: Int
  ) throws(UnfinishedFormula) -> [(value: Symbol, condition: Condition)] {
    switch aggregate {
    case .min: return extremes(of: rows) { $0 < $1 }
    case .max: return extremes(of: rows) { $0 > $1 }
    case .count, .sum, .average: break
    }
    let sums = try sums(
      of: rows.map { (aggregate == .count ? 0 : Int128(integer($0.value)), $0.condition) },
      counting: aggregate != .sum, in: round)
    let isThere = clauses.any(rows.map(\.condition))
    var values: [(value: Symbol, condition: Condition)] = []
    for (sum, condition) in sums {
      let result: Int128 =
        switch aggregate {
        case .count: Int128(sum.count)
        case .average: sum.count == 0 ? 0 : sum.total / Int128(sum.count)
        case .sum, .min, .max: sum.total
        }
      let condition = clauses.all([condition, isThere])
      if let value = Int64(exactly: result) {
        values.append((symbol(of: .integer(value)), condition))
      } else {
        fail(where: condition)
      }
    }
    return values
  }

  private mutating func extremes(
    of rows: [(value: Symbol, condition: Condition)], by isBefore: (Constant, Constant) -> Bool
  ) -> [(value: Symbol, condition: Condition)] {
    var values: [Symbol] = []
    for row in rows where !values.contains(row.value) { values.append(row.value) }
    return values.map { value in
      let own = rows.filter { $0.value == value }.map(\.condition)
      let better = rows.filter { isBefore(constants[Int($0.value)], constants[Int(value)]) }
      return (value, clauses.all([clauses.any(own)] + better.map { !$0.condition }))
    }
  }

  /// What the rows so far amount to.
  struct Sum: Hashable {
    var total: Int128
    var count: Int
  }

  /// Every total that `addends` may have, each with its condition; with the number of rows where that is
  /// asked for.
  mutating func sums(
    of addends: [(value: Int128, condition: Condition)], counting: Bool, in round: Int
  ) throws(UnfinishedFormula) -> [(sum: Sum, condition: Condition)] {
    var sums = [(sum: Sum(total: 0, count: 0), condition: Condition.always)]
    for (value, isThere) in addends {
      var order: [Sum] = []
      var ways: [Sum: [Condition]] = [:]
      for (sum, condition) in sums {
        try step(in: round)
        let more = Sum(total: sum.total + value, count: sum.count + (counting ? 1 : 0))
        for (sum, addition) in [(sum, !isThere), (more, isThere)] {
          let way = clauses.all([condition, addition])
          if way == .never { continue }
          if ways[sum] == nil { order.append(sum) }
          ways[sum, default: []].append(way)
        }
      }
      sums = order.map { ($0, clauses.any(ways[$0] ?? [])) }
    }
    return sums
  }
}

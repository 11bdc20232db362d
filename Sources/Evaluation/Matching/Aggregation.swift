import Dedalus
import Indices

/// The rows of an aggregate rule in one round, by group. The rows of a group agree on every column that is
/// not an aggregate, and have the same sender where the head is a message.
public struct AggregateGroups {
  /// The groups, ordered by their first row; rows are in order of derivation.
  public private(set) var groups: [[TupleID]] = []

  /// Groups those rows of `rule` that are among the tuples `rows`.
  public init(of rule: Rule, in rows: Range<TupleID>, _ store: TupleStore) {
    let groupColumns =
      rule.head.indices.filter {
        if case .expression = rule.head[$0] { true } else { false }
      } + (rule.groupsBySender ? [rule.head.count] : [])
    var keys = WordTable()
    var key = WordBuffer()
    for number in rows.lowerBound.rawValue..<rows.upperBound.rawValue {
      let row = TupleID(rawValue: number)
      key.begin(with: rule.headRelation.rawValue)
      for column in groupColumns { key.append(store.symbol(row, column).rawValue) }
      let group = Int(keys.intern(key))
      if group == groups.count { groups.append([]) }
      groups[group].append(row)
    }
    assert(
      groups.reduce(0) { $0 + $1.count } == rows.upperBound.position - rows.lowerBound.position,
      "each row is in one group")
  }
}

extension Aggregate {
  /// The value of the aggregate, given the values of its column in the distinct rows of one group.
  ///
  /// Sums are exact; only a final sum that does not fit 64 bits has no result. Averages truncate towards
  /// zero.
  func value(of values: [Constant]) throws(ArithmeticFailure) -> Constant {
    assert(!values.isEmpty, "a group has a row at least")
    switch self {
    case .count: return .integer(Int64(values.count))
    case .min: return values.reduce(values[0]) { Swift.min($0, $1) }
    case .max: return values.reduce(values[0]) { Swift.max($0, $1) }
    case .sum: return .integer(try Self.narrow(Self.exactSum(of: values)))
    case .average: return .integer(try Self.narrow(Self.exactSum(of: values) / Int128(values.count)))
    }
  }

  private static func exactSum(of values: [Constant]) -> Int128 {
    values.reduce(0) { sum, value in
      guard case .integer(let value) = value else { preconditionFailure("only integers are summed") }
      return sum + Int128(value)
    }
  }

  /// An exact sum as a column value.
  static func narrow(_ sum: Int128) throws(ArithmeticFailure) -> Int64 {
    guard let value = Int64(exactly: sum) else {
      throw ArithmeticFailure(failure: .overflow, operation: "sum = \(sum)")
    }
    return value
  }
}

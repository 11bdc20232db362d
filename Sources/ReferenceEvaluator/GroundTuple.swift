import Dedalus

/// A row of a relation that holds in one round.
public struct GroundTuple: Hashable, Sendable {
  /// The relation of the row.
  public let relation: RelationID
  /// A value for each column of the relation.
  public let values: [Constant]
  /// The round in which it holds.
  public let round: Int

  /// The row `values` of `relation` in `round`.
  public init(relation: RelationID, values: [Constant], round: Int) {
    self.relation = relation
    self.values = values
    self.round = round
  }
}

extension GroundTuple: Comparable {
  /// Orders tuples by round, then relation, then values.
  public static func < (left: GroundTuple, right: GroundTuple) -> Bool {
    if left.round != right.round { return left.round < right.round }
    if left.relation != right.relation { return left.relation < right.relation }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

/// A pattern that no tuple matched, read by a `notin`.
public struct AbsencePattern: Hashable, Sendable {
  /// The relation that was read.
  public let relation: RelationID
  /// The round that was read.
  public let round: Int
  /// For each column the value looked for; nil for any value.
  public let columns: [Constant?]

  /// The tuples of `relation` in `round` that agree with every value of `columns`.
  public init(relation: RelationID, round: Int, columns: [Constant?]) {
    self.relation = relation
    self.round = round
    self.columns = columns
  }
}

extension AbsencePattern: Comparable {
  /// Orders patterns by round, then relation, then columns, with "any" first.
  public static func < (left: AbsencePattern, right: AbsencePattern) -> Bool {
    if left.round != right.round { return left.round < right.round }
    if left.relation != right.relation { return left.relation < right.relation }
    return left.columns.lexicographicallyPrecedes(right.columns) { left, right in
      guard let right else { return false }
      guard let left else { return true }
      return left < right
    }
  }
}

import Dedalus
import Texts

/// A fact of a program, by the name of its relation.
public struct ReferenceFact: Hashable, Sendable {
  /// The name of its relation.
  public let relation: Text
  /// A value for each column.
  public let values: [Constant]
  /// The round in which the program places it.
  public let round: Int

  /// The row `values` of `relation`, placed in `round`.
  public init(relation: Text, values: [Constant], round: Int) {
    self.relation = relation
    self.values = values
    self.round = round
  }

  /// `fact` of `program`.
  public init(_ fact: Fact, of program: Program) {
    self.init(relation: Text(program.relations[fact.relation].name), values: fact.values, round: fact.round)
  }
}

extension ReferenceFact: Comparable {
  /// Orders facts by round, then relation, then values.
  public static func < (left: ReferenceFact, right: ReferenceFact) -> Bool {
    if left.round != right.round { return left.round < right.round }
    if left.relation != right.relation { return left.relation < right.relation }
    return left.values.lexicographicallyPrecedes(right.values)
  }
}

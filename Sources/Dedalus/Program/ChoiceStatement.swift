/// A fact whose round is chosen by whoever runs the program, such as `p("a", 1)@{2..5};`.
public struct ChoiceStatement: Hashable, Sendable {
  /// The relation of the tuple.
  public let relation: RelationID
  /// A value for each column of the relation.
  public let values: [Constant]
  /// The rounds of which one is chosen; the first is at least 1.
  public let rounds: ClosedRange<Int>
  /// Whether it may be chosen that the tuple is placed in none of the rounds: `maybe`.
  public let isOptional: Bool
  /// The statement in the source.
  public let range: SourceRange
}

import Dedalus
import Scenarios
import Texts

/// Rows of a relation, as a call describes them: `R(_, "x")`, or `R(_, "x")@3` for those of one round.
public struct RowMatch: Hashable, Sendable {
  /// The name of the relation.
  public let relation: String
  /// A value for each column; nil for any value.
  public let columns: [Constant?]
  /// The round; nil for any.
  public let round: Int?

  /// The rows of `relation` with these `columns`.
  public init(_ relation: String, _ columns: [Constant?], in round: Int? = nil) {
    (self.relation, self.columns, self.round) = (relation, columns, round)
  }

  /// The rows as a call describes them.
  public var text: String {
    "\(relation)(\(columns.map { $0?.description ?? "_" }.joined(separator: ", ")))"
      + (round.map { "@\($0)" } ?? "")
  }

  /// The relation, which `program` must have with the same number of columns.
  public func relation(in program: Program) throws(InvalidQuestion) -> RelationID {
    guard let id = program.relation(named: relation) else {
      let near = nearest(to: relation, among: program.relations.map(\.name))
      throw InvalidQuestion(
        code: "unknown-relation", message: "the program has no relation '\(relation)'",
        fix: near.map { "did you mean '\($0)'?" })
    }
    guard program.relations[id].arity == columns.count else {
      throw InvalidQuestion(
        code: "bad-row",
        message: "'\(relation)' has \(counted(program.relations[id].arity, "column")), not \(columns.count)")
    }
    return id
  }

  /// Whether a row with `values` is one of them, in `round`.
  public func matches(_ values: [Constant], in round: Round) -> Bool {
    assert(values.count == columns.count, "a row has a value for each column of the pattern")
    return (self.round == nil || self.round == round.position) && columns.matches(values)
  }
}

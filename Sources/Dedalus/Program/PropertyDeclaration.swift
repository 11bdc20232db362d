/// Something that the program demands of every run, by a statement such as `always granted => asked;`.
public struct PropertyDeclaration: Hashable, Sendable {
  /// What is demanded of the rows of one or two relations, which then have the same number of columns.
  public enum Form: Hashable, Sendable {
    /// `finally P => Q`: in the last round, every row of P is in Q.
    case finally(RelationID, RelationID)
    /// `always P => Q`: in each round, every row of P is in Q.
    case always(RelationID, RelationID)
    /// `never P`: P has no row in any round.
    case never(RelationID)
    /// `within K P => Q`: what is in P in some round is in Q in that round or one of the next K.
    case within(Int, RelationID, RelationID)
    /// `stable P`: what is in P in some round is in it in the next one.
    case stable(RelationID)
  }

  /// The name that the program gives it; without one, its form, written with single blanks.
  public let name: String
  /// What it demands.
  public let form: Form
  /// The statement in the source.
  public let range: SourceRange
}

extension PropertyDeclaration.Form {
  /// The relations that are named.
  public var relations: [RelationID] {
    switch self {
    case .finally(let pre, let post), .always(let pre, let post), .within(_, let pre, let post): [pre, post]
    case .never(let relation), .stable(let relation): [relation]
    }
  }
}

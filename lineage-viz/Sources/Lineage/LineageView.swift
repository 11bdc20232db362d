import Dedalus
import Evaluation
import Scenarios

/// What is shown of a lineage.
public struct LineageView: Sendable {
  /// Rows that a diagram is narrowed to.
  public struct Focus: Sendable {
    /// Their relation.
    public let relation: RelationID
    /// A value for each column; nil for any.
    public let columns: [Constant?]
    /// Their round; nil for any.
    public let round: Round?

    /// The rows of `relation` that match.
    public init(relation: RelationID, columns: [Constant?], round: Round?) {
      self.relation = relation
      self.columns = columns
      self.round = round
    }
  }

  /// Whether every step has a box of its own.
  public var isFull = false
  /// Only what is at most so many boxes away from what the diagram is about.
  public var depth: Int?
  /// Only ways that lead through these rows.
  public var focus: Focus?
  /// Only ways that lead through firings of these rules.
  public var rules: Set<RuleID> = []
  /// The most boxes. Graphviz needs about a second for as many as stand here.
  public var limit = 2_000
  /// A part of more boxes or arrows than this is not drawn at all; nil for any size.
  public var largest: (boxes: Int, arrows: Int)?

  /// Everything, folded, up to the usual limit.
  public init() {}

  /// Why there is nothing to show.
  public enum Miss: Error, Hashable, Sendable {
    /// No row of the lineage matches the focus.
    case focus
    /// None of the rules fires in the lineage.
    case rules
    /// There is more to show than `largest` allows.
    case size(boxes: Int, arrows: Int)
  }
}

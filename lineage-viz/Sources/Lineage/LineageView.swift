import Dedalus
import Evaluation
import Scenarios

/// Which part of a lineage is shown.
public struct LineageView: Sendable {
  /// Rows to which a diagram is narrowed.
  public struct Focus: Sendable {
    /// The relation of the rows.
    public let relation: RelationID
    /// A value for each column; nil for any value.
    public let columns: [Constant?]
    /// The round of the rows; nil for any round.
    public let round: Round?

    /// The rows of `relation` that match.
    public init(relation: RelationID, columns: [Constant?], round: Round?) {
      self.relation = relation
      self.columns = columns
      self.round = round
    }
  }

  /// Whether every step has its own box.
  public var isFull = false
  /// Shows only boxes at most this many boxes away from the roots; nil for any distance.
  public var depth: Int?
  /// Shows only paths through these rows; nil for all paths.
  public var focus: Focus?
  /// Shows only paths through firings of these rules; empty for all paths.
  public var rules: Set<RuleID> = []
  /// The largest number of boxes. Those of faults are kept, then those that are nearest to the roots.
  public var limit = 2_000

  /// The whole lineage, folded, up to the standard limit.
  public init() {}

  /// Why there is nothing to show.
  public enum Miss: Error, Hashable, Sendable {
    /// No row of the lineage matches the focus.
    case focus
    /// None of the rules fires in the lineage.
    case rules
  }
}

import Dedalus
import Texts

/// All that happens in one run, sorted.
public struct ReferenceExecution: Sendable, Equatable {
  /// Every tuple of every round up to the end, or up to the round before the failure.
  public let tuples: [GroundTuple]
  /// Every firing, each once; empty where they were not asked for.
  public let firings: [ReferenceFiring]
  /// Every message, whatever became of it.
  public let messages: [ReferenceMessage]
  /// What ended the run early.
  public let failure: ReferenceFailure?

  /// The rows of `relation` that hold in `round`, sorted.
  public func rows(of relation: RelationID, in round: Int) -> [[Constant]] {
    tuples.filter { $0.relation == relation && $0.round == round }.map(\.values)
  }
}

/// One way in which a rule derived a tuple.
public struct ReferenceFiring: Hashable, Sendable {
  /// What the head is.
  public enum Kind: Int, Hashable, Sendable {
    /// A tuple that a rule without aggregates derives.
    case rule
    /// A row of an aggregating rule: the values of its group and those to be aggregated, as they stand in the head, and
    /// the sender where each node aggregates what it sends.
    case row
    /// A tuple that an aggregating rule derives from all rows of a group, which are its premises.
    case aggregate
  }

  /// The rule.
  public let rule: RuleID
  /// The round in which the body held.
  public let round: Int
  /// What the head is.
  public let kind: Kind
  /// What is derived.
  public let head: GroundTuple
  /// One tuple per positive atom, in source order; for `.aggregate` the rows of the group, sorted.
  public let premises: [GroundTuple]
  /// One pattern per negated atom, in source order.
  public let absences: [AbsencePattern]
}

extension ReferenceFiring: Comparable {
  /// By round, rule, kind, head, premises, absences.
  public static func < (left: ReferenceFiring, right: ReferenceFiring) -> Bool {
    let leftPlace = (left.round, left.rule, left.kind.rawValue, left.head)
    let rightPlace = (right.round, right.rule, right.kind.rawValue, right.head)
    if leftPlace != rightPlace { return leftPlace < rightPlace }
    if left.premises != right.premises { return left.premises.lexicographicallyPrecedes(right.premises) }
    return left.absences.lexicographicallyPrecedes(right.absences)
  }
}

/// What becomes of a message. A message that a crash and an omission both stop is lost by the crash.
public enum MessageFate: Hashable, Sendable {
  case delivered, lostByOmission, lostByCrash
}

/// A message: one match of the body of an `@async` rule, or one group of its rows.
public struct ReferenceMessage: Hashable, Sendable {
  /// The rule.
  public let rule: RuleID
  /// The round in which it is sent.
  public let round: Int
  /// What the receiver gets, in the next round, if the message is not lost.
  public let head: GroundTuple
  /// The location of the rule; nil where that is `_`.
  public let sender: Text?
  /// The first column of the head.
  public let receiver: Text
  /// What becomes of it.
  public let fate: MessageFate
  /// One tuple per positive atom, in source order; for an aggregate the rows of the group, sorted.
  public let premises: [GroundTuple]
  /// One pattern per negated atom, in source order.
  public let absences: [AbsencePattern]
}

extension ReferenceMessage: Comparable {
  /// By round, rule, head, premises, absences.
  public static func < (left: ReferenceMessage, right: ReferenceMessage) -> Bool {
    let leftPlace = (left.round, left.rule, left.head)
    let rightPlace = (right.round, right.rule, right.head)
    if leftPlace != rightPlace { return leftPlace < rightPlace }
    if left.premises != right.premises { return left.premises.lexicographicallyPrecedes(right.premises) }
    return left.absences.lexicographicallyPrecedes(right.absences)
  }
}

/// Why a run ended before its last round.
public enum ReferenceFailure: Error, Hashable, Sendable {
  /// Overflow or division by zero: the rule, the round, and the operation with its values.
  case arithmetic(rule: RuleID, round: Int, operation: String)
  /// More tuples than the limit allows.
  case tupleLimit(round: Int)
  /// Whoever asked for the run did not want to wait any longer.
  case stopped(round: Int)

  /// The round in which it happened.
  public var round: Int {
    switch self {
    case .arithmetic(_, let round, _), .tupleLimit(let round), .stopped(let round): round
    }
  }
}

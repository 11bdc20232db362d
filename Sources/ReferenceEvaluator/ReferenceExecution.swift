import Dedalus
import Texts

/// All that happens in one run, sorted.
public struct ReferenceExecution: Sendable, Equatable {
  /// Every tuple of every round up to the end, or up to the round before the failure.
  public let tuples: [GroundTuple]
  /// Every firing, without duplicates; empty where firings were not asked for.
  public let firings: [ReferenceFiring]
  /// Every message, including lost ones.
  public let messages: [ReferenceMessage]
  /// What ended the run early.
  public let failure: ReferenceFailure?

  /// The rows of `relation` that hold in `round`, sorted.
  public func rows(of relation: RelationID, in round: Int) -> [[Constant]] {
    tuples.filter { $0.relation == relation && $0.round == round }.map(\.values)
  }
}

/// One way in which a rule derived a tuple, or a tuple that stayed for a round.
public struct ReferenceFiring: Hashable, Sendable {
  /// What kind of head a firing has.
  public enum Kind: Int, Hashable, Sendable {
    /// A tuple that a rule without aggregates derives.
    case rule
    /// A row of an aggregating rule: the values of its group and those to be aggregated, as they are in the
    /// head, and the sender where each node aggregates what it sends.
    case row
    /// A tuple that an aggregating rule derives from all rows of a group, which are its premises.
    case aggregate
    /// A tuple that holds because its node did not act in the round before; its premise is itself in that
    /// round.
    case stay
  }

  /// The rule that fired; nil for `.stay`.
  public let rule: RuleID?
  /// The round in which the body held.
  public let round: Int
  /// What kind of head it has.
  public let kind: Kind
  /// The tuple or row that is derived.
  public let head: GroundTuple
  /// One tuple per positive atom, in source order, then the tuples that are counted, sorted; for `.aggregate`
  /// the rows of the group, sorted.
  public let premises: [GroundTuple]
  /// One pattern per negated atom, in source order, then one for each count of a single atom that finds
  /// nothing.
  public let absences: [AbsencePattern]
}

extension ReferenceFiring: Comparable {
  /// Orders firings by round, rule, kind, head, premises, absences; those without a rule come last in their
  /// round.
  public static func < (left: ReferenceFiring, right: ReferenceFiring) -> Bool {
    if left.round != right.round { return left.round < right.round }
    guard let leftRule = left.rule, let rightRule = right.rule else {
      return left.rule == right.rule ? left.head < right.head : right.rule == nil
    }
    let leftPlace = (leftRule, left.kind.rawValue, left.head)
    let rightPlace = (rightRule, right.kind.rawValue, right.head)
    if leftPlace != rightPlace { return leftPlace < rightPlace }
    if left.premises != right.premises { return left.premises.lexicographicallyPrecedes(right.premises) }
    return left.absences.lexicographicallyPrecedes(right.absences)
  }
}

/// What happened to a message. Where several things would stop it, the first of these counts: the crash of
/// its sender, an omission, a partition, the absence of its receiver.
public enum MessageFate: String, Hashable, Sendable {
  case delivered, omitted, partitioned
  /// Its receiver was out of reach whenever it would have arrived.
  case receiverDown = "receiver-down"
  case senderCrashed = "sender-crashed"
}

/// A message: one match of the body of an `@async` rule, or one group of its rows.
public struct ReferenceMessage: Hashable, Sendable {
  /// The rule that sends it.
  public let rule: RuleID
  /// The round in which it is sent.
  public let round: Int
  /// What the receiver gets, in the next round, if the message is neither lost nor late.
  public let head: GroundTuple
  /// The location of the rule; nil where that is `_`.
  public let sender: Text?
  /// The first column of the head.
  public let receiver: Text
  /// Whether it arrives, or why it is lost.
  public let fate: MessageFate
  /// The rounds in which it arrives, ascending, also those after the end of the run; empty where it is lost.
  public let arrives: [Int]
  /// One tuple per positive atom, in source order; for an aggregate the rows of the group, sorted.
  public let premises: [GroundTuple]
  /// One pattern per negated atom, in source order, then one for each count of a single atom that finds
  /// nothing.
  public let absences: [AbsencePattern]
}

extension ReferenceMessage: Comparable {
  /// Orders messages by round, rule, head, premises, absences.
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
  /// The caller of the run asked to stop.
  case stopped(round: Int)

  /// The round of the failure.
  public var round: Int {
    switch self {
    case .arithmetic(_, let round, _), .tupleLimit(let round), .stopped(let round): round
    }
  }
}

import Indices

/// An effect of a fault on the world, in the rounds of a span.
public enum Effect: Hashable, Sendable {
  /// Rules at the node do not fire.
  case stops(NodeID, Span)
  /// The node sends nothing to other nodes, although its rules may fire.
  case silences(NodeID, Span)
  /// What would arrive at the node is lost.
  case isolates(NodeID, Span)
  /// No facts are placed at the node, except those of relations that persist as `unless` says.
  case bars(NodeID, Span, unless: [Persistence])
  /// The rows at the node that persist in one of these ways stay for the next round, though no rule derives
  /// them.
  case keeps(NodeID, Span, [Persistence])
  /// What is sent between the nodes of the side and the others is lost.
  case separates(NodeSet, Span)
  /// The world states the fact at every node in every round.
  case states(StatedFact)
  /// The fact is not placed in the round.
  case removes(NamedFact, Round)

  /// A range of consecutive rounds.
  public struct Span: Hashable, Sendable {
    /// The first round.
    public let first: Round
    /// The last round; nil where the span lasts to the end of the run.
    public let last: Round?

    /// The rounds from `first` through `last`, or to the end of the run.
    public init(from first: Round, through last: Round? = nil) {
      assert(last.map { first <= $0 } ?? true, "a span has its first round at least")
      self.first = first
      self.last = last
    }

    /// The rounds of a fault that passes.
    init(of fault: Fault) {
      assert(fault.extent > 0, "a fault that passes takes a round at least")
      self.init(from: fault.round, through: Round(rawValue: fault.until.rawValue - 1))
    }

    /// Whether `round` is in the span.
    public func contains(_ round: Round) -> Bool { first <= round && last.map { round <= $0 } ?? true }
  }

  /// The first round whose tuples it may change, when its faults are not stated; nil where all may change.
  var firstRoundChanged: Round? {
    switch self {
    case .states: nil
    case .silences(_, let span), .separates(_, let span), .keeps(_, let span, _): span.first.next
    case .stops(_, let span), .isolates(_, let span), .bars(_, let span, _): span.first
    case .removes(_, let round): round
    }
  }
}

/// What of a relation outlasts rounds in which its node does not act.
public enum Persistence: Hashable, Sendable, CaseIterable {
  /// Nothing but a pause keeps it: the memory of a node.
  case volatile
  /// The program declares it as `durable`: what is on disk.
  case durable
  /// It is not durable, and no rule derives it but its own frame rule: code and configuration.
  case fixed
}

/// What happened to a message.
public enum Fate: String, Hashable, Sendable, CaseIterable {
  /// At least one copy of it arrives, or would after the last round.
  case delivered
  /// An omission lost the message.
  case omitted
  /// A partition separated sender and receiver.
  case partitioned
  /// The receiver was down in each round in which it would have arrived.
  case receiverDown = "receiver-down"
  /// The sender had crashed.
  case senderCrashed = "sender-crashed"
}

/// A relation whose rows the world states, besides `time`.
public enum StatedRelation: String, Hashable, Comparable, Sendable, CaseIterable {
  case crash, outage, pause

  /// Orders relations as they are listed here.
  public static func < (left: StatedRelation, right: StatedRelation) -> Bool {
    let all = allCases
    return all.firstIndex(of: left) ?? 0 < all.firstIndex(of: right) ?? 0
  }
}

/// A fact that the world states by itself: a row `crash(observer, node, round)`, `outage(observer, node,
/// round, until)` or `pause(observer, node, round, until)` at every observer.
public struct StatedFact: Hashable, Sendable {
  /// The relation of the fact.
  public let relation: StatedRelation
  /// The node that the fact is about.
  public let node: NodeID
  /// The round in which it begins.
  public let round: Round
  /// The round after the last one; nil for a crash.
  public let until: Round?

  /// What happens to `node` from `round` on.
  public init(_ relation: StatedRelation, _ node: NodeID, _ round: Round, until: Round? = nil) {
    assert((until == nil) == (relation == .crash), "only a crash is for good")
    self.relation = relation
    self.node = node
    self.round = round
    self.until = until
  }
}

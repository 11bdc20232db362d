import Scenarios

/// One message: the head of an `@async` rule on its way. A message that several firings send occurs once for
/// each of them.
public struct Message: Hashable, Sendable {
  /// The firing that sent it; its premises say why. The firing of a lost message has no head. A second copy
  /// has a firing of its own, the next one.
  public let firing: FiringID
  /// The node where the rule fired; nil for a rule with location `_`, whose messages nothing loses on their
  /// way.
  public let sender: NodeID?
  /// The node in the first column of the head.
  public let receiver: NodeID
  /// The round in which it is sent. Without faults it arrives in the next round.
  public let sent: Round
  /// The relation and the values that are sent.
  public let row: RowID
  /// The rounds in which its copies arrive, also after the last round of the run.
  public let arrivals: Arrivals
  /// Whether it arrived, or why it was lost.
  public let fate: Fate

  /// The message that `firing` sends.
  public init(
    firing: FiringID, sender: NodeID?, receiver: NodeID, sent: Round, row: RowID, arrivals: Arrivals,
    fate: Fate
  ) {
    assert((fate == .delivered) != arrivals.isEmpty, "a message arrives if and only if nothing loses it")
    assert(arrivals.allSatisfy { $0 > sent }, "a message arrives in a later round than it is sent in")
    self.firing = firing
    self.sender = sender
    self.receiver = receiver
    self.sent = sent
    self.row = row
    self.arrivals = arrivals
    self.fate = fate
  }

  /// Whether a copy arrives in the round after that of sending.
  public var isOnTime: Bool { arrivals.first == sent.next }
}

/// The rounds in which a message arrives: none, one, or two if a fault doubles it.
public struct Arrivals: RandomAccessCollection, Hashable, Sendable {
  private var earlier: Round?
  private var later: Round?

  /// No arrival.
  public init() {}

  /// One arrival.
  public init(_ round: Round) { earlier = round }

  /// Adds an arrival in `round`, which is not before those already added. Copies that arrive in one round are
  /// one.
  public mutating func add(_ round: Round) {
    assert(earlier.map { $0 <= round } ?? true, "arrivals are added in the order of rounds")
    if earlier == nil { earlier = round } else if earlier != round { later = round }
  }

  /// The position of the first arrival.
  public var startIndex: Int { 0 }
  /// The number of arrivals.
  public var endIndex: Int { earlier == nil ? 0 : later == nil ? 1 : 2 }
  /// The round of an arrival.
  public subscript(position: Int) -> Round {
    guard let round = position == 0 ? earlier : later else { preconditionFailure("there is no such arrival") }
    return round
  }
}

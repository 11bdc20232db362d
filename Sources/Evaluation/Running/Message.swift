import Scenarios

/// One message: the head of an `@async` rule on its way. A message that several firings send occurs once for
/// each of them.
public struct Message: Hashable, Sendable {
  /// The firing that sent it; its premises say why. The firing of a lost message has no head.
  public let firing: FiringID
  /// The node where the rule fired; nil for a rule with location `_`, whose messages always arrive.
  public let sender: NodeID?
  /// The node in the first column of the head.
  public let receiver: NodeID
  /// The round in which it is sent. If it arrives, it arrives in the next round.
  public let sent: Round
  /// The relation and the values that are sent.
  public let row: RowID
  /// Whether it arrived, or why it was lost.
  public let fate: Fate

  /// The message that `firing` sends.
  public init(firing: FiringID, sender: NodeID?, receiver: NodeID, sent: Round, row: RowID, fate: Fate) {
    self.firing = firing
    self.sender = sender
    self.receiver = receiver
    self.sent = sent
    self.row = row
    self.fate = fate
  }
}

import Scenarios

/// One message: the head of an `@async` rule on its way. A message that several firings send is listed for each.
public struct Message: Hashable, Sendable {
  /// The firing that sent it; its premises say why. A lost message's firing has no head.
  public let firing: FiringID
  /// Where the rule fired; nil for a rule with location `_`, whose messages always arrive.
  public let sender: NodeID?
  /// The first column of the head.
  public let receiver: NodeID
  /// The round in which it is sent. It is received, if at all, in the next.
  public let sent: Round
  /// What is sent: relation and values.
  public let row: RowID
  /// Whether and why it was lost.
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

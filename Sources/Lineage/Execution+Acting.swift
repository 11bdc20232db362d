import Dedalus
import Evaluation
import Scenarios

extension Execution {
  /// Whether `node` does anything in the rounds of `span`: a rule located there fires, even one whose message
  /// is then lost.
  public func acts(_ node: NodeID, in span: Effect.Span) -> Bool {
    messages.contains { $0.sender == node && span.contains($0.sent) }
      || firingIDs.contains { firing in
        guard let place = placeAndRound(of: firing) else { return false }
        return place.node == node && span.contains(place.round)
      }
  }

  /// The faults without which `message` would arrive otherwise.
  public func faultsChanging(_ message: Message) -> [Fault] {
    let link = Link(from: message.sender ?? message.receiver, to: message.receiver)
    if let loss = faults.loss(on: link, in: message.sent, setting.crashView) { return [loss.fault] }
    return faults.shifts(on: link, in: message.sent)
      + (faults.isolation(of: message.receiver, in: message.sent.next, setting.crashView).map { [$0] } ?? [])
  }
}

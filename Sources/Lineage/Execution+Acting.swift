import Dedalus
import Evaluation
import Scenarios

extension Execution {
  /// Whether `node` does anything in round `first` or later: a rule located there fires, even one whose
  /// message is then lost.
  public func acts(_ node: NodeID, from first: Round) -> Bool {
    messages.contains { $0.sender == node && $0.sent >= first }
      || firingIDs.contains { firing in
        guard let place = placeAndRound(of: firing) else { return false }
        return place.node == node && place.round >= first
      }
  }
}

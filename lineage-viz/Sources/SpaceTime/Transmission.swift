import Dedalus
import Evaluation
import Indices
import Scenarios

/// All messages from one node to another in one round that have the same fate: one arrow of a space-time
/// diagram.
struct Transmission: Hashable {
  let sender: NodeID
  let receiver: NodeID
  let sent: Round
  let isLost: Bool

  /// What was sent between different nodes of `execution`, by round, sender, receiver and fate; the rows of
  /// each are in order of sending, without duplicates.
  static func all(of execution: Execution) -> [(key: Transmission, rows: [RowID])] {
    var rows: [Transmission: [RowID]] = [:]
    for message in execution.messages {
      guard let sender = message.sender, sender != message.receiver else { continue }
      let key = Transmission(
        sender: sender, receiver: message.receiver, sent: message.sent, isLost: message.fate != .delivered)
      if rows[key]?.contains(message.row) != true { rows[key, default: []].append(message.row) }
    }
    return rows.sorted { $0.key < $1.key }.map { (key: $0.key, rows: $0.value) }
  }
}

extension Transmission: Comparable {
  static func < (left: Transmission, right: Transmission) -> Bool { left.order < right.order }

  private var order: (UInt32, UInt32, UInt32, Int) {
    (sent.rawValue, sender.rawValue, receiver.rawValue, isLost ? 1 : 0)
  }
}

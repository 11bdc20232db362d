import Dedalus
import Evaluation
import Indices
import Scenarios

/// All messages from one node to another in one round that have the same fate: one arrow of a space-time
/// diagram, or two where they arrive twice.
struct Transmission: Hashable {
  let link: Link
  let sent: Round
  let fate: Fate
  /// The rounds in which they arrive; empty where they are lost.
  let arrivals: Arrivals

  var sender: NodeID { link.sender }
  var receiver: NodeID { link.receiver }
  var isLost: Bool { fate != .delivered }
  /// Whether they arrive in the next round, once.
  var isUsual: Bool { arrivals.count == 1 && arrivals[0] == sent.next }
  /// Whether they are lost at the sender already, rather than on their way or at the receiver.
  var isLostAtSender: Bool { fate == .senderCrashed }
  /// The number of arrows that show it.
  var arrowCount: Int { max(1, arrivals.count) }

  /// The transmission of `message`; nil where it stays at its node, or comes from none.
  init?(_ message: Message) {
    guard let sender = message.sender, sender != message.receiver else { return nil }
    link = Link(from: sender, to: message.receiver)
    (sent, fate, arrivals) = (message.sent, message.fate, message.arrivals)
  }

  /// What was sent between different nodes of `execution`, by round, sender, receiver and fate; the rows of
  /// each are in order of sending, without duplicates.
  static func all(of execution: Execution) -> [(key: Transmission, rows: [RowID])] {
    var rows: [Transmission: [RowID]] = [:]
    for message in execution.messages {
      guard let key = Transmission(message) else { continue }
      if rows[key]?.contains(message.row) != true { rows[key, default: []].append(message.row) }
    }
    return rows.sorted { $0.key < $1.key }.map { (key: $0.key, rows: $0.value) }
  }

  /// What is unusual about the way, in a word or two: `cut off`, `round 4`. Nil where nothing is, or where a
  /// cross says it all.
  var note: String? {
    switch fate {
    case .delivered where isUsual: nil
    case .delivered:
      "\(arrivals.count == 1 ? "round" : "rounds") \(arrivals.map { "\($0.rawValue)" }.joined(separator: ", "))"
    case .partitioned: "cut off"
    case .receiverDown: "down"
    case .omitted, .senderCrashed: nil
    }
  }
}

extension Transmission: Comparable {
  static func < (left: Transmission, right: Transmission) -> Bool { left.order < right.order }

  private var order: (Round, Link, Int) { (sent, link, isLost ? 1 : 0) }
}

import Indices

/// One thing that goes wrong in an execution.
public enum Fault: Hashable, Sendable {
  /// From this round on the node sends nothing to other nodes.
  case crash(NodeID, Round)
  /// Messages between two different nodes that are sent in this round are lost.
  case omission(from: NodeID, to: NodeID, Round)

  /// The round in which it begins (crash) or strikes (omission).
  public var round: Round {
    switch self {
    case .crash(_, let round), .omission(_, _, let round): round
    }
  }
}

extension Fault: Comparable {
  /// The order in which faults are listed: crashes before omissions, then by round, then by node names.
  public static func < (left: Fault, right: Fault) -> Bool { left.sortKey < right.sortKey }

  private var sortKey: (UInt32, UInt32, UInt32, UInt32) {
    switch self {
    case .crash(let node, let round): (0, round.rawValue, node.rawValue, 0)
    case .omission(let sender, let receiver, let round):
      (1, round.rawValue, sender.rawValue, receiver.rawValue)
    }
  }
}

/// The faults of one execution, sorted and without duplicates.
public struct FaultSet: Hashable, Sendable {
  /// Ascending in the order of `Fault`.
  public let faults: [Fault]

  /// The set of the given faults, in any order.
  public init(_ faults: [Fault]) {
    var distinct: [Fault] = []
    for fault in faults.sorted() where distinct.last != fault { distinct.append(fault) }
    self.faults = distinct
  }

  /// No faults.
  public static let none = FaultSet([])

  /// The number of faults.
  public var count: Int { faults.count }

  /// The crashes, ascending by round.
  public var crashes: [(node: NodeID, round: Round)] {
    faults.compactMap { if case .crash(let node, let round) = $0 { (node, round) } else { nil } }
  }

  /// The round from which `node` is crashed; nil when it never crashes.
  public func crashRound(of node: NodeID) -> Round? {
    crashes.first { $0.node == node }?.round
  }

  /// Whether messages from `sender` to `receiver` sent in `round` are lost by an omission.
  public func omits(from sender: NodeID, to receiver: NodeID, in round: Round) -> Bool {
    faults.contains(.omission(from: sender, to: receiver, round))
  }
}

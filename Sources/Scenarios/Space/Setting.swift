import Dedalus
import Indices
import Texts

/// Names a node of an analysis. Nodes are sorted by the bytes of their names.
public struct NodeID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A round of logical time. The first is 1; the raw value is the number itself.
public struct Round: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The last round that has a number here, and in a store; no run is so long.
  public static let greatest = Round(rawValue: UInt32(Int32.max) - 1)

  /// The round that a program calls `number`, at least 1; one beyond `greatest` is that one, which is as empty.
  public init(named number: Int) { self.init(min(number, Self.greatest.position)) }

  /// The round after this one.
  public var next: Round { Round(rawValue: rawValue + 1) }
}

/// The nodes of an analysis, sorted by bytes and without duplicates.
public struct Nodes: Hashable, Sendable {
  /// The names by node.
  public let names: IndexedArray<NodeID, Text>

  /// The nodes called `names`, in any order; a name given twice is one node.
  public init(_ names: [Text]) {
    var distinct: [Text] = []
    for name in names.sorted() where distinct.last != name { distinct.append(name) }
    self.names = IndexedArray(distinct)
  }

  /// The number of nodes.
  public var count: Int { names.count }

  /// Every node, ascending.
  public var ids: some RandomAccessCollection<NodeID> { names.indices }

  /// The node called `name`, or nil.
  public func id(of name: Text) -> NodeID? { ids.first { names[$0] == name } }

  /// The name of `node`.
  public subscript(node: NodeID) -> Text { names[node] }
}

/// What a crash does to the node itself; to others it always falls silent.
public enum CrashView: String, Hashable, Sendable, CaseIterable {
  /// It keeps its tuples, receives and computes; it only sends nothing.
  case silent
  /// Its rules do not fire from the crash round on, so its state is gone in the round after.
  case failStop = "fail-stop"
}

/// Everything but the faults that an execution of a program depends on.
public struct Setting: Hashable, Sendable {
  /// The nodes.
  public let nodes: Nodes
  /// The last round, at least 1.
  public let eot: Round
  /// What a crash does to the node itself.
  public let crashView: CrashView

  /// Rounds 1 … `eot` on `nodes`.
  public init(nodes: Nodes, eot: Int, crashView: CrashView = .silent) {
    precondition(eot >= 1, "an execution has at least one round")
    self.nodes = nodes
    self.eot = Round(eot)
    self.crashView = crashView
  }
}

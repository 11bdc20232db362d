import Dedalus
import Indices
import Texts

/// Names a node of an analysis. Nodes are sorted by the bytes of their names.
public struct NodeID: DenseIndex {
  /// The index of the node in `Nodes.names`.
  public let rawValue: UInt32
  /// The node with this index.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// A round of logical time; the first is 1.
public struct Round: DenseIndex {
  /// The number of the round, from 1.
  public let rawValue: UInt32
  /// The round with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The last round that can be represented, here and in a store; no run is that long.
  public static let greatest = Round(rawValue: UInt32(Int32.max) - 1)

  /// The round that a program calls `number`, at least 1. A number beyond `greatest` stands for `greatest`,
  /// which is just as empty.
  public init(named number: Int) { self.init(min(number, Self.greatest.position)) }

  /// The round after this one.
  public var next: Round { Round(rawValue: rawValue + 1) }
}

/// The nodes of an analysis, sorted by bytes and without duplicates.
public struct Nodes: Hashable, Sendable {
  /// The names of the nodes, indexed by node.
  public let names: IndexedArray<NodeID, Text>

  /// The nodes called `names`, in any order; a name given twice is one node.
  public init(_ names: [Text]) {
    var distinct: [Text] = []
    for name in names.sorted() where distinct.last != name { distinct.append(name) }
    assert(zip(distinct, distinct.dropFirst()).allSatisfy { $0 < $1 }, "nodes are sorted by their names")
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

/// What a crash does to the node itself; in both views it sends nothing to other nodes.
public enum CrashView: String, Hashable, Sendable, CaseIterable {
  /// The node keeps its tuples, receives and computes; it only sends nothing.
  case silent
  /// The node's rules do not fire from the round of the crash on, so its state is gone in the round after it.
  case failStop = "fail-stop"
}

/// Everything that a run of a program depends on, except the faults.
public struct Setting: Hashable, Sendable {
  /// The nodes of the run.
  public let nodes: Nodes
  /// The last round of the run, at least 1.
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

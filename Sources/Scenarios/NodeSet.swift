import Indices

/// A set of nodes, such as one side of a partition.
///
/// The members are bits of four words, so that faults stay small and need no memory of their own.
public struct NodeSet: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// The set of `nodes`, of which no number is larger than 255.
  public init(_ nodes: some Sequence<NodeID>) {
    for node in nodes { insert(node) }
  }

  /// Whether `node` is in the set.
  public func contains(_ node: NodeID) -> Bool {
    assert(node.rawValue < 256, "a question has at most 256 nodes")
    let bit = UInt64(1) << UInt64(node.rawValue & 63)
    switch node.rawValue >> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  private mutating func insert(_ node: NodeID) {
    precondition(node.rawValue < 256, "a question has at most 256 nodes")
    let bit = UInt64(1) << UInt64(node.rawValue & 63)
    switch node.rawValue >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  /// The number of nodes in the set.
  public var count: Int {
    words.0.nonzeroBitCount + words.1.nonzeroBitCount + words.2.nonzeroBitCount + words.3.nonzeroBitCount
  }

  /// The nodes of the set, ascending.
  public var nodes: [NodeID] {
    var nodes: [NodeID] = []
    for (position, word) in [words.0, words.1, words.2, words.3].enumerated() {
      var rest = word
      while rest != 0 {
        nodes.append(NodeID(position * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    assert(nodes.count == count, "each member is listed once")
    return nodes
  }

  /// Whether both sets have the same nodes.
  public static func == (left: NodeSet, right: NodeSet) -> Bool { left.words == right.words }

  /// Hashes the members.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension NodeSet: Comparable {
  /// Orders sets as lists of their nodes.
  public static func < (left: NodeSet, right: NodeSet) -> Bool {
    left.nodes.lexicographicallyPrecedes(right.nodes)
  }
}

extension NodeSet {
  /// Whether `link` has one end in the set and one outside.
  public func separates(_ link: Link) -> Bool { contains(link.sender) != contains(link.receiver) }

  /// The name of the partition between this set and the rest of `count` nodes: the side with fewer nodes; of
  /// two equal sides the one with the first node.
  public func side(ofNodes count: Int) -> NodeSet {
    assert(self.count <= count, "the set has nodes of the question only")
    let isName = self.count * 2 < count || (self.count * 2 == count && contains(NodeID(0)))
    return isName ? self : NodeSet((0..<count).lazy.map { NodeID($0) }.filter { !contains($0) })
  }
}

/// A circuit of AND gates of any width and inverters.
///
/// Nodes are numbered from 0, children before parents. An *edge* is twice the number of a node, plus 1 when it
/// negates. The graph may grow; what a node is never changes.
public protocol AndInverterGraph {
  /// What the node with number `node` is.
  func kind(of node: Int) -> AndInverterNode
}

/// What one node of a circuit is.
public enum AndInverterNode {
  /// True.
  case constantTrue
  /// The input with this number.
  case input(Int)
  /// True when all these edges are; so, without any, true.
  case and(ArraySlice<UInt32>)
}

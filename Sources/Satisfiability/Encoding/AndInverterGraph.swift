/// A circuit of AND gates of any width and inverters.
///
/// Nodes are numbered from 0, children before parents. An *edge* is twice the number of a node, plus 1 when
/// it negates. The graph may grow, but a node never changes.
public protocol AndInverterGraph {
  /// The kind of the node with number `node`.
  func kind(of node: Int) -> AndInverterNode
}

/// The kind of one node of a circuit.
public enum AndInverterNode {
  /// The constant true.
  case constantTrue
  /// The input with this number.
  case input(Int)
  /// The conjunction of the edges with these numbers; true if there are none.
  case and(ArraySlice<UInt32>)
}

// A graph of what rests on what, discovered breadth first from its roots. Every node exists once, however
// many others rest on it. There may be exponentially many paths through the graph, but never more nodes than
// there are things to name.

import Indices

/// Nodes and what each rests on, numbered in order of discovery.
public struct SupportGraph<ID: DenseIndex & Sendable, Node: Hashable & Sendable>: Sendable {
  /// The nodes, roots first, then breadth first.
  public let nodes: IndexedArray<ID, Node>
  /// The nodes on which each node rests, without duplicates.
  public let supports: IndexedArray<ID, [ID]>
  /// The number of roots; they are the first nodes.
  public let rootCount: Int

  /// Everything that `roots` rest on; `foundations` gives what one node directly rests on.
  init(from roots: [Node], _ foundations: (Node) -> [Node]) {
    var nodes: IndexedArray<ID, Node> = []
    var supports: IndexedArray<ID, [ID]> = []
    var numbers: [Node: ID] = [:]
    func number(of node: Node) -> ID {
      if let number = numbers[node] { return number }
      let number = nodes.append(node)
      numbers[node] = number
      return number
    }
    for root in roots { _ = number(of: root) }
    rootCount = nodes.count
    while supports.count < nodes.count {
      let node = nodes[supports.nextIndex]
      var found: [ID] = []
      for foundation in foundations(node) {
        let support = number(of: foundation)
        if !found.contains(support) { found.append(support) }
      }
      supports.append(found)
    }
    assert(rootCount <= roots.count && numbers.count == nodes.count, "each node exists once")
    self.nodes = nodes
    self.supports = supports
  }
}

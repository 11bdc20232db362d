// A graph of what rests on what, discovered breadth first from its roots. Every node is there once however many
// things rest on it: there may be exponentially many ways through the graph, but never more nodes than there are
// things to name.

import Indices

/// Nodes and what each rests on, numbered in order of discovery.
public struct SupportGraph<ID: DenseIndex & Sendable, Node: Hashable & Sendable>: Sendable {
  /// The nodes, roots first, then breadth first.
  public let nodes: IndexedArray<ID, Node>
  /// What each node rests on, each once.
  public let supports: IndexedArray<ID, [ID]>
  /// How many of the first nodes are roots.
  public let rootCount: Int

  /// Everything that `roots` rest on, where `foundations` says what one node rests on directly.
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
    self.nodes = nodes
    self.supports = supports
  }
}

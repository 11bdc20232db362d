// The totalizer (Bailleux & Boufkhad, "Efficient CNF Encoding of Boolean Cardinality Constraints", CP 2003),
// built only as far as it is asked for (Martins, Joshi, Manquinho & Lynce, "Incremental Cardinality
// Constraints for MaxSAT", CP 2014): a balanced tree over the inputs, in which each node counts in unary
// those below it that are true. Only the direction "inputs true, so output true" is needed to bound from
// above.

/// Bounds how many of some literals are true, with bounds that are assumed and can be raised.
///
/// Invariant: output j of a node (counting from 0) is true whenever more than j inputs below it are; for
/// every node the first `bound + 1` outputs exist for the greatest bound asked for, or as many as it has
/// inputs.
public struct Totalizer: Sendable {
  private struct Node: Sendable {
    /// Number of inputs below the node.
    let inputCount: Int
    let children: (left: Int, right: Int)?
    var outputs: [Literal]
  }

  /// Children come before their parents; the last node is the root.
  private var nodes: [Node] = []

  /// A counter over `inputs`, each counted as often as it is listed. Adds nothing to `solver` yet.
  public init(over inputs: [Literal], in solver: inout Solver) {
    nodes = inputs.map { Node(inputCount: 1, children: nil, outputs: [$0]) }
    var layer = Array(nodes.indices)
    while layer.count > 1 { layer = paired(layer) }
  }

  /// The number of inputs.
  public var count: Int { nodes.last?.inputCount ?? 0 }

  /// A literal under which at most `bound` of the inputs are true; nil when that is so in any case.
  public mutating func atMost(_ bound: Int, in solver: inout some ClauseReceiver & ~Copyable) -> Literal? {
    precondition(bound >= 0, "a bound is not negative")
    guard bound < count else { return nil }
    extend(to: bound + 1, in: &solver)
    return nodes.last.map { !$0.outputs[bound] }
  }

  private mutating func paired(_ layer: [Int]) -> [Int] {
    stride(from: 0, to: layer.count, by: 2).map { position in
      guard position + 1 < layer.count else { return layer[position] }
      let (left, right) = (layer[position], layer[position + 1])
      let inputCount = nodes[left].inputCount + nodes[right].inputCount
      nodes.append(Node(inputCount: inputCount, children: (left, right), outputs: []))
      return nodes.count - 1
    }
  }

  private mutating func extend(to newReach: Int, in solver: inout some ClauseReceiver & ~Copyable) {
    for position in nodes.indices {
      guard let children = nodes[position].children else { continue }
      let old = nodes[position].outputs.count
      let new = min(newReach, nodes[position].inputCount)
      guard old < new else { continue }
      for output in old..<new {
        nodes[position].outputs.append(solver.newVariable().positive)
        if output > 0 { solver.add([!nodes[position].outputs[output], nodes[position].outputs[output - 1]]) }
      }
      let (left, right) = (nodes[children.left].outputs, nodes[children.right].outputs)
      addSums(of: left, and: right, to: nodes[position].outputs, from: old, in: &solver)
    }
  }

  /// If i inputs on the left and j on the right are true, then i + j in total are: adds this for every sum
  /// that has just got an output.
  private func addSums(
    of left: [Literal], and right: [Literal], to outputs: [Literal], from old: Int,
    in solver: inout some ClauseReceiver & ~Copyable
  ) {
    for leftCount in 0...left.count {
      let least = max(old + 1 - leftCount, 0)
      let most = min(outputs.count - leftCount, right.count)
      guard least <= most else { continue }
      for rightCount in least...most {
        var clause = [outputs[leftCount + rightCount - 1]]
        if leftCount > 0 { clause.append(!left[leftCount - 1]) }
        if rightCount > 0 { clause.append(!right[rightCount - 1]) }
        solver.add(clause)
      }
    }
  }
}

import Dedalus
import Evaluation
import Indices
import Scenarios

/// A permutation of the nodes.
package struct Renaming: Hashable, Sendable {
  /// For each node: the node it becomes.
  let images: IndexedArray<NodeID, NodeID>

  init(_ images: [NodeID]) {
    assert(Set(images).count == images.count, "two nodes are not given one name")
    self.images = IndexedArray(images)
  }

  package func fault(_ fault: Fault) -> Fault {
    let nodes = fault.subject.nodes.map { images[$0] }
    return Fault(fault.kind, Fault.Subject(fault.subject.form, nodes), fault.round)
  }

  func faults(_ set: FaultSet) -> FaultSet { FaultSet(set.faults.map(fault)) }

  /// Renames `constant` if it names one of `nodes`; any other constant stays.
  package func constant(_ constant: Constant, in nodes: Nodes) -> Constant {
    guard case .string(let name) = constant, let node = nodes.id(of: name) else { return constant }
    return .string(nodes[images[node]])
  }

  /// The renaming that undoes this one.
  package var inverse: Renaming {
    var inverse = Array(images.elements)
    for node in images.indices { inverse[images[node].position] = node }
    return Renaming(inverse)
  }

  /// The renaming that applies `other`, then this one.
  package func after(_ other: Renaming) -> Renaming { Renaming(other.images.elements.map { images[$0] }) }
}

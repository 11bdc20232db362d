import Dedalus
import Evaluation
import Indices
import Scenarios

/// A permutation of the nodes.
package struct Renaming: Hashable, Sendable {
  /// For each node: the node it becomes.
  let images: IndexedArray<NodeID, NodeID>
  private let nodes: Nodes

  init(_ images: [NodeID], of nodes: Nodes) {
    assert(Set(images).count == images.count, "two nodes are not given one name")
    self.images = IndexedArray(images)
    self.nodes = nodes
  }

  package func fault(_ fault: Fault) -> Fault {
    Fault(fault.kind, subject(fault.subject), fault.round, extent: fault.extent)
  }

  private func subject(_ subject: Fault.Subject) -> Fault.Subject {
    switch subject {
    case .node(let node): .node(images[node])
    case .link(let link): .link(self.link(link))
    case .side(let side): .side(NodeSet(side.nodes.map { images[$0] }).side(ofNodes: images.count))
    case .fact(let fact):
      .fact(NamedFact(fact.relation, fact.values.map { constant($0, in: nodes) }))
    }
  }

  private func link(_ link: Link) -> Link { Link(from: images[link.sender], to: images[link.receiver]) }

  /// Whether the images of what is spared are spared, too.
  func keeps(_ spared: Budgets.Spared) -> Bool {
    spared.nodes.allSatisfy { spared.nodes.contains(images[$0]) }
      && spared.links.allSatisfy { spared.links.contains(link($0)) }
  }

  package func faults(_ set: FaultSet) -> FaultSet { FaultSet(set.faults.map(fault)) }

  package func inputs(_ inputs: Inputs) -> Inputs {
    Inputs(
      inputs.facts.map { chosen in
        TimedFact(
          NamedFact(chosen.fact.relation, chosen.fact.values.map { constant($0, in: nodes) }),
          in: chosen.round)
      })
  }

  /// Renames `constant` if it names one of `nodes`; any other constant stays.
  package func constant(_ constant: Constant, in nodes: Nodes) -> Constant {
    guard case .string(let name) = constant, let node = nodes.id(of: name) else { return constant }
    return .string(nodes[images[node]])
  }

  /// The renaming that undoes this one.
  package var inverse: Renaming {
    var inverse = Array(images.elements)
    for node in images.indices { inverse[images[node].position] = node }
    return Renaming(inverse, of: nodes)
  }

  /// The renaming that applies `other`, then this one.
  package func after(_ other: Renaming) -> Renaming {
    Renaming(other.images.elements.map { images[$0] }, of: nodes)
  }
}

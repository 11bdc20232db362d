import Indices

extension DependencyGraph {
  /// The strongly connected components under the edges that `order` obeys.
  func components(in order: StrataOrder) -> Components {
    var search = ComponentSearch(relationCount: relationCount)
    for position in 0..<relationCount where !search.isVisited(RelationID(position)) {
      search.run(from: RelationID(position), in: self, order)
    }
    assert(search.result.ofRelation.allSatisfy { $0 >= 0 }, "every relation is in a component")
    assert(
      dependencies.allSatisfy { dependency in
        !order.obeys(dependency.round)
          || search.result.ofRelation[dependency.body] <= search.result.ofRelation[dependency.head]
      }, "a component comes after those that it reads")
    return search.result
  }
}

/// Tarjan's algorithm with an explicit stack, because programs may be deep.
private struct ComponentSearch {
  private(set) var result: Components
  /// The order of discovery, from 1; 0 for a relation that has not been reached yet.
  private var discovery: IndexedArray<RelationID, Int>
  /// The earliest reachable relation on the stack; `.max` once the component is finished.
  private var low: IndexedArray<RelationID, Int>
  private var stack: [RelationID] = []
  private var calls: [(relation: RelationID, edge: Int)] = []
  private var clock = 0

  init(relationCount: Int) {
    result = Components(ofRelation: IndexedArray(repeating: -1, count: relationCount))
    discovery = IndexedArray(repeating: 0, count: relationCount)
    low = IndexedArray(repeating: 0, count: relationCount)
  }

  func isVisited(_ relation: RelationID) -> Bool { discovery[relation] != 0 }

  mutating func run(from start: RelationID, in graph: DependencyGraph, _ order: StrataOrder) {
    enter(start)
    while let (relation, edge) = calls.last {
      let edges = graph.outgoing[relation]
      guard edge < edges.count else {
        leave(relation)
        continue
      }
      calls[calls.count - 1].edge += 1
      let dependency = graph.dependencies[edges[edge]]
      guard order.obeys(dependency.round) else { continue }
      if isVisited(dependency.body) {
        if low[dependency.body] != .max { low[relation] = min(low[relation], discovery[dependency.body]) }
      } else {
        enter(dependency.body)
      }
    }
    assert(stack.isEmpty, "what a search has reached is in components when it ends")
  }

  private mutating func enter(_ relation: RelationID) {
    clock += 1
    discovery[relation] = clock
    low[relation] = clock
    stack.append(relation)
    calls.append((relation, 0))
  }

  /// A relation that reaches nothing earlier than itself is the root of a component, all of which is on the
  /// stack.
  private mutating func leave(_ relation: RelationID) {
    calls.removeLast()
    let reached = low[relation]
    assert(reached <= discovery[relation], "a relation reaches itself")
    if reached == discovery[relation] { finishComponent(of: relation) }
    if let caller = calls.last?.relation { low[caller] = min(low[caller], reached) }
  }

  private mutating func finishComponent(of relation: RelationID) {
    guard let start = stack.lastIndex(of: relation) else {
      preconditionFailure("a component ends on the stack")
    }
    let members = stack[start...].sorted()
    stack.removeSubrange(start...)
    for member in members {
      low[member] = .max
      result.ofRelation[member] = result.members.count
    }
    result.members.append(members)
  }
}

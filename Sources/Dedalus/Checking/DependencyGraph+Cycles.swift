import Indices

extension DependencyGraph {
  /// Reports, for each component, the first edge that needs it to be complete before it is computed.
  ///
  /// - Parameter reported: the places that have been reported for other rounds; they are not reported again.
  func report(
    _ components: Components, order: StrataOrder, relations: IndexedArray<RelationID, Relation>,
    reported: inout Set<SourceRange>, to diagnostics: inout DiagnosticList
  ) {
    var isReported = [Bool](repeating: false, count: components.members.count)
    for dependency in dependencies where dependency.kind != .positive && order.obeys(dependency.round) {
      let component = components.ofRelation[dependency.head]
      guard components.ofRelation[dependency.body] == component, !isReported[component] else { continue }
      isReported[component] = true
      guard reported.insert(dependency.range).inserted else { continue }
      let cycle =
        [dependency] + path(from: dependency.body, to: dependency.head, within: components, order)
      let round: Int? = if case .round(let round) = order { round } else { nil }
      diagnostics.report(.cycle(cycle, relations: relations, round: round))
    }
  }

  /// A shortest path along dependencies from `start` to `goal`, both in one component.
  private func path(
    from start: RelationID, to goal: RelationID, within components: Components, _ order: StrataOrder
  ) -> [Dependency] {
    var arrival: [RelationID: Dependency] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count, arrival[goal] == nil, start != goal {
      for edge in outgoing[queue[next]] {
        let dependency = dependencies[edge]
        guard order.obeys(dependency.round), dependency.body != start, arrival[dependency.body] == nil,
          components.ofRelation[dependency.body] == components.ofRelation[start]
        else { continue }
        arrival[dependency.body] = dependency
        queue.append(dependency.body)
      }
      next += 1
    }
    var path: [Dependency] = []
    var walk = goal
    while walk != start, let step = arrival[walk] {
      path.append(step)
      walk = step.head
    }
    assert(walk == start, "within a component there is a way from each relation to each")
    return path.reversed()
  }
}

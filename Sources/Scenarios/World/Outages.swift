import Indices

/// The rounds in which, and the choices under which, something is wrong with nodes.
@usableFromInline
struct Outages<Algebra: TruthAlgebra>: Sendable {
  /// By node and round: no lasting outage has begun up to this round. After the last round nothing begins.
  @usableFromInline var lasting: IndexedArray<NodeID, [Algebra.Truth]>
  /// By node and round: no outage that ends is on in this round. After the last round none is.
  @usableFromInline var passing: IndexedArray<NodeID, [Algebra.Truth]>
  /// Whether there are no outages.
  @usableFromInline private(set) var isEmpty = true

  /// The outages given by `spans` for each node, in any order. Gates are made node by node and round by
  /// round, as long as `goesOn` returns true.
  init(
    _ nodes: Nodes, _ algebra: inout Algebra, while goesOn: (Algebra) -> Bool,
    spans: (NodeID) -> [(span: Effect.Span, choice: ChoiceID)]
  ) {
    (lasting, passing) = ([], [])
    for node in nodes.ids {
      let all = spans(node)
      if all.isEmpty { continue }
      if isEmpty {
        lasting = IndexedArray(repeating: [], count: nodes.count)
        passing = IndexedArray(repeating: [], count: nodes.count)
        isEmpty = false
      }
      let beginning = Dictionary(grouping: all.filter { $0.span.last == nil }) { $0.span.first.position }
      var intact = Algebra.always
      for round in 0..<(beginning.keys.max() ?? 0) where goesOn(algebra) {
        for (_, choice) in beginning[round + 1] ?? [] {
          intact = algebra.all([intact, Algebra.not(algebra.truth(of: choice))])
        }
        lasting[node].append(intact)
      }
      addPassing(all.filter { $0.span.last != nil }, at: node, &algebra, while: goesOn)
    }
  }

  private mutating func addPassing(
    _ outages: [(span: Effect.Span, choice: ChoiceID)], at node: NodeID, _ algebra: inout Algebra,
    while goesOn: (Algebra) -> Bool
  ) {
    let end = outages.compactMap { $0.span.last?.position }.max() ?? 0
    var choices: [[ChoiceID]] = Array(repeating: [], count: end)
    for (span, choice) in outages {
      for round in span.first.position...(span.last ?? span.first).position {
        choices[round - 1].append(choice)
      }
    }
    for round in choices where goesOn(algebra) {
      let absent = round.map { Algebra.not(algebra.truth(of: $0)) }
      passing[node].append(algebra.all(absent))
    }
  }

  /// No outages.
  init() { (lasting, passing) = ([], []) }

  /// Adds to `conditions` that nothing is wrong with `node` in `round`.
  @inlinable
  func addConditions(
    at node: NodeID, in round: Round, to conditions: inout [Algebra.Truth], _ algebra: inout Algebra
  ) {
    let last = min(round.position, lasting[node].count)
    if last > 0 { conditions.append(lasting[node][last - 1]) }
    if round.position <= passing[node].count, passing[node][round.position - 1] != Algebra.always {
      conditions.append(passing[node][round.position - 1])
    }
  }
}

import Indices

/// Something that is wrong with a node under a choice.
struct Outage {
  let node: NodeID
  let span: Effect.Span
  let choice: ChoiceID
}

/// The rounds in which, and the choices under which, something is wrong with nodes.
@usableFromInline
struct Outages<Algebra: TruthAlgebra>: Sendable {
  /// By node and round: no lasting outage has begun up to this round. After the last round nothing begins.
  @usableFromInline var lasting: IndexedArray<NodeID, [Algebra.Truth]>
  /// By node and round: no outage that ends is on in this round. After the last round none is.
  @usableFromInline var passing: IndexedArray<NodeID, [Algebra.Truth]>
  /// Whether there are no outages.
  @usableFromInline private(set) var isEmpty = true

  /// The given outages, in any order. Gates are made node by node and round by round, as long as `goesOn`
  /// returns true.
  init(
    _ outages: [Outage], _ nodes: Nodes, _ algebra: inout Algebra, while goesOn: (Algebra) -> Bool
  ) {
    (lasting, passing) = ([], [])
    if outages.isEmpty { return }
    isEmpty = false
    lasting = IndexedArray(repeating: [], count: nodes.count)
    passing = IndexedArray(repeating: [], count: nodes.count)
    for node in nodes.ids {
      addLasting(outages, at: node, &algebra, while: goesOn)
      addPassing(outages, at: node, &algebra, while: goesOn)
    }
  }

  private mutating func addLasting(
    _ outages: [Outage], at node: NodeID, _ algebra: inout Algebra, while goesOn: (Algebra) -> Bool
  ) {
    var beginning: [[ChoiceID]] = []
    for outage in outages where outage.node == node && outage.span.last == nil {
      Self.enter(outage.choice, in: outage.span.first.position, of: &beginning)
    }
    var intact = Algebra.always
    for round in beginning where goesOn(algebra) {
      for choice in round { intact = algebra.all([intact, Algebra.not(algebra.truth(of: choice))]) }
      lasting[node].append(intact)
    }
  }

  private mutating func addPassing(
    _ outages: [Outage], at node: NodeID, _ algebra: inout Algebra, while goesOn: (Algebra) -> Bool
  ) {
    var on: [[ChoiceID]] = []
    for outage in outages where outage.node == node {
      guard let last = outage.span.last else { continue }
      for round in outage.span.first.position...last.position {
        Self.enter(outage.choice, in: round, of: &on)
      }
    }
    for round in on where goesOn(algebra) {
      let absent = round.map { Algebra.not(algebra.truth(of: $0)) }
      passing[node].append(algebra.all(absent))
    }
    assert(passing[node].count <= on.count, "each round has one condition")
  }

  /// Enters `choice` in `round`, counted from 1, of `rounds`, which grow with it.
  private static func enter(_ choice: ChoiceID, in round: Int, of rounds: inout [[ChoiceID]]) {
    while rounds.count < round { rounds.append([]) }
    assert(rounds.count >= round, "there is a place for every round up to this one")
    rounds[round - 1].append(choice)
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

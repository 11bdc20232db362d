// A relation that is negated or aggregated must be complete before its reader is computed (Apt, Blair & Walker 1988).
// Within one round the relations form a graph, an edge from each head of a deductive rule to each relation that
// its body reads in the same round. The strata are its strongly connected components, in the order in which
// Tarjan's algorithm (1972) finishes them: whatever a component reads is finished before it. A negated or
// aggregated edge inside a component has no order to offer, and is an error.
//
// `p(…)@k` is an edge in round k alone. So there is one order for all usual rounds, and one for each such k,
// unless the usual order serves there as well.

import Indices

/// The strata of every round.
struct Stratification: Sendable {
  private let usual: [Stratum]
  private let special: [Int: [Stratum]]

  func strata(in round: Int) -> [Stratum] { special[round] ?? usual }

  /// Stratifies `rules`; what cannot be stratified is reported.
  init(
    of rules: IndexedArray<RuleID, Rule>, relations: IndexedArray<RelationID, Relation>,
    diagnostics: inout DiagnosticList
  ) {
    let graph = DependencyGraph(rules, relations: relations)
    var reported: Set<SourceRange> = []
    let usual = graph.components(in: nil)
    self.usual = graph.strata(usual, rules: rules, round: nil)
    graph.report(usual, in: nil, relations: relations, reported: &reported, to: &diagnostics)
    var special: [Int: [Stratum]] = [:]
    for (round, edges) in graph.namedRounds where !graph.isServed(by: usual, edges) {
      guard (special.count + 1) * relations.count <= Limits.specialStrata || special.isEmpty else {
        diagnostics.report(.tooManyRounds(graph.dependencies[edges[0]].range))
        break
      }
      let components = graph.components(in: round)
      special[round] = graph.strata(components, rules: rules, round: round)
      graph.report(components, in: round, relations: relations, reported: &reported, to: &diagnostics)
    }
    self.special = special
  }
}

/// A head that reads a relation in the same round.
struct Dependency {
  let head: RelationID
  let body: RelationID
  let rule: RuleID
  /// The only round in which the head reads the relation; nil for every round.
  let round: Int?
  /// Whether the relation must be complete: it is negated or aggregated.
  let kind: Kind
  let range: SourceRange

  enum Kind { case positive, negated, aggregated }

  func holds(in present: Int?) -> Bool { round == nil || round == present }
}

/// The strongly connected components of the relations in a round.
struct Components {
  /// Each component ascending; whatever one reads stands before it.
  var members: [[RelationID]] = []
  /// The component of each relation.
  var ofRelation: IndexedArray<RelationID, Int>
}

/// The same-round dependencies of a program.
struct DependencyGraph {
  let relationCount: Int
  private(set) var dependencies: [Dependency] = []
  /// Positions among `dependencies`, by head.
  private(set) var outgoing: IndexedArray<RelationID, [Int]>

  init(_ rules: IndexedArray<RuleID, Rule>, relations: IndexedArray<RelationID, Relation>) {
    relationCount = relations.count
    outgoing = IndexedArray(repeating: [], count: relations.count)
    for id in rules.indices where rules[id].timing == .deductive {
      let isAggregate = rules[id].isAggregate
      for case .atom(let atom) in rules[id].body {
        outgoing[rules[id].headRelation].append(dependencies.count)
        dependencies.append(
          Dependency(
            head: rules[id].headRelation, body: atom.relation, rule: id, round: atom.round,
            kind: atom.isNegated ? .negated : isAggregate ? .aggregated : .positive, range: atom.range))
      }
    }
  }

  /// The rounds named by `@k`, in order of first mention, and the edges that hold in each alone.
  var namedRounds: [(round: Int, edges: [Int])] {
    var position: [Int: Int] = [:]
    var result: [(round: Int, edges: [Int])] = []
    for (edge, dependency) in dependencies.enumerated() {
      guard let round = dependency.round else { continue }
      if let known = position[round] {
        result[known].edges.append(edge)
      } else {
        position[round] = result.count
        result.append((round, [edge]))
      }
    }
    return result
  }

  /// Whether each of `edges` leads to an earlier component, so that the order is good with them, too.
  func isServed(by components: Components, _ edges: [Int]) -> Bool {
    edges.allSatisfy { edge in
      components.ofRelation[dependencies[edge].body] < components.ofRelation[dependencies[edge].head]
    }
  }

  /// The components as strata, each with the deductive rules that derive its relations.
  func strata(_ components: Components, rules: IndexedArray<RuleID, Rule>, round: Int?) -> [Stratum] {
    var members = [[RuleID]](repeating: [], count: components.members.count)
    for id in rules.indices where rules[id].timing == .deductive {
      members[components.ofRelation[rules[id].headRelation]].append(id)
    }
    var isRecursive = [Bool](repeating: false, count: components.members.count)
    for dependency in dependencies where dependency.holds(in: round) {
      let component = components.ofRelation[dependency.head]
      if components.ofRelation[dependency.body] == component { isRecursive[component] = true }
    }
    return components.members.indices.map {
      Stratum(relations: components.members[$0], rules: members[$0], isRecursive: isRecursive[$0])
    }
  }
}

// A relation that is negated or aggregated must be complete before its reader is computed (Apt, Blair &
// Walker 1988). Within one round the relations form a graph, with an edge from each head of a deductive rule
// to each relation that its body reads in the same round. The strata are its strongly connected components,
// in the order in which Tarjan's algorithm (1972) finishes them: whatever a component reads is finished
// before it. A negated or aggregated edge inside a component cannot be ordered, and is an error.
//
// `p(…)@k` is an edge in round k only, and a program may name thousands of rounds. So there are as few orders
// as possible: one for rounds that are not named; one that obeys every `@k` at once, for the named rounds in
// which the first does not serve; and, where even that has a negated edge inside a component, one for each
// such round.

import Indices

/// Which `@k` an order of strata obeys.
public enum StrataOrder: Hashable, Sendable {
  /// No `@k`: the order of the rounds that no atom names, and of those whose edges lead to earlier strata
  /// anyway.
  case plain
  /// Every `@k`, as if each held in every round.
  case everyNamedRound
  /// Only those of this round, which needs a separate order.
  case round(Int)

  /// Whether an atom that reads round `named`, or the current one for nil, counts as reading the same round.
  public func obeys(_ named: Int?) -> Bool {
    switch self {
    case .plain: named == nil
    case .everyNamedRound: true
    case .round(let round): named == nil || named == round
    }
  }
}

/// The strata of every round.
struct Stratification: Sendable {
  /// The strata of each order.
  private(set) var strata: [StrataOrder: [Stratum]] = [:]
  /// The rounds that have another order than the plain one.
  private var orders: [Int: StrataOrder] = [:]

  func order(in round: Int) -> StrataOrder { orders[round] ?? .plain }

  /// Stratifies `rules`; reports what cannot be stratified.
  init(
    of rules: IndexedArray<RuleID, Rule>, relations: IndexedArray<RelationID, Relation>,
    diagnostics: inout DiagnosticList
  ) {
    let graph = DependencyGraph(rules, relations: relations)
    var reported: Set<SourceRange> = []
    func add(_ order: StrataOrder, _ components: Components) {
      strata[order] = graph.strata(components, rules: rules, order: order)
      graph.report(components, order: order, relations: relations, reported: &reported, to: &diagnostics)
    }
    let plain = graph.components(in: .plain)
    add(.plain, plain)
    let unserved = graph.namedRounds.filter { !graph.isServed(by: plain, $0.edges) }
    guard !unserved.isEmpty else { return }
    let joint = graph.components(in: .everyNamedRound)
    if graph.isStratified(joint) {
      for (round, _) in unserved { orders[round] = .everyNamedRound }
      add(.everyNamedRound, joint)
      return
    }
    for (number, (round, edges)) in unserved.enumerated() {
      guard number == 0 || (number + 1) * (relations.count + rules.count) <= Limits.specialStrata else {
        diagnostics.report(.tooManyRounds(graph.dependencies[edges[0]].range))
        return
      }
      orders[round] = .round(round)
      add(.round(round), graph.components(in: .round(round)))
    }
  }
}

/// A head that reads a relation in the same round.
struct Dependency {
  let head: RelationID
  let body: RelationID
  let rule: RuleID
  /// The only round in which the head reads the relation; nil for every round.
  let round: Int?
  /// How the head reads the relation; a negated, aggregated or counted relation must be complete.
  let kind: Kind
  let range: SourceRange

  enum Kind { case positive, negated, aggregated, counted }
}

/// The strongly connected components of the relations in a round.
struct Components {
  /// The relations of each component, ascending; a component comes after those that it reads.
  var members: [[RelationID]] = []
  /// The component of each relation.
  var ofRelation: IndexedArray<RelationID, Int>
}

/// The same-round dependencies of a program, or those across rounds, too.
struct DependencyGraph {
  let relationCount: Int
  private(set) var dependencies: [Dependency] = []
  /// For each head: the indices of its edges in `dependencies`.
  private(set) var outgoing: IndexedArray<RelationID, [Int]>

  init(
    _ rules: IndexedArray<RuleID, Rule>, relations: IndexedArray<RelationID, Relation>,
    acrossRounds: Bool = false
  ) {
    relationCount = relations.count
    outgoing = IndexedArray(repeating: [], count: relations.count)
    for id in rules.indices where acrossRounds || rules[id].timing == .deductive {
      let isAggregate = rules[id].isAggregate
      for term in rules[id].body {
        switch term {
        case .atom(let atom): add(atom, of: id, rules, isAggregate ? .aggregated : .positive)
        case .count(let count): for atom in count.atoms { add(atom, of: id, rules, .counted) }
        case .comparison: break
        }
      }
    }
  }

  /// Adds the edge along which a rule reads an atom: negated where the atom is, otherwise as `kind` says.
  private mutating func add(
    _ atom: Atom, of rule: RuleID, _ rules: IndexedArray<RuleID, Rule>, _ kind: Dependency.Kind
  ) {
    let head = rules[rule].headRelation
    outgoing[head].append(dependencies.count)
    dependencies.append(
      Dependency(
        head: head, body: atom.relation, rule: rule, round: atom.round,
        kind: atom.isNegated ? .negated : kind, range: atom.range))
  }

  /// The rounds named by `@k`, in order of first mention, and the edges that hold only in each of them.
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

  /// Whether each of `edges` leads to an earlier component, so that the order also obeys these edges.
  func isServed(by components: Components, _ edges: [Int]) -> Bool {
    edges.allSatisfy { edge in
      components.ofRelation[dependencies[edge].body] < components.ofRelation[dependencies[edge].head]
    }
  }

  /// Whether each relation that must be complete is in an earlier component than its reader, in every round.
  func isStratified(_ components: Components) -> Bool {
    dependencies.allSatisfy { dependency in
      dependency.kind == .positive
        || components.ofRelation[dependency.body] < components.ofRelation[dependency.head]
    }
  }

  /// The components as strata, each with the deductive rules that derive its relations.
  func strata(
    _ components: Components, rules: IndexedArray<RuleID, Rule>, order: StrataOrder
  ) -> [Stratum] {
    var members = [[RuleID]](repeating: [], count: components.members.count)
    for id in rules.indices where rules[id].timing == .deductive {
      members[components.ofRelation[rules[id].headRelation]].append(id)
    }
    var isRecursive = [Bool](repeating: false, count: components.members.count)
    for dependency in dependencies where order.obeys(dependency.round) {
      let component = components.ofRelation[dependency.head]
      if components.ofRelation[dependency.body] == component { isRecursive[component] = true }
    }
    return components.members.indices.map {
      Stratum(relations: components.members[$0], rules: members[$0], isRecursive: isRecursive[$0])
    }
  }
}

// Renamings of nodes that leave the program unchanged, facts and what may be chosen included. A run under
// renamed faults is then the renamed run, so of fault sets that are renamings of each other one is enough
// (symmetry reduction; Ip & Dill, "Better Verification Through Symmetry", 1996). Every such renaming is found
// by backtracking over the images of the nodes, in order of the nodes. Each fact and rule is checked as soon
// as all its nodes have images.
//
// Where there are very many renamings, as with a dozen equal nodes, only those are kept that leave the first
// few nodes in place. They form a group too, so what is said about classes of fault sets stays true, with
// smaller classes.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// The renamings of nodes under which a program stays the same.
package struct Symmetry: Sendable {
  /// All the renamings, or a subgroup of them; the first is the identity.
  package let renamings: [Renaming]

  /// The largest number of renamings that are kept.
  private static let most = 5040

  /// The renamings of `nodes` under which `program` stays the same, and so does what is `spared`.
  ///
  /// A program that compares names by their order may tell all nodes apart.
  package init(of program: Program, nodes: Nodes, sparing spared: Budgets.Spared = .init()) {
    let unchanged = Renaming(Array(nodes.ids), of: nodes)
    guard !program.comparesNames else {
      renamings = [unchanged]
      return
    }
    let search = RenamingSearch(program, nodes, spared)
    var found: [Renaming]?
    for fixed in 0...nodes.count where found == nil {
      found = search.renamings(fixing: fixed, atMost: Self.most)
    }
    renamings = found ?? [unchanged]
    assert(renamings.first == unchanged, "a program is the same as itself")
  }

  /// Whether no two nodes are interchangeable.
  var isTrivial: Bool { renamings.count == 1 }

  /// The first, in canonical order, of the fault sets that are renamings of `faults`, and a renaming that
  /// maps `faults` to it.
  package func first(of faults: FaultSet) -> (faults: FaultSet, renaming: Renaming) {
    assert(renamings[0].faults(faults) == faults, "the first renaming changes nothing")
    var best = (faults: faults, renaming: renamings[0])
    for renaming in renamings.dropFirst() {
      let renamed = renaming.faults(faults)
      if renamed.faults.lexicographicallyPrecedes(best.faults.faults) { best = (renamed, renaming) }
    }
    return best
  }

  /// Whether no renaming of `faults` comes before it in canonical order.
  package func isFirst(_ faults: FaultSet) -> Bool {
    renamings.dropFirst().allSatisfy {
      !$0.faults(faults).faults.lexicographicallyPrecedes(faults.faults)
    }
  }
}

/// Searches for renamings by giving images to the nodes in order.
private struct RenamingSearch {
  private let nodes: Nodes
  private let spared: Budgets.Spared
  /// Every fact, choice and rule as words.
  private let clauses: Set<[ClauseWord]>
  /// For each node: the clauses that name it and otherwise only nodes before it.
  private var byLastNode: [[[ClauseWord]]]

  init(_ program: Program, _ nodes: Nodes, _ spared: Budgets.Spared) {
    (self.nodes, self.spared) = (nodes, spared)
    let all =
      program.facts.map { ClauseWord.words(of: $0, nodes) }
      + program.choices.map { ClauseWord.words(of: $0, nodes) }
      + program.rules.map { ClauseWord.words(of: $0, nodes) }
    clauses = Set(all)
    byLastNode = Array(repeating: [], count: nodes.count)
    for clause in all {
      if let last = clause.compactMap(\.node).max() { byLastNode[last.position].append(clause) }
    }
  }

  /// The renamings that leave the first `fixed` nodes in place; nil where there are more than `limit`.
  func renamings(fixing fixed: Int, atMost limit: Int) -> [Renaming]? {
    var found: [Renaming] = []
    var images = (0..<fixed).map { NodeID($0) }
    guard extend(&images, &found, limit) else { return nil }
    return found
  }

  /// False where there are more than `limit`.
  private func extend(_ images: inout [NodeID], _ found: inout [Renaming], _ limit: Int) -> Bool {
    guard images.count < nodes.count else {
      let renaming = Renaming(images, of: nodes)
      if renaming.keeps(spared) { found.append(renaming) }
      return found.count <= limit
    }
    assert(Set(images).count == images.count, "two nodes have two images")
    for number in 0..<nodes.count {
      let image = NodeID(number)
      if images.contains(image) { continue }
      images.append(image)
      defer { images.removeLast() }
      guard keepsClauses(images) else { continue }
      guard extend(&images, &found, limit) else { return false }
    }
    return true
  }

  /// Whether the images of all clauses whose nodes now have images are clauses too.
  private func keepsClauses(_ images: [NodeID]) -> Bool {
    byLastNode[images.count - 1].allSatisfy { clause in
      clauses.contains(
        clause.map { word in if case .node(let node) = word { .node(images[node.position]) } else { word } })
    }
  }
}

/// A piece of a fact or rule. Two clauses have equal words exactly when they are equal, wherever they stand
/// in the source.
private enum ClauseWord: Hashable {
  case node(NodeID)
  case constant(Constant)
  case relation(RelationID)
  case variable(VariableID)
  case number(Int)
  case sign(String)

  var node: NodeID? { if case .node(let node) = self { node } else { nil } }

  static func words(of fact: Fact, _ nodes: Nodes) -> [ClauseWord] {
    [.sign("fact"), .number(fact.round), .relation(fact.relation)] + fact.values.map { word(for: $0, nodes) }
  }

  static func words(of choice: ChoiceStatement, _ nodes: Nodes) -> [ClauseWord] {
    [
      .sign(choice.isOptional ? "maybe" : "choice"), .number(choice.rounds.lowerBound),
      .number(choice.rounds.upperBound), .relation(choice.relation),
    ] + choice.values.map { word(for: $0, nodes) }
  }

  static func words(of rule: Rule, _ nodes: Nodes) -> [ClauseWord] {
    [.sign("\(rule.timing)"), .relation(rule.headRelation)] + rule.head.flatMap { words(of: $0, nodes) }
      + rule.body.flatMap { words(of: $0, nodes) }
  }

  private static func word(for constant: Constant, _ nodes: Nodes) -> ClauseWord {
    guard case .string(let name) = constant, let node = nodes.id(of: name) else { return .constant(constant) }
    return .node(node)
  }

  private static func words(of column: HeadColumn, _ nodes: Nodes) -> [ClauseWord] {
    switch column {
    case .aggregate(let aggregate, let variable): [.sign(aggregate.rawValue), .variable(variable)]
    case .expression(let expression): words(of: expression, nodes)
    }
  }

  private static func words(of term: BodyTerm, _ nodes: Nodes) -> [ClauseWord] {
    switch term {
    case .atom(let atom):
      [.sign(atom.isNegated ? "notin" : "atom"), .relation(atom.relation), .number(atom.round ?? 0)]
        + atom.columns.flatMap { words(of: $0, nodes) }
    case .comparison(let comparison):
      [.sign(comparison.comparator.rawValue)] + words(of: comparison.left, nodes)
        + words(of: comparison.right, nodes)
    case .count(let count):
      [.sign("count"), .variable(count.result), .number(count.atoms.count), .number(count.comparisons.count)]
        + (count.atoms.map { .atom($0) } + count.comparisons.map { .comparison($0) }).flatMap {
          words(of: $0, nodes)
        }
    }
  }

  private static func words(of column: AtomColumn, _ nodes: Nodes) -> [ClauseWord] {
    switch column {
    case .variable(let variable): [.variable(variable)]
    case .constant(let constant): [word(for: constant, nodes)]
    case .wildcard: [.sign("_")]
    case .expression(let expression): words(of: expression, nodes)
    }
  }

  private static func words(of expression: Expression, _ nodes: Nodes) -> [ClauseWord] {
    switch expression {
    case .constant(let constant): [word(for: constant, nodes)]
    case .variable(let variable): [.variable(variable)]
    case .binary(let operation, let left, let right):
      [.sign(operation.rawValue)] + words(of: left, nodes) + words(of: right, nodes)
    }
  }
}

extension Program {
  /// Whether some rule may compare two strings by their order.
  fileprivate var comparesNames: Bool { rules.contains { $0.comparesNames } }
}

extension Rule {
  fileprivate var comparesNames: Bool {
    let picksByOrder = head.contains { column in
      guard case .aggregate(let aggregate, let variable) = column else { return false }
      return (aggregate == .min || aggregate == .max) && variables[variable].type != .integer
    }
    return picksByOrder
      || comparisons.contains { comparison in
        switch comparison.comparator {
        case .equal, .notEqual: return false
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
          return !isNumber(comparison.left) && !isNumber(comparison.right)
        }
      }
  }

  private func isNumber(_ expression: Expression) -> Bool {
    switch expression {
    case .constant(let constant): constant.type == .integer
    case .variable(let variable): variables[variable].type == .integer
    case .binary: true
    }
  }
}

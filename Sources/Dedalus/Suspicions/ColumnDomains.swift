// What a column can hold at all. A column has what facts put there and what the heads of rules pass on: a
// constant, or what a variable may be, which is what each of its premises allows. The least sets that agree
// with all facts and rules are found by going through the rules again while something grows. Wherever a rule
// computes, and where a set grows large, anything is possible.
//
// Invariant: in every run, whatever the faults, each value of a column is in its domain.

import Indices
import Texts

/// The values that a column may have.
enum ColumnDomain: Equatable {
  case values(Set<Constant>)
  case any

  /// The largest number of values that are told apart.
  static let largest = 64

  func contains(_ constant: Constant) -> Bool {
    switch self {
    case .values(let values): values.contains(constant)
    case .any: true
    }
  }

  /// The values, sorted; nil where any is possible.
  var list: [Constant]? {
    switch self {
    case .values(let values): values.sorted()
    case .any: nil
    }
  }

  func intersection(_ other: ColumnDomain) -> ColumnDomain {
    switch (self, other) {
    case (.any, let known), (let known, .any): known
    case (.values(let left), .values(let right)): .values(left.intersection(right))
    }
  }

  /// Adds `other`; returns whether that is more than before.
  mutating func formUnion(_ other: ColumnDomain) -> Bool {
    guard case .values(let known) = self else { return false }
    guard case .values(let added) = other else {
      self = .any
      return true
    }
    if added.isSubset(of: known) { return false }
    let union = known.union(added)
    self = union.count > Self.largest ? .any : .values(union)
    return true
  }
}

/// The domains of all columns of a program.
struct ColumnDomains {
  private let program: Program
  /// The nodes; a rule fires at these, and messages go to these.
  private let nodes: Set<Constant>
  private var domains: IndexedArray<RelationID, [ColumnDomain]>

  init(_ program: Program, nodes: [Text]) {
    self.program = program
    self.nodes = Set(nodes.map { .string($0) })
    domains = IndexedArray(
      program.relations.map { Array(repeating: ColumnDomain.values([]), count: $0.arity) })
    for relation in program.worldRelations {
      domains[relation] = domains[relation].map { _ in .any }
    }
    for fact in program.possibleFacts {
      for (column, value) in fact.values.enumerated() where !domains[fact.relation][column].contains(value) {
        _ = domains[fact.relation][column].formUnion(.values([value]))
      }
    }
    close()
  }

  /// What column `column` of `relation` may hold.
  subscript(relation: RelationID, column: Int) -> ColumnDomain { domains[relation][column] }

  /// Applies the rules until nothing grows: a rule is applied again when a relation that it reads has grown.
  private mutating func close() {
    var readers = IndexedArray<RelationID, [RuleID]>(repeating: [], count: program.relations.count)
    for id in program.rules.indices {
      for atom in program.rules[id].atoms where !atom.isNegated { readers[atom.relation].append(id) }
    }
    var queue = Array(program.rules.indices)
    var isQueued = IndexedArray<RuleID, Bool>(repeating: true, count: program.rules.count)
    var next = 0
    while next < queue.count {
      let id = queue[next]
      next += 1
      isQueued[id] = false
      guard apply(program.rules[id]) else { continue }
      for reader in readers[program.rules[id].headRelation] where !isQueued[reader] {
        isQueued[reader] = true
        queue.append(reader)
      }
    }
    assert(isClosed, "no rule adds anything to the domains")
  }

  private var isClosed: Bool {
    var domains = self
    return program.rules.allSatisfy { !domains.apply($0) }
  }

  private mutating func apply(_ rule: Rule) -> Bool {
    var hasGrown = false
    for (position, column) in rule.head.enumerated() {
      var domain: ColumnDomain
      switch column {
      case .expression(let expression): domain = self.domain(of: expression, in: rule)
      case .aggregate(.min, let variable), .aggregate(.max, let variable):
        domain = self.domain(of: variable, in: rule)
      case .aggregate: domain = .any
      }
      if position == 0, rule.timing == .async { domain = domain.intersection(.values(nodes)) }
      if domains[rule.headRelation][position].formUnion(domain) { hasGrown = true }
    }
    return hasGrown
  }

  private func domain(of expression: Expression, in rule: Rule) -> ColumnDomain {
    switch expression {
    case .constant(let constant): .values([constant])
    case .variable(let variable): domain(of: variable, in: rule)
    case .binary: .any
    }
  }

  /// What `variable` may be in a match of `rule`; with `location`, only where the rule fires.
  func domain(of variable: VariableID, in rule: Rule, firing: Bool = true) -> ColumnDomain {
    if rule.nodeVariables.contains(variable) { return .values(nodes) }
    var domain = ColumnDomain.any
    for case .atom(let atom) in rule.body where !atom.isNegated {
      for (position, column) in atom.columns.enumerated() where column == .variable(variable) {
        domain = domain.intersection(domains[atom.relation][position])
      }
    }
    for case .comparison(let comparison) in rule.body where comparison.binds == variable {
      switch comparison.right {
      case .constant(let constant): domain = domain.intersection(.values([constant]))
      case .variable(let other) where other != variable:
        domain = domain.intersection(self.domain(of: other, in: rule))
      case .variable, .binary: break
      }
    }
    if firing, rule.location == .variable(variable) { domain = domain.intersection(.values(nodes)) }
    return domain
  }
}

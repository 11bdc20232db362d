// What a node knows of another one it knows from messages. A rule that reads the rows of two nodes, or
// derives at another node than its own, without a message, makes a protocol in which nothing can be lost on
// that way: a forgotten `@async`, or `@next` in its place. Only what judges a run may look at all nodes at
// once.
//
// The protocol is what messages depend on (`ProtocolRules`), and what keeps state at nodes. A specification
// may keep something, too: rows of a violation are carried to the last round. It differs from a protocol in
// two ways, and only a rule of the protocol
// - derives at a node whose rows it does not read: `log(M, P)@next :- bcast(N, P), knows(N, M)` passes
//   something on, while `two(M, N)@next :- leader(N), leader(M), N != M` looks at both;
// - reads elsewhere what depends on what it derives: `holds(N)@next :- wants(N), notin holds(_)`.
//
// It is no reaching over to read what cannot stand at a node, what the world states, or a static relation:
// the code and configuration of another node might as well be given to this one. So with a rule that
// completes what is given, from static relations in rounds that it names, or from its own relation: `link(N,
// M) :- link(M, N)`.

import Indices
import Texts

/// A rule that reads or derives rows at two nodes without a message.
struct RemoteAccess {
  /// What reaches over.
  enum Access {
    /// A premise, the one that stands somewhere else.
    case read(Atom)
    /// The head.
    case derived
  }
  let rule: RuleID
  let access: Access
  /// The location of the rule; nil for `_`.
  let here: String?
  /// Where the row stands; nil for `_`.
  let there: String?
  /// The rule whose message depends on this one; nil where it sends the message itself, or none depends on
  /// it.
  let message: RuleID?
}

/// Finds such rules.
struct RemoteAccesses {
  private let program: Program
  private let nodes: Set<Constant>
  private let domains: ColumnDomains
  private let protocolRules: ProtocolRules
  /// The relations that depend on each other, in whatever rounds.
  private let components: Components
  private let kept: Set<RelationID>
  /// What only a specification has: the left sides of properties.
  private let demands: Set<RelationID>
  /// The relations that are derived from themselves and from what is given, within a round.
  private let completed: Set<RelationID>

  init(_ program: Program, nodes: [Text], _ domains: ColumnDomains) {
    self.program = program
    self.nodes = Set(nodes.map { .string($0) })
    self.domains = domains
    demands = Set(
      ["pre", "post"].compactMap { program.relation(named: $0) } + program.properties.map(\.form.demand))
    let others = program.rules.filter { !$0.isFrameRule && !program.completes($0) }
    completed = Set(program.relations.indices).subtracting(others.map(\.headRelation))
    protocolRules = ProtocolRules(of: program.rules, relationCount: program.relations.count)
    components = DependencyGraph(program.rules, relations: program.relations, acrossRounds: true)
      .components(in: .everyNamedRound)
    kept = Set(program.possibleFacts.map(\.relation)).union(
      program.rules.filter { $0.timing != .deductive }.map(\.headRelation))
  }

  /// The rules that reach over, each once.
  func all() -> [RemoteAccess] { program.rules.indices.compactMap { access(of: $0) } }

  private func access(of id: RuleID) -> RemoteAccess? {
    let rule = program.rules[id]
    let message = protocolRules.message[id]
    let keepsState =
      kept.contains(rule.headRelation) && !demands.contains(rule.headRelation) && standsAtNode(rule)
    guard message != nil || keepsState, !completesWhatIsGiven(rule) else { return nil }
    let dependsOn = message == id ? nil : message
    if rule.timing != .async, let there = place(ofHeadOf: rule),
      message != nil || !readsAtPlaceOfHead(rule)
    {
      return RemoteAccess(
        rule: id, access: .derived, here: here(of: rule), there: there, message: dependsOn)
    }
    for atom in rule.atoms where isLocalKnowledge(atom.relation) {
      guard let there = otherPlace(of: atom, in: rule),
        message != nil || components.ofRelation[atom.relation] == components.ofRelation[rule.headRelation]
      else { continue }
      return RemoteAccess(
        rule: id, access: .read(atom), here: here(of: rule), there: there == "_" ? nil : there,
        message: dependsOn)
    }
    return nil
  }

  /// Whether the rule only completes what is given.
  private func completesWhatIsGiven(_ rule: Rule) -> Bool {
    program.completes(rule)
      && (completed.contains(rule.headRelation) || rule.atoms.allSatisfy { $0.relation != rule.headRelation })
  }

  /// Whether `rule` reads what only the node that its head names knows.
  private func readsAtPlaceOfHead(_ rule: Rule) -> Bool {
    rule.atoms.contains { atom in
      guard !atom.isNegated, isLocalKnowledge(atom.relation) else { return false }
      switch (rule.head[0], atom.columns[0]) {
      case (.expression(.variable(let head)), .variable(let place)),
        (.aggregate(.min, let head), .variable(let place)),
        (.aggregate(.max, let head), .variable(let place)):
        return head == place
      case (.expression(.constant(let head)), .constant(let place)): return head == place
      default: return false
      }
    }
  }

  /// Whether rows of `relation` are known at their node alone.
  private func isLocalKnowledge(_ relation: RelationID) -> Bool {
    !program.worldRelations.contains(relation) && !program.staticRelations.contains(relation)
      && program.relations[relation].columnTypes[0] != .integer && mayStandAtNode(domains[relation, 0])
  }

  private func mayStandAtNode(_ domain: ColumnDomain) -> Bool {
    switch domain {
    case .any: true
    case .values(let values): !values.isDisjoint(with: nodes)
    }
  }

  /// Whether the head of `rule` may be a row of a node.
  private func standsAtNode(_ rule: Rule) -> Bool {
    switch rule.head[0] {
    case .expression(.constant(let constant)): nodes.contains(constant)
    case .expression(.variable(let variable)), .aggregate(.min, let variable), .aggregate(.max, let variable):
      mayStandAtNode(domains.domain(of: variable, in: rule))
    case .expression(.binary), .aggregate: false
    }
  }

  /// How the text names the location of `rule`.
  private func here(of rule: Rule) -> String? {
    switch rule.location {
    case .variable(let variable): rule.variables[variable].name
    case .constant(let constant): constant.description
    case .unconstrained: nil
    }
  }

  /// How the text names the place of the head, if that is another node than the rule's.
  private func place(ofHeadOf rule: Rule) -> String? {
    guard standsAtNode(rule) else { return nil }
    switch rule.head[0] {
    case .expression(.constant(let constant)):
      return isHere(constant, in: rule) ? nil : constant.description
    case .expression(.variable(let variable)), .aggregate(.min, let variable), .aggregate(.max, let variable):
      return isHere(variable, in: rule) ? nil : rule.variables[variable].name
    case .expression(.binary), .aggregate: return nil
    }
  }

  /// How the text names the place of a premise, if that is another node than the rule's; `_` for all nodes.
  private func otherPlace(of atom: Atom, in rule: Rule) -> String? {
    switch atom.columns[0] {
    case .constant(let constant):
      nodes.contains(constant) && !isHere(constant, in: rule) ? constant.description : nil
    case .variable(let variable): isHere(variable, in: rule) ? nil : rule.variables[variable].name
    case .wildcard: "_"
    case .expression: nil
    }
  }

  private func isHere(_ constant: Constant, in rule: Rule) -> Bool {
    switch rule.location {
    case .constant(let location): location == constant
    case .variable(let variable): domains.domain(of: variable, in: rule) == .values([constant])
    case .unconstrained: false
    }
  }

  /// Whether `variable` is the location of `rule`, or compared with it for equality.
  private func isHere(_ variable: VariableID, in rule: Rule) -> Bool {
    switch rule.location {
    case .constant(let constant): return domains.domain(of: variable, in: rule) == .values([constant])
    case .unconstrained: return false
    case .variable(variable): return true
    case .variable(let location):
      return rule.comparisons.contains { comparison in
        guard comparison.comparator == .equal, case .variable(let left) = comparison.left,
          case .variable(let right) = comparison.right
        else { return false }
        return (left, right) == (variable, location) || (left, right) == (location, variable)
      }
    }
  }
}

extension Program {
  /// Whether the rule derives from what is given alone, static relations in rounds that it names, or within
  /// the round from its own relation.
  fileprivate func completes(_ rule: Rule) -> Bool {
    !rule.atoms.isEmpty
      && rule.atoms.allSatisfy { atom in
        atom.round != nil && staticRelations.contains(atom.relation)
          || rule.timing == .deductive && atom.relation == rule.headRelation && !atom.isNegated
      }
  }
}

extension PropertyDeclaration.Form {
  /// The relation whose rows demand something, or must not be.
  fileprivate var demand: RelationID {
    switch self {
    case .finally(let pre, _), .always(let pre, _), .within(_, let pre, _): pre
    case .never(let relation), .stable(let relation): relation
    }
  }
}

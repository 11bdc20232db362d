// The warnings about what may be meant otherwise. They depend on the nodes, and on what is asked.

import Indices
import Texts

extension Program {
  /// What the specification of the program names: `pre`, `post`, and the relations of its properties.
  private var specified: Set<RelationID> {
    let outcomes = ["pre", "post"].compactMap { relation(named: $0) }
    return Set(outcomes + properties.flatMap(\.form.relations))
  }

  /// Reports what probably means less than it seems to: premises that are never met, what passes between
  /// nodes without a message; and where something is asked, relations that nobody reads, and that nothing is
  /// sent. `outcomes` are relations that are asked for by name; nil where no specification is looked at.
  func reportSuspicions(
    nodes: [Text], outcomes: Set<Text>?, told: Set<Text>, to list: inout DiagnosticList
  ) {
    let domains = ColumnDomains(self, nodes: nodes)
    for unmatched in unmatchedConstants(domains) where list.hasRoomForWarnings {
      if case .string(let name) = unmatched.constant, told.contains(name) { continue }
      // A part may be made for more than the program does with it; but a slip of the pen is one.
      if unmatched.range.file != FileID(0), unmatched.meant == nil { continue }
      list.report(.neverMatched(unmatched))
    }
    reportPlacesWithoutNode(domains, nodes: nodes, told: told, to: &list)
    for access in RemoteAccesses(self, nodes: nodes, domains).all() where list.hasRoomForWarnings {
      list.report(
        .remoteAccess(
          access, in: rules[access.rule], message: access.message.map { rules[$0].headRange }))
    }
    if let outcomes {
      let asked = specified.union(outcomes.compactMap { relation(named: $0.string) })
      reportUnread(asked: asked, to: &list)
      if nodes.count > 1, let first = rules.elements.first, !rules.contains(where: { $0.timing == .async }) {
        list.report(.noMessage(first))
      }
    }
    reportUnknownNodes(nodes, to: &list)
  }

  /// Reports each rule whose location can be no node, by way of what other rules derive.
  private func reportPlacesWithoutNode(
    _ domains: ColumnDomains, nodes: [Text], told: Set<Text>, to list: inout DiagnosticList
  ) {
    let known = Set(nodes)
    for rule in rules where list.hasRoomForWarnings {
      guard case .variable(let variable) = rule.location, let first = rule.firstAtom,
        let possible = domains.domain(of: variable, in: rule, firing: false).list
      else { continue }
      let names = possible.compactMap { if case .string(let name) = $0 { name } else { nil } }
      guard let name = names.first, names.allSatisfy({ !known.contains($0) }), !told.contains(name) else {
        continue
      }
      list.report(
        .noPlace(
          rule.variables[variable].name, names.map { .string($0) }, at: first.range,
          suggestion: nearest(to: name.string, among: nodes.lazy.map(\.string))))
    }
  }

  private func reportUnread(asked: Set<RelationID>, to list: inout DiagnosticList) {
    let names = undefined.map { relations[$0].name }
    var suggestions = 0
    for relation in unread where list.hasRoomForWarnings && !asked.contains(relation) {
      guard let range = relations[relation].range else { continue }
      suggestions += 1  // comparing many names with many would take long
      list.report(
        .unreadRelation(
          relations[relation].name, at: range,
          suggestion: suggestions <= 20 ? nearest(to: relations[relation].name, among: names) : nil))
    }
  }

  /// Reports each node at which nothing is given, because the program does not name it.
  private func reportUnknownNodes(_ nodes: [Text], to list: inout DiagnosticList) {
    let named = constantNames
    guard !rules.contains(where: { !$0.nodeVariables.isEmpty }) else { return }
    let others = named.subtracting(nodes).map(\.string).sorted()
    for node in nodes where !named.contains(node) && list.hasRoomForWarnings {
      list.report(.unknownNode(node.string, suggestion: nearest(to: node.string, among: others)))
    }
  }

  /// Every string of the facts and rules, and the declared nodes.
  private var constantNames: Set<Text> {
    var names = Set(declaredNodes ?? [])
    func add(_ constant: Constant) { if case .string(let name) = constant { names.insert(name) } }
    for fact in possibleFacts { fact.values.forEach(add) }
    for rule in rules {
      for atom in rule.atoms { for case .constant(let constant) in atom.columns { add(constant) } }
      for case .expression(.constant(let constant)) in rule.head { add(constant) }
      for side in rule.comparisons.flatMap({ [$0.left, $0.right] }) {
        if case .constant(let constant) = side { add(constant) }
      }
    }
    return names
  }
}

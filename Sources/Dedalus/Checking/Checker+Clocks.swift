// `time` is for specifications and for the logs of test clients. A protocol that reads it has synchronised
// clocks, which is more than most publications assume. `crash`, `outage` and `pause` are for specifications:
// they are known everywhere at once, and before anything happens. A rule that holds the round against what it
// knows sees what is past, as a perfect failure detector does. See `ProtocolRules` for what is protocol.

import Indices

extension Checker {
  /// Warns once for each rule of the protocol that reads what the run states, at the first such premise.
  mutating func reportWorldInProtocol(_ rules: IndexedArray<RuleID, Rule>) {
    let stated = [Symbol.crash, .outage, .pause].compactMap(worldRelation)
    let time = worldRelation(.time)
    let messages = ProtocolRules(of: rules, relationCount: relations.entries.count).message
    for id in rules.indices where diagnostics.hasRoomForWarnings {
      guard let message = messages[id] else { continue }
      let place = message == id ? nil : rules[message].headRange
      if let atom = rules[id].atoms.first(where: { $0.relation == time }) {
        diagnostics.report(.synchronisedClocks(atom.range, message: place))
      }
      let future = rules[id].atoms.first { stated.contains($0.relation) && !rules[id].boundsRound(of: $0) }
      if let atom = future {
        diagnostics.report(
          .worldInProtocol(symbols[relations[atom.relation].name], atom.range, message: place))
      }
    }
  }

  /// The relations that the first file defines and that no rule reads but those that derive them. A part
  /// may offer more than is used.
  var unreadRelations: [RelationID] {
    var read = Set<Symbol>()
    for rule in tree.rules {
      read.formUnion(tree.atoms(of: rule).lazy.map(\.name).filter { $0 != rule.head.name })
    }
    var own = Set<Symbol>()
    for rule in tree.rules where rule.file == FileID(0) { own.insert(rule.head.name) }
    for fact in tree.facts where fact.file == FileID(0) { own.insert(fact.atom.name) }
    return relations.entries.indices.filter {
      own.contains(relations[$0].name) && !read.contains(relations[$0].name)
    }
  }

  /// The relations that are read and never derived.
  func undefinedRelations(_ facts: [Fact]) -> [RelationID] {
    let defined = definedRelations(facts: facts)
    return relations.entries.indices.filter { !defined[$0] }
  }
}

extension Rule {
  /// Whether the rule holds the round that `atom`, a statement of the world, tells against something that it
  /// knows: another premise has it, too, or it is compared with what another premise tells.
  fileprivate func boundsRound(of atom: Atom) -> Bool {
    guard atom.columns.count > 2, case .variable(let round) = atom.columns[2] else { return false }
    if atoms.contains(where: {
      !$0.isNegated && $0.range != atom.range && $0.columns.contains(.variable(round))
    }) {
      return true
    }
    return comparisons.contains { comparison in
      let variables = comparison.left.variables + comparison.right.variables
      return comparison.comparator != .notEqual && variables.contains(round)
        && variables.contains { $0 != round }
    }
  }
}

extension Expression {
  fileprivate var variables: [VariableID] {
    switch self {
    case .constant: []
    case .variable(let variable): [variable]
    case .binary(_, let left, let right): left.variables + right.variables
    }
  }
}

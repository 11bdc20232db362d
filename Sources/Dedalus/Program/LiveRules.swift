// What can be told from the rules of a program about how one round follows from another. Where a relation is
// known to be empty, `crash` where no node may crash, the rules that need a row of it never fire. So nothing
// depends on what only they read: a clock that is there to tell how long ago a crash was does not tick for
// anybody.

import Indices

/// The rules of a program that may fire where some relations have no rows in any round.
package struct LiveRules {
  private let program: Program
  private let rules: [Rule]

  /// The rules of `program` that may fire where the relations `empty` have no rows.
  package init(of program: Program, without empty: Set<RelationID> = []) {
    self.program = program
    rules = program.liveRules(without: empty)
  }

  /// The last round that is named by a fact of `relations`, by a choice of when to place one, or by an `@` in
  /// a rule that derives one of them; 1 where none is named.
  package func lastNamedRound(about relations: Set<RelationID>) -> Int {
    let ofFacts = program.facts.filter { relations.contains($0.relation) }.map(\.round)
    let ofChoices = program.choices.filter { relations.contains($0.relation) }.map(\.rounds.upperBound)
    let ofRules = rules(deriving: relations).flatMap { $0.atoms.compactMap(\.round) }
    return (ofFacts + ofChoices + ofRules).max() ?? 1
  }

  /// Whether a rule that derives one of `relations` tells values apart in one of these columns of `read`,
  /// counted from 0; no rule does where that is nil.
  package func distinguish(
    _ columns: [Int], of read: RelationID?, whereTheyDerive relations: Set<RelationID>
  ) -> Bool {
    rules(deriving: relations).contains { rule in
      rule.atoms.contains { $0.relation == read && rule.distinguishes(columns, of: $0) }
    }
  }

  /// Whether a rule that derives one of `relations` depends on the numbers of rounds that the clock states.
  package func tellRounds(whereTheyDerive relations: Set<RelationID>) -> Bool {
    distinguish([1, 2], of: program.time, whereTheyDerive: relations)
  }

  /// `relations`, and those on which they depend through rules. The rules that derive them read no others.
  package func cone(of relations: Set<RelationID>) -> Set<RelationID> {
    var cone = relations
    var waiting = Array(relations)
    while let relation = waiting.popLast() {
      for rule in rules where rule.headRelation == relation {
        for atom in rule.atoms where cone.insert(atom.relation).inserted { waiting.append(atom.relation) }
      }
    }
    return cone
  }

  /// The relations that have rows which come into a round: facts, rows of the round before, messages. The
  /// rows of all other relations are derived within a round from these, or stated by the world.
  package var relationsThatCome: Set<RelationID> {
    Set(rules.lazy.filter { $0.timing != .deductive }.map(\.headRelation))
      .union(program.facts.lazy.map(\.relation)).union(program.choices.lazy.map(\.relation))
  }

  /// The first of `relations` by name that is durable and also derived within a round; nil where none is. At
  /// a node that does not act a row of it stays if it came into the round, and not if it was derived in it.
  package func nameOfDerivedDurable(among relations: Set<RelationID>) -> String? {
    let derived = Set(rules.lazy.filter { $0.timing == .deductive }.map(\.headRelation))
    return program.durable.intersection(derived).intersection(relations)
      .map { program.relations[$0].name }.min()
  }

  private func rules(deriving relations: Set<RelationID>) -> [Rule] {
    rules.filter { relations.contains($0.headRelation) }
  }
}

extension Program {
  /// Every relation.
  package var allRelations: Set<RelationID> { Set(relations.indices) }

  /// The rules that do not need a row of `empty`, nor of a relation that has no rows for want of those: what
  /// nothing but such rules derives, and no fact states, is empty, too.
  fileprivate func liveRules(without empty: Set<RelationID>) -> [Rule] {
    if empty.isEmpty { return rules.elements }
    let given = (facts.map(\.relation) + choices.map(\.relation) + worldRelations).filter {
      !empty.contains($0)
    }
    let possible = possibleRelations(
      given: given, rules: rules.map { ($0.headRelation, $0.needs) }, among: relations.count)
    return rules.filter { $0.needs.allSatisfy { possible[$0] } }
  }
}

extension Rule {
  /// The relations of which it needs a row to fire.
  fileprivate var needs: [RelationID] {
    body.compactMap { if case .atom(let atom) = $0, !atom.isNegated { atom.relation } else { nil } }
  }
}

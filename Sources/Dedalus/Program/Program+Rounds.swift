import Indices

extension Program {
  /// Every relation.
  package var allRelations: Set<RelationID> { Set(relations.indices) }

  /// The last round that a fact of `relations` names, a choice of when one is placed, or an `@` in a rule
  /// that derives one; 1 where none does.
  package func lastNamedRound(about relations: Set<RelationID>) -> Int {
    let ofFacts = facts.filter { relations.contains($0.relation) }.map(\.round)
    let ofChoices = choices.filter { relations.contains($0.relation) }.map(\.rounds.upperBound)
    let ofRules = rules(deriving: relations).flatMap { $0.atoms.compactMap(\.round) }
    return (ofFacts + ofChoices + ofRules).max() ?? 1
  }

  /// Whether a rule that derives one of `relations` tells values apart in one of these columns of `read`,
  /// counted from 0; no rule does where that is nil.
  package func distinguishes(
    _ columns: [Int], of read: RelationID?, whereItDerives relations: Set<RelationID>
  ) -> Bool {
    rules(deriving: relations).contains { rule in
      rule.atoms.contains { $0.relation == read && rule.distinguishes(columns, of: $0) }
    }
  }

  /// Whether a rule that derives one of `relations` depends on the numbers of rounds that the clock states.
  package func tellsRounds(whereItDerives relations: Set<RelationID>) -> Bool {
    distinguishes([1, 2], of: time, whereItDerives: relations)
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
      .union(facts.lazy.map(\.relation)).union(choices.lazy.map(\.relation))
  }

  /// The first of `relations` by name that is durable and also derived within a round; nil where none is. At
  /// a node that does not act a row of it stays if it came into the round, and not if it was derived in it.
  package func nameOfDerivedDurable(among relations: Set<RelationID>) -> String? {
    let derived = Set(rules.lazy.filter { $0.timing == .deductive }.map(\.headRelation))
    return durable.intersection(derived).intersection(relations).map { self.relations[$0].name }.min()
  }

  private func rules(deriving relations: Set<RelationID>) -> [Rule] {
    rules.filter { relations.contains($0.headRelation) }
  }
}

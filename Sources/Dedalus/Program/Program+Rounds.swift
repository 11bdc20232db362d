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

  private func rules(deriving relations: Set<RelationID>) -> [Rule] {
    rules.filter { relations.contains($0.headRelation) }
  }
}

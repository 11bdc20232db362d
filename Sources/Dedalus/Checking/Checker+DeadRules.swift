// Rules that can never fire are removed before strata are computed, because a cycle through such a rule does
// not count. A rule can fire when its location can be a node and every positive premise can hold; a relation
// can hold when it has a fact or a rule that can fire.

import Indices

extension Checker {
  /// Removes the rules whose location, or the destination of whose message, is an integer. A location of
  /// unknown type is a string.
  mutating func removeMisplaced(_ drafts: inout [RuleDraft]) {
    guard !hasTypeClash else { return }  // what is an integer is not known then
    drafts.removeAll { draft in
      var isMisplaced = false
      for (place, isDestination) in [(draft.locationPlace, false), (draft.destinationPlace, true)] {
        guard let place, !isMisplaced else { continue }
        if types.type(of: place) == .integer {
          diagnostics.report(.locationIsInteger(place.range, isDestination: isDestination))
          isMisplaced = true
        }
      }
      return isMisplaced
    }
    for draft in drafts {
      for place in [draft.locationPlace, draft.destinationPlace] {
        guard let place else { continue }
        unify(place, TypedPlace(term: .known(.string), subject: .constant, range: place.range))
      }
    }
  }

  /// Removes the rules with a premise that can never hold.
  mutating func removeDead(_ drafts: inout [RuleDraft], facts: [Fact]) {
    reportUndefined(drafts, facts: facts)
    let possible = possibleRelations(drafts, facts: facts)
    let excused = tree.optionals.isEmpty ? possible : possibleRelations(drafts, facts: facts, with: optional)
    let defined = definedRelations(facts: facts)
    drafts.removeAll { draft in
      guard let missing = draft.premises.first(where: { !possible[$0.relation] }) else { return false }
      let blamed = draft.premises.first { !excused[$0.relation] }
      if defined[missing.relation], let blamed, defined[blamed.relation] {
        diagnostics.report(.ruleNeverFires(blamed.range, premise: symbols[relations[blamed.relation].name]))
      }
      return true
    }
  }

  /// The relations that need not be given.
  private var optional: [RelationID] { tree.optionals.map { declaredRelation(of: $0.atom) } }

  /// The relations that can hold: those with facts and, repeatedly, the heads of rules whose positive
  /// premises can all hold; `others` are taken to hold, too.
  private func possibleRelations(
    _ drafts: [RuleDraft], facts: [Fact], with others: [RelationID] = []
  ) -> IndexedArray<RelationID, Bool> {
    Dedalus.possibleRelations(
      given: others + facts.map(\.relation) + world.names.compactMap { relations.relation(named: $0) },
      rules: drafts.map { ($0.headRelation, $0.premises.map(\.relation)) }, among: relations.entries.count)
  }

  /// The relations that some fact or rule derives, even a rule that cannot fire.
  func definedRelations(facts: [Fact]) -> IndexedArray<RelationID, Bool> {
    var defined = IndexedArray<RelationID, Bool>(repeating: false, count: relations.entries.count)
    for fact in facts { defined[fact.relation] = true }
    for rule in tree.rules { defined[declaredRelation(of: rule.head)] = true }
    for name in world.names { if let relation = relations.relation(named: name) { defined[relation] = true } }
    return defined
  }

  /// Warns once for each relation that is read but never derived, at its first mention.
  private mutating func reportUndefined(_ drafts: [RuleDraft], facts: [Fact]) {
    var needed = IndexedArray<RelationID, Bool>(repeating: false, count: relations.entries.count)
    var negated = needed
    for draft in drafts {
      for premise in draft.premises { needed[premise.relation] = true }
      for case .atom(let atom) in draft.body where atom.isNegated { negated[atom.relation] = true }
    }
    let defined = definedRelations(facts: facts)
    let names = relations.entries.indices.filter { defined[$0] }.map { symbols[relations[$0].name] }
    var suggestions = 0
    let optional = Set(optional)
    for relation in relations.entries.indices where !defined[relation] && !optional.contains(relation) {
      guard let range = relations[relation].range else { continue }
      suggestions += 1  // comparing many names with many would take long
      let name = symbols[relations[relation].name]
      diagnostics.report(
        .undefinedRelation(
          name, at: range, use: needed[relation] ? .premise : negated[relation] ? .negated : .counted,
          suggestion: suggestions <= 20 ? nearest(to: name, among: names) : nil))
    }
  }
}

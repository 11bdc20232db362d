// Which relations a node finds again when it comes back.

import Indices

extension Program {
  /// The relations that the run fills: `crash`, and those of `outage`, `pause` and `time` that it states in
  /// this program.
  public var worldRelations: [RelationID] { [crash] + [outage, pause, time].compactMap { $0 } }

  /// The relations below `count` that no rule derives but its own frame rule, without those `excluded`. A
  /// rule that can never fire derives nothing.
  static func staticRelations(
    below count: Int, rules: IndexedArray<RuleID, Rule>, excluding excluded: Set<RelationID>
  ) -> Set<RelationID> {
    let derived = Set(rules.lazy.filter { !$0.isFrameRule }.map(\.headRelation))
    return Set((0..<count).lazy.map { RelationID($0) }).subtracting(derived).subtracting(excluded)
  }
}

extension Rule {
  /// Whether the rule is `p(X, Y)@next :- p(X, Y);`: it keeps every row of its relation as it is, by
  /// different variables in the same order, and does nothing else.
  var isFrameRule: Bool {
    guard timing == .inductive, body.count == 1, case .atom(let atom) = body[0],
      atom.relation == headRelation, atom.round == nil, !atom.isNegated
    else { return false }
    assert(head.count == atom.columns.count, "both are rows of one relation")
    var seen: Set<VariableID> = []
    return zip(head, atom.columns).allSatisfy { head, column in
      guard case .expression(.variable(let variable)) = head else { return false }
      return column == .variable(variable) && seen.insert(variable).inserted
    }
  }
}

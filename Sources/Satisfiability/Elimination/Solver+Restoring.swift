extension Solver {
  /// Restores the eliminated variables of `literals`, and those in their clauses.
  mutating func restore(variablesOf literals: [Literal]) {
    if elimination.removed.isUnused { return }
    var open = literals.filter { elimination.isEliminated($0.variable) }
    var clauses: [EliminatedClauses.Clause] = []
    while let variable = open.popLast()?.variable {
      guard elimination.isEliminated(variable) else { continue }
      undecided.insert(variable)
      let own = elimination.restore(variable)
      for clause in own { open += clause.literals }
      clauses += own
    }
    for clause in clauses { attachGiven(clause.literals, identifier: clause.identifier) }
  }
}

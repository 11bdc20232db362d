extension Solver {
  /// Removes all watches and lists the clauses of the formula by their literals, simplified by the facts.
  mutating func listOccurrences() {
    releaseFacts()
    watches.removeAll()
    elimination.open(variableCount: variableCount)
    elimination.budget = 10_000_000 + statistics.propagations / 10
    forEachClause { solver, clause in
      if solver.clauses.isLearned(clause) { return }
      guard let kept = solver.withoutFacts(clause) else { return }
      solver.list(kept)
    }
    drawFacts()
  }

  /// Adds `clause` to the lists of all its literals.
  private mutating func list(_ clause: ClauseReference) {
    var signature: UInt32 = 0
    for position in 0..<clauses.size(clause) {
      signature |= 1 << (clauses[clause, position].variable.rawValue &* 0x9E37_79B1 >> 27)
    }
    let occurrence = Occurrence(clause: clause, signature: signature)
    for position in 0..<clauses.size(clause) {
      let literal = clauses[clause, position]
      elimination.occurrences[literal].append(occurrence)
      elimination.isTouched[literal.variable] = true
    }
    elimination.fresh.append(occurrence)
  }

  /// Deletes `clause` for good.
  mutating func drop(_ clause: ClauseReference) {
    reportDeletion(of: clause)
    takeOut(clause)
  }

  /// Deletes `clause`, which may be restored, so the proof keeps it. The lists drop it when they are next
  /// used.
  mutating func takeOut(_ clause: ClauseReference) {
    for position in 0..<clauses.size(clause) {
      elimination.isTouched[clauses[clause, position].variable] = true
    }
    clauses.delete(clause)
  }

  mutating func liveOccurrences(of literal: Literal) -> [Occurrence] {
    elimination.budget -= elimination.occurrences[literal].count
    let live = elimination.occurrences[literal].filter { !clauses.isDeleted($0.clause) }
    elimination.occurrences[literal] = live
    return live
  }

  /// Adds the clause of `literals`, which is not a tautology and follows from `hints`.
  mutating func addDerived(_ literals: [Literal], hints: [ClauseIdentifier]) {
    if outcome.isRefuted { return }
    let identifier = proof.derive(literals, hints: hints)
    if literals.count == 1 { return addFact(literals[0], provedBy: identifier) }
    list(append(literals, identifier: identifier))
  }

  /// Puts a clause of `literals` into the arena.
  private mutating func append(
    _ literals: [Literal], identifier: ClauseIdentifier, learnedWithGlue glue: Int? = nil
  ) -> ClauseReference {
    analysis.clear()
    for literal in literals { analysis.lesson.append(literal) }
    return clauses.append(analysis.lesson, identifier: identifier, learnedWithGlue: glue)
  }

  private mutating func addFact(_ literal: Literal, provedBy identifier: ClauseIdentifier) {
    switch trail.value(literal) {
    case 0: assignFact(literal, provedBy: identifier)
    case 1: return
    default: refute(by: [identifier, factProof(literal.variable)])
    }
  }

  /// Facts have proofs only where the solver reports its reasoning.
  private func factProof(_ variable: Variable) -> ClauseIdentifier {
    proof.isOn ? proof.factProof(variable) : .none
  }

  /// Propagates new facts through the lists.
  mutating func drawFacts() {
    while !outcome.isRefuted, let fact = trail.nextToPropagate() {
      for occurrence in liveOccurrences(of: fact) {
        drop(occurrence.clause)
      }
      for occurrence in liveOccurrences(of: !fact) where !outcome.isRefuted {
        strengthen(occurrence.clause, without: !fact, because: factProof(fact.variable))
      }
    }
  }

  /// Deletes the learned clauses with eliminated variables, and watches the remaining clauses.
  mutating func watchAgain() {
    forEachClause { solver, clause in
      let isGone = (0..<solver.clauses.size(clause)).contains {
        solver.elimination.isEliminated(solver.clauses[clause, $0].variable)
      }
      if isGone { solver.delete(clause) }
    }
    collectGarbage()
    forEachClause { solver, clause in
      if let kept = solver.withoutFacts(clause) { solver.watch(kept) }
    }
    reductions.simplifiedFacts = trail.factCount
  }

  /// `clause`, at level 0, or the clause without the literals that facts make false; nil where facts satisfy
  /// it or only a new fact is left.
  private mutating func withoutFacts(_ clause: ClauseReference) -> ClauseReference? {
    let literals = literals(of: clause)
    if literals.contains(where: { trail.isTrue($0) }) {
      delete(clause)
      return nil
    }
    let open = literals.filter { !trail.isFalse($0) }
    guard open.count < literals.count, !outcome.isRefuted else { return clause }
    let reasons = literals.filter { trail.isFalse($0) }.map { factProof($0.variable) }
    let identifier = proof.derive(open, hints: reasons + [clauses.identifier(clause)])
    defer { delete(clause) }
    switch open.count {
    case 0: outcome.refute(by: identifier)
    case 1: assignFact(open[0], provedBy: identifier)
    default: return copy(clause, of: open, identifier: identifier)
    }
    return nil
  }

  /// A clause of `literals` with the glue and flags of `clause`.
  private mutating func copy(
    _ clause: ClauseReference, of literals: [Literal], identifier: ClauseIdentifier
  ) -> ClauseReference {
    guard clauses.isLearned(clause) else { return append(literals, identifier: identifier) }
    let shorter = append(
      literals, identifier: identifier, learnedWithGlue: min(clauses.glue(clause), literals.count))
    clauses.setRecency(shorter, to: clauses.recency(clause))
    return shorter
  }
}

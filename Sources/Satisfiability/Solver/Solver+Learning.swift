extension Solver {
  /// Adds the lesson of `conflict` to the clauses and jumps back to where it first forces something.
  mutating func learn(from conflict: ClauseReference) {
    let identifier = proveLesson(from: conflict)
    let size = analysis.lesson.count
    statistics.learnedClauses += 1
    statistics.learnedLiterals += size
    restarts.learned(glue: analysis.glue)
    let asserting = analysis.lesson[0]
    guard size > 1 else {
      backtrack(to: 0)
      assignFact(asserting, provedBy: identifier)
      return
    }
    backtrack(to: Int(trail[analysis.lesson[1].variable].level))
    assert(trail.value(asserting) == 0, "the jump frees the asserting literal")
    assert(trail.isFalse(analysis.lesson[1]), "the jump keeps what forces the asserting literal")
    let clause = clauses.append(
      analysis.lesson, identifier: identifier, learnedWithGlue: analysis.glue)
    clauses.setRecency(clause, to: ReductionSchedule.recency(ofGlue: analysis.glue))
    watch(clause)
    trail.assign(asserting, because: Reason(clause))
  }

  /// Makes `literal`, which depends on no decision, true for good.
  mutating func assignFact(_ literal: Literal, provedBy identifier: ClauseIdentifier) {
    assert(trail.level == 0, "a fact is assigned before the first decision")
    trail.assign(literal, because: .decision)
    proof.noteFact(literal.variable, provedBy: identifier)
  }

  /// Adds a clause of the formula, without the literals that facts make false.
  mutating func attachGiven(_ clause: [Literal], identifier: ClauseIdentifier) {
    guard gatherOpenLiterals(of: clause) else { return }
    guard !outcome.isRefuted else { return }
    let kept = proveShortened(clause, identifier: identifier)
    switch analysis.lesson.count {
    case 0: outcome.refute(by: kept)
    case 1: assignFact(analysis.lesson[0], provedBy: kept)
    default: watch(clauses.append(analysis.lesson, identifier: kept, learnedWithGlue: nil))
    }
  }

  /// Puts the literals of `clause` that no fact decides into `analysis.lesson`, sorted and once each.
  ///
  /// - Returns: false when the clause is true anyway.
  private mutating func gatherOpenLiterals(of clause: [Literal]) -> Bool {
    analysis.clear()
    for literal in clause {
      if trail.isTrue(literal) { return false }
      if !trail.isFalse(literal) { analysis.lesson.append(literal) }
    }
    analysis.lesson.sort()
    var kept = 0
    for position in 0..<analysis.lesson.count {
      let literal = analysis.lesson[position]
      if kept > 0 && analysis.lesson[kept - 1] == literal { continue }
      if kept > 0 && analysis.lesson[kept - 1] == !literal { return false }
      analysis.lesson[kept] = literal
      kept += 1
    }
    analysis.lesson.truncate(to: kept)
    return true
  }
}

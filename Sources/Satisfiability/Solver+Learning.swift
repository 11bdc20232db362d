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
    let clause = clauses.append(
      analysis.lesson, identifier: identifier, learnedWithGlue: analysis.glue)
    clauses.setRecency(clause, to: ReductionSchedule.recency(ofGlue: analysis.glue))
    watch(clause)
    trail.assign(asserting, because: Reason(clause))
  }

  /// Makes `literal`, which no decision stands behind, true for good.
  mutating func assignFact(_ literal: Literal, provedBy identifier: ClauseIdentifier) {
    assert(trail.level == 0, "a fact is assigned before the first decision")
    trail.assign(literal, because: .decision)
    proof.noteFact(literal.variable, provedBy: identifier)
  }

  /// Adds a clause of the formula, without what the facts say of it already.
  mutating func attachGiven(_ clause: [Literal], identifier: ClauseIdentifier) {
    let sorted = clause.sorted()
    analysis.clear()
    for literal in sorted {
      if trail.isTrue(literal) { return }
      let last = analysis.lesson.count - 1
      if last >= 0 && analysis.lesson[last] == !literal { return }
      if trail.isFalse(literal) || (last >= 0 && analysis.lesson[last] == literal) { continue }
      analysis.lesson.append(literal)
    }
    guard !outcome.isRefuted else { return }
    let kept = proveShortened(clause, identifier: identifier)
    switch analysis.lesson.count {
    case 0:
      outcome.isRefuted = true
      outcome.refutation = kept
    case 1: assignFact(analysis.lesson[0], provedBy: kept)
    default: watch(clauses.append(analysis.lesson, identifier: kept, learnedWithGlue: nil))
    }
  }
}

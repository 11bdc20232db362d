extension Solver {
  /// Decides, propagates and learns until every variable is assigned or the contradiction does not depend on
  /// decisions.
  mutating func search(assuming assumptions: [Literal], within limits: Limits) -> Answer {
    var allowance = Allowance(limits, from: statistics)
    restarts.begin()
    while !outcome.isRefuted {
      if let conflict = propagate() {
        resolve(conflict)
        if checksInvariants { checkInvariants() }
        if !outcome.isRefuted && allowance.isSpent(statistics) { return giveUp() }
        continue
      }
      if checksInvariants { checkInvariants() }
      if allowance.isSpent(statistics) { return giveUp() }
      if restarts.isDue { restart(keeping: assumptions.count) }
      if reductions.isDue(at: statistics.conflicts) { reduce() }
      if elimination.schedule.isDue(at: statistics.conflicts, clauseCount: clauseCount) {
        eliminate(keeping: assumptions)
        continue
      }
      if checksInvariants { checkInvariants() }
      switch nextStep(assuming: assumptions) {
      case .decide(let literal): decide(literal)
      case .refuted: return .unsatisfiable
      case .complete: return .satisfiable
      }
    }
    return .unsatisfiable
  }

  /// How the search continues when propagation is complete.
  private enum Step {
    case decide(Literal)
    /// The assumptions contradict the clauses.
    case refuted
    /// Every variable is assigned.
    case complete
  }

  /// The next open assumption, otherwise the most promising variable. Assumption i is the decision of level i
  /// + 1; one that is already true gets an empty level.
  private mutating func nextStep(assuming assumptions: [Literal]) -> Step {
    while trail.level < assumptions.count {
      let assumption = assumptions[trail.level]
      if trail.isFalse(assumption) {
        outcome.failed = blame(for: assumption)
        return .refuted
      }
      if !trail.isTrue(assumption) { return .decide(assumption) }
      trail.openLevel()
    }
    while let variable = undecided.popFirst() {
      guard trail.value(variable.positive) == 0, !elimination.isEliminated(variable) else { continue }
      statistics.decisions += 1
      return .decide(phases.preferred(of: variable, isStable: restarts.isStable))
    }
    return .complete
  }

  private mutating func decide(_ literal: Literal) {
    trail.openLevel()
    trail.assign(literal, because: .decision)
  }

  /// Learns from `conflict`, or finds that the clauses are refuted.
  private mutating func resolve(_ conflict: ClauseReference) {
    statistics.conflicts += 1
    guard trail.level > 0 else { return refute(by: conflict) }
    analyze(conflict)
    learn(from: conflict)
  }

  private mutating func restart(keeping level: Int) {
    statistics.restarts += 1
    backtrack(to: min(level, trail.level))
    let wasStable = restarts.isStable
    restarts.restarted()
    if restarts.isStable != wasStable { phases.forgetTarget() }
  }

  private mutating func giveUp() -> Answer {
    backtrack(to: 0)
    return .unknown
  }

  /// Undoes all decisions above `level` and what followed from them.
  mutating func backtrack(to level: Int) {
    guard trail.level > level else { return }
    phases.note(trail, isStable: restarts.isStable)
    let start = trail.start(ofLevel: level + 1)
    while trail.count > start, let literal = trail.unassignLast() {
      phases.save(literal)
      undecided.insert(literal.variable)
    }
    trail.close(downTo: level)
  }
}

// While variables are eliminated no literal is watched. Instead, every clause of the formula, but no learned
// clause, is listed by all its literals, and facts are propagated through these lists.
import Indices

extension Solver {
  /// Simplifies the clauses, at level 0, and eliminates variables where that pays, but none of `assumptions`.
  mutating func eliminate(keeping assumptions: [Literal]) {
    backtrack(to: 0)
    phases.forgetTarget()
    if let conflict = propagate() { return refute(by: conflict) }
    listOccurrences()
    subsumeFresh()
    while !outcome.isRefuted, elimination.budget > 0, tryTouchedVariables(keeping: assumptions) {}
    elimination.close()
    watchAgain()
    elimination.schedule.done(at: statistics.conflicts)
  }

  /// - Returns: whether anything changed.
  private mutating func tryTouchedVariables(keeping assumptions: [Literal]) -> Bool {
    for literal in assumptions { elimination.isTouched[literal.variable] = false }
    let eliminated = statistics.eliminatedVariables
    let candidates = touchedVariables()
    for variable in candidates { elimination.isTouched[variable] = false }
    for variable in candidates where !elimination.isTouched[variable] {
      if trail.value(variable.positive) == 0 { tryToEliminate(variable) }
      if outcome.isRefuted || elimination.budget <= 0 { return false }
    }
    subsumeFresh()
    return statistics.eliminatedVariables > eliminated
  }

  /// The candidates, those with the fewest resolvents first.
  private mutating func touchedVariables() -> [Variable] {
    var found: [(cost: Int, variable: Variable)] = []
    for variable in elimination.isTouched.indices where elimination.isTouched[variable] {
      guard trail.value(variable.positive) == 0, !elimination.isEliminated(variable) else { continue }
      let positive = elimination.occurrences[variable.positive].count
      let negative = elimination.occurrences[variable.negative].count
      if positive + negative > 0 { found.append((positive * negative, variable)) }
    }
    return found.sorted { ($0.cost, $0.variable) < ($1.cost, $1.variable) }.map(\.variable)
  }

  /// Replaces the clauses with `variable` by their resolvents, if these are not more and none is very long.
  private mutating func tryToEliminate(_ variable: Variable) {
    let positive = liveOccurrences(of: variable.positive)
    let negative = liveOccurrences(of: variable.negative)
    guard !positive.isEmpty || !negative.isEmpty, resolventsPay(of: positive, negative, on: variable) else {
      return
    }
    let resolvents = resolvents(of: positive, negative, on: variable)
    statistics.eliminatedVariables += 1
    let clauses = (positive + negative).map(\.clause)
    for clause in clauses { keepRemoved(clause) }
    elimination.removed.append(variable, withLast: clauses.count)
    for resolvent in resolvents {
      addDerived(
        resolvent.literals,
        hints: [self.clauses.identifier(resolvent.left), self.clauses.identifier(resolvent.right)])
    }
    for clause in clauses { takeOut(clause) }
    drawFacts()
  }

  private mutating func keepRemoved(_ clause: ClauseReference) {
    for position in 0..<clauses.size(clause) { elimination.removed.append(clauses[clause, position]) }
    elimination.removed.endClause(identifier: clauses.identifier(clause))
  }

  private struct Resolvent {
    let literals: [Literal]
    let left: ClauseReference
    let right: ClauseReference
  }

  /// Pigeon-hole formulas took four times as long when elimination replaced short clauses by long ones.
  private static let literalGrowth = 1.5

  /// Whether the resolvents that are not tautologies are at most as many as the clauses that they replace,
  /// and not much longer.
  private mutating func resolventsPay(
    of positive: [Occurrence], _ negative: [Occurrence], on variable: Variable
  ) -> Bool {
    var room = positive.count + negative.count
    let replaced = (positive + negative).reduce(0) { $0 + clauses.size($1.clause) }
    var literalRoom = Int(Double(replaced) * Self.literalGrowth)
    for left in positive {
      mark(left.clause, true)
      defer { mark(left.clause, false) }
      for right in negative {
        elimination.budget -= clauses.size(right.clause)
        if isTautology(right.clause, on: variable.negative) { continue }
        room -= 1
        literalRoom -= clauses.size(left.clause) + clauses.size(right.clause) - 2
        if room < 0 || literalRoom < 0 { return false }
      }
    }
    return true
  }

  /// Whether the marked clause and `clause`, which contains `pivot`, also contradict each other in another
  /// literal.
  private func isTautology(_ clause: ClauseReference, on pivot: Literal) -> Bool {
    for position in 0..<clauses.size(clause) {
      let literal = clauses[clause, position]
      if literal != pivot && elimination.marks[!literal] { return true }
    }
    return false
  }

  private mutating func resolvents(
    of positive: [Occurrence], _ negative: [Occurrence], on variable: Variable
  ) -> [Resolvent] {
    var found: [Resolvent] = []
    for left in positive {
      mark(left.clause, true)
      defer { mark(left.clause, false) }
      let own = literals(of: left.clause).filter { $0 != variable.positive }
      for right in negative where !isTautology(right.clause, on: variable.negative) {
        let rest = literals(of: right.clause).filter { $0 != variable.negative && !elimination.marks[$0] }
        found.append(Resolvent(literals: own + rest, left: left.clause, right: right.clause))
      }
    }
    return found
  }

  mutating func mark(_ clause: ClauseReference, _ isMarked: Bool) {
    for position in 0..<clauses.size(clause) { elimination.marks[clauses[clause, position]] = isMarked }
  }
}

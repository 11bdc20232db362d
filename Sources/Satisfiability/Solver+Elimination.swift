// While variables are eliminated no literal is watched. Instead every clause of the formula, learned ones are left
// out, is listed by all its literals, and facts are drawn from these lists.
import Indices

extension Solver {
  /// Simplifies the clauses, at level 0, and eliminates what variables it pays to; none of `assumptions`.
  mutating func eliminate(keeping assumptions: [Literal]) {
    backtrack(to: 0)
    phases.forgetTarget()
    if let conflict = propagate() { return refute(by: conflict) }
    listOccurrences()
    for literal in assumptions { elimination.isTouched[literal.variable] = false }
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
    let limit = positive.count + negative.count + elimination.schedule.growth
    guard limit > 0, let resolvents = resolvents(of: positive, negative, on: variable, atMost: limit) else {
      return
    }
    statistics.eliminatedVariables += 1
    let clauses = (positive + negative).map(\.clause)
    elimination.remove(
      variable,
      with: clauses.map { .init(literals: literals(of: $0), identifier: self.clauses.identifier($0)) })
    for resolvent in resolvents {
      addDerived(
        resolvent.literals,
        hints: [self.clauses.identifier(resolvent.left), self.clauses.identifier(resolvent.right)])
    }
    for clause in clauses { takeOut(clause) }
    drawFacts()
  }

  private struct Resolvent {
    let literals: [Literal]
    let left: ClauseReference
    let right: ClauseReference
  }

  private static let longestResolvent = 100

  /// Every resolvent that is no tautology; nil when there are more than `limit`.
  private mutating func resolvents(
    of positive: [Occurrence], _ negative: [Occurrence], on variable: Variable, atMost limit: Int
  ) -> [Resolvent]? {
    var found: [Resolvent] = []
    for left in positive {
      mark(left.clause, true)
      defer { mark(left.clause, false) }
      for right in negative {
        guard let rest = literalsBeyondMarked(right.clause, but: variable.negative) else { continue }
        let own = literals(of: left.clause).filter { $0 != variable.positive }
        guard found.count < limit, own.count + rest.count <= Self.longestResolvent else { return nil }
        found.append(Resolvent(literals: own + rest, left: left.clause, right: right.clause))
      }
    }
    return found
  }

  /// The literals of `clause` that are not marked; nil when the opposite of one is.
  private mutating func literalsBeyondMarked(_ clause: ClauseReference, but pivot: Literal) -> [Literal]? {
    var rest: [Literal] = []
    elimination.budget -= clauses.size(clause)
    for position in 0..<clauses.size(clause) {
      let literal = clauses[clause, position]
      if literal == pivot { continue }
      if elimination.marks[!literal] { return nil }
      if !elimination.marks[literal] { rest.append(literal) }
    }
    return rest
  }

  mutating func mark(_ clause: ClauseReference, _ isMarked: Bool) {
    for position in 0..<clauses.size(clause) { elimination.marks[clauses[clause, position]] = isMarked }
  }
}

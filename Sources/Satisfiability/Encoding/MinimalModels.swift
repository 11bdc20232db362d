// A model is *minimal* over some literals if no other model makes a proper subset of them true. From any model such
// a one is reached by demanding, again and again, that what is false stay false and that something true become
// false, until that is impossible (Ben-Eliyahu & Dechter, "On Computing Minimal Models", 1996). Dropping the
// literals one by one would not do: where the formula is not monotone, a subset may be a model though none of the
// sets in between is.
//
// Afterwards the supersets of what was found are blocked. Invariant: a model that is not blocked has no subset that
// is a blocked model, or it would be blocked too; so shrinking never has to look at blocked ones.

/// Finds the minimal sets of given literals that models make true, one after the other.
///
///     var minimal = MinimalModels(over: literals, in: &solver)
///     while case .found(let chosen) = minimal.next(in: &solver) { … }
///
/// Clauses may be added to the solver in between. What the search adds binds it alone: calls of `solve` by others
/// are not affected.
public struct MinimalModels: Sendable {
  /// What a step comes to.
  public enum Step: Hashable, Sendable {
    /// The literals that are true, in the order in which they were given; no model makes fewer of them true.
    case found([Literal])
    /// There is no further one.
    case exhausted
    /// A limit was reached first; the step may be tried again.
    case unknown
  }

  private let literals: [Literal]
  /// Assumed by the search, so that what it adds is no clause for others.
  private let activator: Literal

  /// A search over `literals`, in which nothing has been found yet.
  public init(over literals: [Literal], in solver: inout Solver) {
    self.literals = literals
    activator = solver.newVariable().positive
  }

  /// The next minimal set under `assumptions`, which must be the same in every call.
  ///
  /// `limits` holds for each of the calls that this takes.
  public mutating func next(
    in solver: inout Solver, assuming assumptions: [Literal] = [], limits: Limits = .none
  ) -> Step {
    let assumptions = assumptions + [activator]
    var answer = solver.solve(assuming: assumptions, limits: limits)
    guard answer == .satisfiable else { return answer == .unsatisfiable ? .exhausted : .unknown }
    var chosen = solver.trueLiterals(among: literals)
    while !chosen.isEmpty {
      answer = solver.solveBelow(chosen, of: literals, assuming: assumptions, limits: limits)
      if answer == .unknown { return .unknown }
      if answer == .unsatisfiable { break }
      chosen = solver.trueLiterals(among: literals)
    }
    solver.add([!activator] + chosen.map { !$0 })
    return .found(chosen)
  }
}

extension Solver {
  /// Which of `literals` the last model makes true.
  func trueLiterals(among literals: [Literal]) -> [Literal] {
    var found: [Literal] = []
    for literal in literals where value(literal) { found.append(literal) }
    return found
  }

  /// Searches a model that makes a proper subset of `chosen` true and nothing else of `literals`.
  fileprivate mutating func solveBelow(
    _ chosen: [Literal], of literals: [Literal], assuming assumptions: [Literal], limits: Limits
  ) -> Answer {
    let smaller = newVariable().positive
    add([!smaller] + chosen.map { !$0 })
    let kept = Set(chosen)
    let others = literals.filter { !kept.contains($0) }.map { !$0 }
    let answer = solve(assuming: assumptions + [smaller] + others, limits: limits)
    add([!smaller])  // the model can still be read
    return answer
  }
}

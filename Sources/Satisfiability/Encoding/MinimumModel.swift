// The fewest true literals. Sets of literals that cannot all be false, pairwise disjoint, are counted first: each
// costs one at least (Fu & Malik, "On Solving the Partial MAX-SAT Problem", SAT 2006). From there the bound rises by
// assumption until there is a model, which needs the counter no further than the answer; coming down from a model
// would need it as far as that model.

/// Finds a model that makes as few as possible of given literals true.
///
/// Clauses may be added to the solver between calls, and the minimum asked for again: the counter stays.
public struct MinimumModel: Sendable {
  /// What a search comes to.
  public enum Result: Hashable, Sendable {
    /// The literals that are true, in the order in which they were given; no model makes fewer of them true.
    case found([Literal])
    /// There is no model.
    case unsatisfiable
    /// A limit was reached first; every model makes at least so many true.
    case unknown(atLeast: Int)
  }

  private let literals: [Literal]
  private var counter: Totalizer

  /// A search over `literals`, each counted as often as it is listed.
  public init(over literals: [Literal], in solver: inout Solver) {
    self.literals = literals
    counter = Totalizer(over: literals, in: &solver)
  }

  /// A smallest set under `assumptions`. `limits` holds for each of the calls that this takes.
  public mutating func find(
    in solver: inout Solver, assuming assumptions: [Literal] = [], limits: Limits = .none
  ) -> Result {
    var bound = 0
    switch disjointCores(in: &solver, assuming: assumptions, limits: limits) {
    case .none: return .unsatisfiable
    case .some(let count): bound = count
    }
    while true {
      let limit = counter.atMost(bound, in: &solver).map { [$0] } ?? []
      switch solver.solve(assuming: assumptions + limit, limits: limits) {
      case .satisfiable: return .found(solver.trueLiterals(among: literals))
      case .unknown: return .unknown(atLeast: bound)
      case .unsatisfiable:
        if Set(solver.failedAssumptions).isDisjoint(with: limit) { return .unsatisfiable }
        bound += 1
      }
    }
  }

  /// How many disjoint sets of literals were found of which each has a true one in every model; nil where there
  /// is no model.
  private func disjointCores(
    in solver: inout Solver, assuming assumptions: [Literal], limits: Limits
  ) -> Int? {
    var open = literals.map { !$0 }
    var count = 0
    while solver.solve(assuming: assumptions + open, limits: limits) == .unsatisfiable {
      let failed = Set(solver.failedAssumptions)
      let rest = open.filter { !failed.contains($0) }
      // A core of literals that are assumed anyway says that nothing can be true, whatever the others are.
      if rest.count == open.count { return nil }
      open = rest
      count += 1
    }
    return count
  }
}

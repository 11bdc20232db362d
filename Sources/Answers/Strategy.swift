/// How a search finds a fault set.
public enum Strategy: Hashable, Sendable {
  /// One circuit for all runs, given to the solver.
  case circuit
  /// Every fault set is tried, one run each.
  case exhaustive
  /// At most this number of fault sets are drawn at random; `seed` is where the random numbers begin.
  case random(seed: UInt64, runs: Int)
  /// The lineage of earlier runs suggests candidates, as in the published algorithm.
  case loop(Negation)

  /// A strategy without its parameters.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case circuit, exhaustive, random, loop
  }

  /// The strategy without its parameters.
  public var name: Name {
    switch self {
    case .circuit: .circuit
    case .exhaustive: .exhaustive
    case .random: .random
    case .loop: .loop
    }
  }
}

/// How the loop treats premises under `notin`.
public enum Negation: String, Hashable, Sendable, CaseIterable {
  /// They are taken to hold under all faults, as in the paper's sweeps. This is quick, but misses what faults
  /// bring about.
  case ignore
  /// Every tuple from which the negated relation can be reached through an odd number of negations is a
  /// possible cause. Nothing is missed, but more runs are made than the circuit's exact answer would need.
  case reach
}

/// How the loop treats premises under `notin`.
public enum Negation: String, Hashable, Sendable, CaseIterable {
  /// They are taken to hold under all faults, as in the paper's sweeps. This is quick, but misses what faults
  /// bring about.
  case ignore
  /// Every tuple from which the negated relation can be reached through an odd number of negations is a
  /// possible cause. Nothing is missed, but more runs are made than the circuit's exact answer would need.
  case reach
}

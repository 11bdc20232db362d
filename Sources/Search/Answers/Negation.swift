/// What the loop makes of premises under `notin`.
public enum Negation: String, Hashable, Sendable, CaseIterable {
  /// They hold whatever the faults, as in the paper's sweeps: quick, and blind to what faults bring about.
  case ignore
  /// Every tuple from which the negated relation can be reached through an odd number of negations is a possible
  /// cause: nothing is missed, and more runs are made than with the circuit's exact answer.
  case reach
}

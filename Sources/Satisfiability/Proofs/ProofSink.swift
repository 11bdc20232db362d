// The format for which these steps are meant is LRAT (Cruz-Filipe, Heule, Hunt, Kaufmann & Schneider-Kamp,
// "Efficient Certified RAT Verification", CADE 2017). We only ever derive clauses by reverse unit
// propagation.

/// Receives every step of a solver's reasoning, as it happens.
///
/// A learned clause follows from its *hints*: assume all its literals false and visit the hints in order;
/// each then has all literals false but one, which becomes true, until the last has all literals false.
public struct ProofSink {
  /// A clause of the formula, with literals as they were given.
  public var given: (ClauseIdentifier, [Literal]) -> Void
  /// A clause that follows from earlier ones, and its hints.
  public var learned: (ClauseIdentifier, [Literal], [ClauseIdentifier]) -> Void
  /// A clause, given or learned, that no later hint names, and its literals.
  public var deleted: (ClauseIdentifier, [Literal]) -> Void

  /// A sink that performs these three actions.
  public init(
    given: @escaping (ClauseIdentifier, [Literal]) -> Void,
    learned: @escaping (ClauseIdentifier, [Literal], [ClauseIdentifier]) -> Void,
    deleted: @escaping (ClauseIdentifier, [Literal]) -> Void
  ) {
    self.given = given
    self.learned = learned
    self.deleted = deleted
  }
}

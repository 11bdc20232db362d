import Scenarios

/// What a search is doing, for whoever waits.
public struct Progress: Hashable, Sendable {
  /// What there is to do, though not always in this order.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// The program is run under one fault set.
    case running
    /// The circuit of all executions is built.
    case grounding
    /// The solver looks for a fault set.
    case solving
    /// The proof that there is none is checked.
    case checking
  }

  /// The present one.
  public var phase = Phase.running
  /// The bounds that are looked at.
  public let bounds: Bounds
  /// The round that is being grounded; 0 before.
  public var round = 0
  /// The gates of the circuit so far.
  public var gates = 0
  /// The most faults that the solver may take; nil where it may take any number.
  public var budget: Int?
  /// The conflicts that the solver has met.
  public var conflicts = 0
  /// The runs that have been made.
  public var runs = 0
  /// For the loop, where it has had more runs or asked the solver more often than that: the runs of an exhaustive search.
  public var exhaustiveRuns: Int?
  /// Wall-clock seconds since the search began.
  public var elapsed = 0.0

  init(of bounds: Bounds) { self.bounds = bounds }
}

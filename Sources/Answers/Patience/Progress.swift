import Scenarios

/// The current state of a search.
public struct Progress: Hashable, Sendable {
  /// The phases of a search; they do not always follow in this order.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// The program is run under one fault set.
    case running
    /// The circuit of all runs is built.
    case grounding
    /// The solver looks for a fault set.
    case solving
    /// The proof that there is no such fault set is checked.
    case checking
  }

  /// The current phase.
  public var phase = Phase.running
  /// The bounds of the current question.
  public let bounds: Bounds
  /// The round that is being grounded; 0 before grounding.
  public var round = 0
  /// The number of gates of the circuit so far.
  public var gates = 0
  /// The largest number of faults that the solver may use; nil where it may use any number.
  public var budget: Int?
  /// The number of conflicts in the solver.
  public var conflicts = 0
  /// The number of runs that have been made.
  public var runs = 0
  /// For the loop: the number of runs of an exhaustive search, once the loop has made more runs or solver
  /// calls than that.
  public var exhaustiveRuns: Int?
  /// Wall-clock seconds since the search began.
  public var elapsed = 0.0

  package init(of bounds: Bounds) { self.bounds = bounds }
}

import Dedalus
import Evaluation
import Properties

/// What the caller allows a search, and what it wants to be told meanwhile.
public struct Patience: Sendable {
  /// Wall-clock time; nil for no limit.
  public var time: Duration?
  /// How much memory the process may occupy; nil for no limit.
  public var memory: MemoryLimit?
  /// What executions and grounding may record.
  public var budget: Budget
  /// Polled some hundred times a second; true stops the search.
  public var isInterrupted: @Sendable () -> Bool
  /// Told of every run that a search has made and judged, in order: the run and the rows that are violated in it. A
  /// run that has failed or exceeds its budget violates nothing.
  public var didRun: (@Sendable (Execution, [Violation]) -> Void)?
  /// Told some hundred times a second what is going on.
  public var didProgress: (@Sendable (Progress) -> Void)?

  /// What an earlier search found out before it was cut off.
  public var earlier = EarlierSearch()
  /// What the solver may propagate before a question is no longer an easy one: a fraction of a second.
  var easyPropagations = 2_000_000

  /// Asks, from now on, whether this patience is at an end: for work that comes after a search, and has as much.
  public func beginning() -> @Sendable () -> Bool {
    let stopwatch = Stopwatch(self)
    return { stopwatch.isOver }
  }

  /// How often the loop may ask the solver before it is compared with an exhaustive search: a second's work.
  package var fewSolverCalls = 1000

  /// Patience without a time limit unless told otherwise.
  public init(
    time: Duration? = nil, budget: Budget = .standard,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.time = time
    self.budget = budget
    self.isInterrupted = isInterrupted
  }
}

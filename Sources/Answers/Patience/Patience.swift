import Dedalus
import Evaluation
import Properties

/// The limits that the caller sets for a search, and the callbacks that report on it.
public struct Patience: Sendable {
  /// Wall-clock time; nil for no limit.
  public var time: Duration?
  /// How much memory the process may occupy; nil for no limit.
  public var memory: MemoryLimit?
  /// How much runs and grounding may record.
  public var budget: Budget
  /// Polled some hundred times a second; returning true stops the search.
  public var isInterrupted: @Sendable () -> Bool
  /// Told of every run that a search has made and judged, in order: the run and the rows that are violated in
  /// it. A run that has failed or exceeds its budget violates nothing.
  public var didRun: (@Sendable (Execution, [Violation]) -> Void)?
  /// Told some hundred times a second what is going on.
  public var didProgress: (@Sendable (Progress) -> Void)?

  /// What an earlier search found out before a limit cut it off.
  public var earlier = EarlierSearch()
  /// A question is easy if the solver answers it within this many propagations, which take a fraction of a
  /// second.
  package var easyPropagations = 2_000_000

  /// Starts the clock for work that comes after a search and has the same limits, but at least so much time,
  /// however short the search had to be; the result tells whether it must stop.
  public func beginning(atLeast least: Duration = .zero) -> @Sendable () -> Bool {
    var patience = self
    patience.time = time.map { max($0, least) }
    let stopwatch = Stopwatch(patience)
    return { stopwatch.isOver }
  }

  /// The number of solver calls, about a second's work, that the loop may make before it is compared with an
  /// exhaustive search.
  package var fewSolverCalls = 1000

  /// A patience without a time limit unless one is given.
  public init(
    time: Duration? = nil, budget: Budget = .standard,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.time = time
    self.budget = budget
    self.isInterrupted = isInterrupted
  }
}

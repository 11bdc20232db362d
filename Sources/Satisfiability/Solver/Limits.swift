/// When a search must give up and answer `unknown`.
public struct Limits {
  /// The largest number of conflicts in one call.
  public var conflicts: Int?
  /// The largest number of literals that one call may propagate, give or take what follows from one decision.
  public var propagations: Int?
  /// Called every few milliseconds with what the solver has done so far; the search gives up when it returns
  /// true.
  public var shouldStop: ((Statistics) -> Bool)?

  /// Gives up when the first of these limits is reached.
  public init(
    conflicts: Int? = nil, propagations: Int? = nil, shouldStop: ((Statistics) -> Bool)? = nil
  ) {
    self.conflicts = conflicts
    self.propagations = propagations
    self.shouldStop = shouldStop
  }

  /// Never gives up.
  public static var none: Limits { Limits() }
}

/// What a solver has done since it was created.
public struct Statistics: Sendable, Equatable {
  /// Calls of `solve`.
  public internal(set) var calls = 0
  /// Clauses found to be false under a partial assignment.
  public internal(set) var conflicts = 0
  /// Literals assumed true to see what follows; assumptions are not counted.
  public internal(set) var decisions = 0
  /// Literals whose consequences were drawn.
  public internal(set) var propagations = 0
  /// Times the search voluntarily went back to the assumptions.
  public internal(set) var restarts = 0
  /// Clauses derived from conflicts.
  public internal(set) var learnedClauses = 0
  /// Literals of the clauses derived from conflicts, after minimisation.
  public internal(set) var learnedLiterals = 0
  /// Literals that minimisation took out of those clauses.
  public internal(set) var minimizedLiterals = 0
  /// Times the number of learned clauses was reduced.
  public internal(set) var reductions = 0
  /// Variables resolved away, counted each time.
  public internal(set) var eliminatedVariables = 0
  /// Clauses dropped because another clause implies them.
  public internal(set) var subsumedClauses = 0
  /// Clauses that lost a literal because another makes it superfluous.
  public internal(set) var strengthenedClauses = 0
  /// Learned clauses that were deleted.
  public internal(set) var deletedClauses = 0
}

/// The allowance of one call, polled between propagations.
struct Allowance {
  private let limits: Limits
  private let lastConflict: Int
  private let lastPropagation: Int
  /// The next time at which `shouldStop` is called: work done, in propagations plus weighted conflicts.
  private var nextPoll: Int

  /// About a millisecond of work between two polls.
  private static let pollInterval = 20_000
  private static let conflictWeight = 100

  init(_ limits: Limits, from statistics: Statistics) {
    self.limits = limits
    lastConflict = limits.conflicts.map { Self.sum(statistics.conflicts, $0) } ?? .max
    lastPropagation = limits.propagations.map { Self.sum(statistics.propagations, $0) } ?? .max
    nextPoll = 0
  }

  private static func sum(_ done: Int, _ more: Int) -> Int {
    let (sum, overflow) = done.addingReportingOverflow(max(more, 0))
    return overflow ? .max : sum
  }

  mutating func isSpent(_ statistics: Statistics) -> Bool {
    if statistics.conflicts >= lastConflict || statistics.propagations >= lastPropagation { return true }
    guard let shouldStop = limits.shouldStop else { return false }
    let work = statistics.propagations &+ statistics.conflicts &* Self.conflictWeight
    guard work >= nextPoll else { return false }
    nextPoll = work + Self.pollInterval
    return shouldStop(statistics)
  }
}

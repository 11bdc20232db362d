import Evaluation

/// Why a search stopped early.
public enum Limit: Hashable, Sendable {
  /// Time is up.
  case time
  /// A budget of tuples, firings or gates is used up; with the relation that had the most tuples then.
  case budget(Budget.Resource, LargestRelation?)
  /// The process occupies as much memory as it may.
  case memory(MemoryLimit)
  /// The user does not want to wait any longer.
  case interrupted
  /// Random search has made all its runs.
  case runs
  /// The loop has tried every candidate that lineage suggests.
  case candidates
  /// The same, with negation followed; but arithmetic may fail in a run that was not made.
  case arithmetic

  /// A limit without its size.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case time = "time limit"
    case tuples = "tuple budget"
    case firings = "firing budget"
    case gates = "gate budget"
    case memory = "memory limit"
    case interrupted = "interrupted"
    case runs = "run limit"
    case candidates = "no candidate left"
    case arithmetic = "arithmetic may fail"
  }

  /// The limit without its size.
  public var kind: Kind {
    switch self {
    case .time: .time
    case .budget(.tuples, _): .tuples
    case .budget(.firings, _): .firings
    case .budget(.gates, _): .gates
    case .memory: .memory
    case .interrupted: .interrupted
    case .runs: .runs
    case .candidates: .candidates
    case .arithmetic: .arithmetic
    }
  }

  /// The limit as a phrase; for memory, with its size.
  public var words: String {
    if case .memory(let limit) = self { limit.words } else { kind.rawValue }
  }

  /// For memory: the limit that was reached.
  public var memoryLimit: MemoryLimit? {
    if case .memory(let limit) = self { limit } else { nil }
  }

  /// For a budget: the relation that had the most tuples when it was used up.
  public var largestRelation: LargestRelation? {
    if case .budget(_, let largest) = self { largest } else { nil }
  }
}

extension Limit.Kind {
  /// Whether the limit cut off a search that could go on with more time or memory. At the other limits the
  /// search has reached its own end.
  public var isCutOff: Bool {
    switch self {
    case .time, .tuples, .firings, .gates, .memory, .interrupted: true
    case .runs, .candidates, .arithmetic: false
    }
  }
}

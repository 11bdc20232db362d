import Dedalus
import Evaluation
import Properties
import Scenarios

/// What a search found out.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// Some admissible fault set breaks the outcome.
  case counterexample
  /// No admissible fault set breaks the outcome.
  case holds
  /// A limit was reached, or the user interrupted, before the search had its answer.
  case inconclusive
  /// The failure-free run already breaks the specification or, without a `pre`, its outcome is empty.
  case badBaseline = "bad-baseline"
  /// The program fails under some admissible fault set: an arithmetic operation has no result.
  case error
}

/// A fault set that breaks the outcome, and what it breaks.
public struct Counterexample: Sendable {
  /// The faults that break the outcome.
  public let faults: FaultSet
  /// Whether every smaller fault set is proved harmless.
  public let minimum: Bool
  /// The rows that are violated in the run under these faults, sorted.
  public let violations: [Violation]
  /// The run that confirms it.
  public let execution: Execution

  /// The counterexample that `execution`, a run under `faults`, shows.
  public init(faults: FaultSet, minimum: Bool, violations: [Violation], execution: Execution) {
    self.faults = faults
    self.minimum = minimum
    self.violations = violations
    self.execution = execution
  }
}

/// The answer to a question, and what it cost.
public struct Answer: Sendable {
  /// The question that was answered.
  public let question: Question
  /// What the search found.
  public var verdict: Verdict
  /// For `holds`: whether no admissible run has a row in `pre`.
  public var vacuous = false
  /// For `counterexample`: one element; for `badBaseline`: one element, without faults.
  public var counterexamples: [Counterexample] = []
  /// For `counterexample`, where minimal sets were asked for: the minimal sets, including
  /// `counterexamples[0]`.
  public var minimalSets: MinimalSets?
  /// For `counterexample` and `holds`, where frontiers were asked for: the fault budgets that the outcome
  /// survives, one frontier per EFF.
  public var frontiers: [Frontier] = []
  /// How the answer was found.
  public var strategy = Strategy.circuit
  /// For the loop: how it treats negated premises.
  public var negation: Negation?
  /// For the loop: the number of runs of an exhaustive search, once the loop has made more runs or solver
  /// calls than that.
  public var exhaustiveRuns: Int?
  /// For random search: the seed of its random numbers.
  public var seed: UInt64?
  /// Where only one of the fault sets that are renamings of each other was tried: the number of renamings.
  public var renamings: Int?
  /// The run without faults.
  public var baseline: Execution?
  /// For `error`: what failed, and the faults under which it fails.
  public var failure: (error: RunError, faults: FaultSet)?
  /// The limit that was reached, for `inconclusive` and for a counterexample that is not proved minimum.
  public var limit: Limit?
  /// Where `limit` is a budget of tuples, firings or gates: the relation that had the most tuples at that
  /// point.
  public var largestRelation: LargestRelation?
  /// Where `limit` is memory: the limit that was reached.
  public var memoryLimit: MemoryLimit?
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public var harmlessUpTo: Int?
  /// The counters and times of the search.
  public var cost = Cost()
}

/// How the search finds a fault set.
public enum Strategy: String, Hashable, Sendable, CaseIterable {
  /// One circuit for all runs, given to the solver.
  case circuit
  /// Every fault set is tried, one run each.
  case exhaustive
  /// Fault sets are drawn at random.
  case random
  /// The lineage of earlier runs suggests candidates, as in the published algorithm.
  case loop
}

/// Why a search stopped early.
public enum Limit: String, Hashable, Sendable, CaseIterable {
  case time = "time limit"
  case tuples = "tuple budget"
  case firings = "firing budget"
  case gates = "gate budget"
  case memory = "memory limit"
  case interrupted = "interrupted"
  /// Random search has made all its runs.
  case runs = "run limit"
  /// The loop has tried every candidate that lineage suggests.
  case candidates = "no candidate left"
  /// The same, with negation followed; but arithmetic may fail in a run that was not made.
  case arithmetic = "arithmetic may fail"
}

extension Limit {
  /// Whether the limit cut off a search that could go on with more time or memory. At the other limits the
  /// search has reached its own end.
  public var isCutOff: Bool {
    switch self {
    case .time, .tuples, .firings, .gates, .memory, .interrupted: true
    case .runs, .candidates, .arithmetic: false
    }
  }
}

/// Counters and times of one search.
public struct Cost: Sendable {
  /// Concrete runs, including the failure-free run.
  public var executions = 0
  /// Fault sets that were not tried because a renaming of them was.
  public var skipped = 0
  /// Possible tuples, gates and fault variables of the circuit.
  public var tuples = 0, gates = 0, faultVariables = 0
  /// Rule instances grounded.
  public var instances = 0
  /// Variables and clauses given to the solver.
  public var variables = 0, clauses = 0
  /// The solver's own counters.
  public var conflicts = 0, decisions = 0, propagations = 0, solverCalls = 0
  /// Proofs that were checked, and the clauses they derive.
  public var proofs = 0, proofSteps = 0
  /// Wall-clock seconds in total, and by phase.
  public var total = 0.0, grounding = 0.0, solving = 0.0, checking = 0.0, confirming = 0.0
}

extension Limit {
  /// The limit that is reached when `resource` is used up.
  init(_ resource: Budget.Resource) {
    switch resource {
    case .tuples: self = .tuples
    case .firings: self = .firings
    case .gates: self = .gates
    }
  }
}

import Dedalus
import Evaluation
import Properties
import Scenarios

/// What a search found out.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// An admissible fault set breaks the outcome.
  case counterexample
  /// None does.
  case holds
  /// A limit was reached, or the user interrupted, before either was known.
  case inconclusive
  /// The failure-free run already breaks the specification or, without a `pre`, its outcome is empty.
  case badBaseline = "bad-baseline"
  /// The program fails under some admissible fault set: arithmetic without a result.
  case error
}

/// A fault set that breaks the outcome, and what it breaks.
public struct Counterexample: Sendable {
  /// The faults.
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

/// The answer to a question, with what it cost.
public struct Answer: Sendable {
  /// What was asked.
  public let question: Question
  /// The verdict.
  public var verdict: Verdict
  /// For `holds`: no admissible run has a row in `pre`.
  public var vacuous = false
  /// One for `counterexample`; for `badBaseline` one without faults.
  public var counterexamples: [Counterexample] = []
  /// For `counterexample`, where they were asked for: the minimal sets, the one above among them.
  public var minimalSets: MinimalSets?
  /// For `counterexample` and `holds`, where they were asked for: which budgets of faults the outcome survives, by EFF.
  public var frontiers: [Frontier] = []
  /// How it was found.
  public var strategy = Strategy.circuit
  /// For the loop: what it made of negated premises.
  public var negation: Negation?
  /// For the loop, where it has had more runs or asked the solver more often than that: the runs of an exhaustive search.
  public var exhaustiveRuns: Int?
  /// For random search: where its numbers began.
  public var seed: UInt64?
  /// Where fault sets that are renamings of each other were tried once: how many renamings there are.
  public var renamings: Int?
  /// The run without faults.
  public var baseline: Execution?
  /// For `error`: what failed, and the faults under which it does.
  public var failure: (error: RunError, faults: FaultSet)?
  /// For `inconclusive` and for a counterexample that is not proved minimum: the limit that was reached.
  public var limit: Limit?
  /// Where the limit is a budget of tuples, firings or gates: the relation that had the most tuples then.
  public var largestRelation: LargestRelation?
  /// Where that is memory: how much.
  public var memoryLimit: MemoryLimit?
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public var harmlessUpTo: Int?
  /// What it cost.
  public var cost = Cost()
}

/// How fault sets are searched.
public enum Strategy: String, Hashable, Sendable, CaseIterable {
  /// One circuit for all runs, given to the solver.
  case circuit
  /// Every fault set, one run each.
  case exhaustive
  /// Fault sets by chance.
  case random
  /// Candidates that the lineage of earlier runs suggests, as published.
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
  /// The loop has tried all that lineage suggests.
  case candidates = "no candidate left"
  /// The same, and negation was followed; but a run that was not made may fail.
  case arithmetic = "arithmetic may fail"
}

extension Limit {
  /// Whether it cut the search off, which would go on with more time or memory; at the others a search has come to its
  /// own end.
  public var isCutOff: Bool {
    switch self {
    case .time, .tuples, .firings, .gates, .memory, .interrupted: true
    case .runs, .candidates, .arithmetic: false
    }
  }
}

/// Counters and times of one search.
public struct Cost: Sendable {
  /// Concrete executions, the failure-free one included.
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
  /// Wall-clock seconds in all, and by phase.
  public var total = 0.0, grounding = 0.0, solving = 0.0, checking = 0.0, confirming = 0.0
}

extension Limit {
  /// The limit that a budget is.
  init(_ resource: Budget.Resource) {
    switch resource {
    case .tuples: self = .tuples
    case .firings: self = .firings
    case .gates: self = .gates
    }
  }
}

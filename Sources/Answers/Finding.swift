import Evaluation
import Properties
import Scenarios

/// What a search found out, with what belongs to it.
///
/// A limit may end a search that has found something. Then `harmlessUpTo` is the largest number of faults
/// that is proved harmless, or nil when nothing is proved.
public enum Finding: Sendable {
  /// Some admissible fault set breaks the outcome. Where minimal sets were asked for, this is the first of
  /// them. The limit is the reason why it is not proved minimum, or first, or why the list is not complete.
  case counterexample(Counterexample, minimalSets: MinimalSets?, harmlessUpTo: Int?, limit: Limit?)
  /// No admissible fault set breaks a property; those that are `vacuous` demand nothing in any admissible
  /// run.
  case holds(vacuous: [String])
  /// A limit was reached, or the user interrupted, before the search had its answer.
  case inconclusive(Limit, harmlessUpTo: Int?)
  /// The failure-free run, under some inputs, already violates these rows or, where there are none, its
  /// outcome is empty.
  case badBaseline([Violation])
  /// The program fails under these faults and inputs: an arithmetic operation has no result. The limit is the
  /// reason why fewer faults may suffice.
  case error(RunError, under: Scenario, harmlessUpTo: Int?, limit: Limit?)

  /// What was found, in a word.
  public var verdict: Verdict {
    switch self {
    case .counterexample: .counterexample
    case .holds: .holds
    case .inconclusive: .inconclusive
    case .badBaseline: .badBaseline
    case .error: .error
    }
  }
}

/// What a search found out, in a word.
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

/// A fault set, with inputs, that breaks the outcome, and what it breaks.
public struct Counterexample: Sendable {
  /// Whether every smaller fault set is proved harmless.
  public let minimum: Bool
  /// The rows that are violated in the run under these faults, sorted.
  public let violations: [Violation]
  /// The run that confirms it.
  public let execution: Execution
  /// Where it is not proved minimum: whether none of its faults can be left out.
  public package(set) var needsEach = false

  /// The faults that break the outcome.
  public var faults: FaultSet { execution.faults }
  /// The inputs with which they do.
  public var inputs: Inputs { execution.inputs }

  /// The counterexample that `execution` shows.
  public init(minimum: Bool, violations: [Violation], execution: Execution) {
    self.minimum = minimum
    self.violations = violations
    self.execution = execution
  }
}

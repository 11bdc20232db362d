import Dedalus
import Scenarios

/// One run of a program under one scenario: what held, why, and what was sent.
///
/// In addition to the program's relations there is one *row relation* for each aggregate rule. It holds the
/// distinct rows (group columns and aggregated values) that the aggregate ranges over. So the lineage of an
/// aggregate is like any other: its premises are rows, and each row has the firings that derived it.
public struct Execution: Sendable {
  /// The program that ran.
  public let program: Program
  /// The nodes, the rounds and the crash view of the run.
  public let setting: Setting
  /// The faults of the run and what is chosen in it; they need not be admissible.
  public let scenario: Scenario
  /// Every relation with its name, those of the program first.
  public let schema: Schema
  /// The constants that the symbols stand for.
  public let constants: ConstantPool
  /// Every row and tuple of the run.
  public let store: TupleStore
  /// The messages in the order of sending, including lost ones.
  public let messages: [Message]
  /// Whether the run reached its end, or why not.
  public let ending: Ending

  let firings: FiringStore
  let absences: AbsenceStore
  /// For each round but the last, from round 1: how much had been recorded when its messages were about to be
  /// sent.
  let marks: [ExecutionMark]
}

extension Execution {
  /// The faults of the run.
  public var faults: FaultSet { scenario.faults }
  /// What is chosen in the run.
  public var inputs: Inputs { scenario.inputs }
}

/// How a run ended.
public enum Ending: Hashable, Sendable {
  /// All rounds ran.
  case complete
  /// Arithmetic failed; the tuples of later strata and rounds are missing.
  case failed(RunError)
  /// The budget was used up in the given round; tuples are missing.
  case exhausted(Budget.Resource, Round)
  /// The caller stopped it in the given round; tuples are missing.
  case stopped(Round)
}

/// Bounds on what one run may record, so that a program that grows without end stops.
public struct Budget: Hashable, Sendable {
  /// What is used up.
  public enum Resource: String, Hashable, Sendable {
    case tuples, firings, gates
  }

  /// The largest number of tuples, in all rounds together.
  public var tuples: Int
  /// The largest number of firings, in all rounds together; for grounding, of rule instances.
  public var firings: Int

  /// For grounding: the largest number of gates of the circuit.
  public var gates: Int

  /// A budget with the given numbers.
  public init(tuples: Int, firings: Int, gates: Int = 4_000_000) {
    self.tuples = tuples
    self.firings = firings
    self.gates = gates
  }

  /// The budget of one run unless another is given; a run then stays below about 200 MB.
  public static let standard = Budget(tuples: 500_000, firings: 1_000_000)
}

/// Arithmetic without a result, which ends the run.
public struct RunError: Error, Hashable, Sendable {
  /// Why the computation has no result.
  public enum Failure: Hashable, Sendable {
    /// The result does not fit 64 bits.
    case overflow
    /// The right operand is zero.
    case divisionByZero
  }

  /// The rule whose computation failed.
  public let rule: RuleID
  /// The round of the failed computation.
  public let round: Round
  /// Why the computation has no result.
  public let failure: Failure
  /// The computation with its values, e.g. `10 / 0` or `sum = 9223372036854775808`.
  public let operation: String

  /// A failure of `operation` in `rule` and `round`.
  public init(rule: RuleID, round: Round, failure: Failure, operation: String) {
    self.rule = rule
    self.round = round
    self.failure = failure
    self.operation = operation
  }
}

/// A pattern that no tuple matched.
public struct Absence: Hashable, Sendable {
  /// The relation that was read.
  public let relation: RelationID
  /// The round that was read.
  public let round: Round
  /// A value for each column; nil for any value.
  public let pattern: [Constant?]

  /// The absence of a row of `relation` in `round` that matches `pattern`.
  public init(relation: RelationID, round: Round, pattern: [Constant?]) {
    assert(!pattern.isEmpty, "a row has a column for the location at least")
    self.relation = relation
    self.round = round
    self.pattern = pattern
  }
}

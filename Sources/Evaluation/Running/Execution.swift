import Dedalus
import Scenarios

/// One run of a program under one set of faults: what held, why, and what was sent.
///
/// Beside the program's relations there is one *row relation* for each aggregate rule: it holds the distinct rows
/// (group columns and aggregated values) that the aggregate ranges over, so that the lineage of an aggregate is
/// ordinary: its premises are rows, and each row has the firings that produced it.
public struct Execution: Sendable {
  /// The program that ran.
  public let program: Program
  /// Nodes, rounds and crash view.
  public let setting: Setting
  /// The faults it ran under; they need not be admissible.
  public let faults: FaultSet
  /// Every relation with its name, those of the program first.
  public let schema: Schema
  /// What the symbols stand for.
  public let constants: ConstantPool
  /// Every row and tuple.
  public let store: TupleStore
  /// In the order in which they were sent.
  public let messages: [Message]
  /// Whether it ran to the end.
  public let ending: Ending

  let firings: FiringStore
  let absences: AbsenceStore
  /// By round but the last, from round 1 on: how far things had come when its messages were about to be sent.
  let marks: [ExecutionMark]
}

/// How an execution ended.
public enum Ending: Hashable, Sendable {
  /// All rounds ran.
  case complete
  /// Arithmetic failed; the tuples of later strata and rounds are missing.
  case failed(RunError)
  /// The budget was used up in the given round; tuples are missing.
  case exhausted(Budget.Resource, Round)
  /// The caller wanted no more in the given round; tuples are missing.
  case stopped(Round)
}

/// Bounds on what one execution may record, so that a program that grows without end stops.
public struct Budget: Hashable, Sendable {
  /// What ran out.
  public enum Resource: String, Hashable, Sendable {
    case tuples, firings, gates
  }

  /// The most tuples in all rounds together.
  public var tuples: Int
  /// The most firings in all rounds together; for grounding, rule instances.
  public var firings: Int

  /// For grounding, the most gates of the circuit.
  public var gates: Int

  /// Room for the given numbers.
  public init(tuples: Int, firings: Int, gates: Int = 4_000_000) {
    self.tuples = tuples
    self.firings = firings
    self.gates = gates
  }

  /// What one execution gets unless told otherwise: it stays below about 200 MB.
  public static let standard = Budget(tuples: 500_000, firings: 1_000_000)
}

/// Arithmetic that has no result: it ends the run.
public struct RunError: Error, Hashable, Sendable {
  /// What went wrong.
  public enum Failure: Hashable, Sendable {
    /// The result does not fit 64 bits.
    case overflow
    /// The right operand is zero.
    case divisionByZero
  }

  /// The rule that computed.
  public let rule: RuleID
  /// The round in which it did.
  public let round: Round
  /// What went wrong.
  public let failure: Failure
  /// The computation with its values, e.g. `10 / 0` or `sum = 9223372036854775808`.
  public let operation: String

  /// The rule computed something in the round that has no result.
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

  /// No row of `relation` in `round` that `pattern` matches.
  public init(relation: RelationID, round: Round, pattern: [Constant?]) {
    self.relation = relation
    self.round = round
    self.pattern = pattern
  }
}

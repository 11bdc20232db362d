import Dedalus
import Indices

// Plans are classes: a match passes them from level to level, and a struct with ten arrays in it would count ten
// references at each. (Measured: 1.6 times slower as structs.)

/// A rule, ready to be matched against a `TupleStore`.
public final class RulePlan: Sendable {
  /// Where the rule fires.
  public enum Place: Sendable {
    /// Wherever the register says.
    case register(Int)
    /// Always at this node.
    case node(NodeID)
    /// Nowhere in particular: location `_`.
    case nowhere
  }

  /// The rule.
  public let rule: RuleID
  /// When the head holds.
  public let timing: Timing
  /// What a match derives: the head relation, or the row relation of an aggregate rule.
  public let derives: RelationID
  /// Where the rule fires.
  public let place: Place
  /// Relations and rounds (nil: the current one) of the positive atoms, in body order.
  public let positives: [(relation: RelationID, round: Round?)]
  /// The atoms under `notin`, in body order.
  public let negatives: [NegativeAtom]

  /// The head's columns; for an aggregate rule, those of its rows.
  let head: [Operand]
  /// In the order in which the language evaluates them.
  let conditions: [Condition]
  /// The first joins all atoms; number 1 + i does, too, but begins with positive atom i.
  let joins: [JoinPlan]
  let registerCount: Int

  init(
    rule: RuleID, timing: Timing, derives: RelationID, place: Place,
    positives: [(relation: RelationID, round: Round?)], negatives: [NegativeAtom], head: [Operand],
    conditions: [Condition], joins: [JoinPlan], registerCount: Int
  ) {
    self.rule = rule
    self.timing = timing
    self.derives = derives
    self.place = place
    self.positives = positives
    self.negatives = negatives
    self.head = head
    self.conditions = conditions
    self.joins = joins
    self.registerCount = registerCount
  }
}

/// An atom under `notin`.
public final class NegativeAtom: Sendable {
  /// The relation that is read.
  public let relation: RelationID
  /// The round that is read; nil for the current one.
  public let round: Round?
  let arity: Int
  /// The columns whose values are known, ascending, and where from.
  let boundColumns: [Int]
  let key: [KeySource]
  /// Pairs of columns that hold the same existential variable.
  let equalColumns: [(first: Int, second: Int)]
  let access: Access

  init(
    relation: RelationID, round: Round?, arity: Int, boundColumns: [Int], key: [KeySource],
    equalColumns: [(first: Int, second: Int)], access: Access
  ) {
    self.relation = relation
    self.round = round
    self.arity = arity
    self.boundColumns = boundColumns
    self.key = key
    self.equalColumns = equalColumns
    self.access = access
  }
}

/// How the tuples that agree with a key are found.
enum Access: Sendable {
  /// All columns are known: the row itself is looked up.
  case row
  /// By an index on the known columns.
  case index(IndexID)
}

/// Where the tuples for a positive atom come from.
struct AtomAccess: Sendable {
  /// The atom's place among the positive ones, in body order.
  let position: Int
  let relation: RelationID
  /// The round that is read; nil for the current one.
  let round: Round?
  let access: Access
}

/// A known value that a lookup uses.
enum KeySource: Sendable {
  case register(Register)
  case constant(Symbol)
}

/// An order in which the atoms of a rule are joined.
final class JoinPlan: Sendable {
  /// Tested before the first step.
  let firstConditions: [Int]
  let steps: [JoinStep]

  init(firstConditions: [Int], steps: [JoinStep]) {
    self.firstConditions = firstConditions
    self.steps = steps
  }
}

/// One step of a join: each way to extend the match, then the conditions that can be tested with it.
final class JoinStep: Sendable {
  enum Source: Sendable {
    /// A tuple for a positive atom.
    case atom(AtomAccess)
    /// A node for a variable that nothing binds.
    case node(Register)
  }

  let source: Source
  /// The values of the known columns, ascending by column.
  let key: [KeySource]
  /// Columns whose values go into registers.
  let captures: [(column: Int, register: Register)]
  /// Columns that must agree with a register captured from the same tuple.
  let repeats: [(column: Int, register: Register)]
  /// Indices into the conditions of the plan, ascending.
  let conditions: [Int]

  init(
    source: Source, key: [KeySource] = [], captures: [(column: Int, register: Register)] = [],
    repeats: [(column: Int, register: Register)] = [], conditions: [Int]
  ) {
    self.source = source
    self.key = key
    self.captures = captures
    self.repeats = repeats
    self.conditions = conditions
  }
}

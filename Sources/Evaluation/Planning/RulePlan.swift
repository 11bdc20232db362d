// A plan is a handful of flat tables. Its parts refer to stretches of these tables by number and hold no references
// themselves, so walking a plan counts none: where the steps, keys and conditions were objects and arrays of their
// own, retaining and releasing them was two fifths of an execution. The plan itself is a class because a match passes
// it from level to level, and a struct with as many arrays would count all of them.

import Dedalus
import Indices
import Scenarios

/// A rule, ready to be matched against a `TupleStore`.
public final class RulePlan: Sendable {
  /// Where the rule fires.
  public enum Place: Sendable {
    /// Wherever the variable with this number says.
    case variable(Int)
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
  /// Whether a match derives a row, which holds in the round of the match, whenever the head does.
  public let collectsRows: Bool
  /// Where the rule fires.
  public let place: Place
  /// The atoms that must match, in body order.
  public let positives: [PositiveAtom]
  /// The atoms under `notin`, in body order.
  public let negatives: [NegativeAtom]

  /// The first joins all atoms; number 1 + i does, too, but begins with positive atom i.
  let joins: [JoinPlan]
  let registerCount: Int
  let tables: PlanTables

  init(
    _ rule: RuleID, _ timing: Timing, deriving derives: RelationID, collectsRows: Bool, at place: Place,
    _ body: PlannedBody, registerCount: Int
  ) {
    self.rule = rule
    self.timing = timing
    self.derives = derives
    self.collectsRows = collectsRows
    self.place = place
    positives = body.positives
    negatives = body.negatives
    joins = body.joins
    tables = body.tables
    self.registerCount = registerCount
  }
}

extension RulePlan {
  /// The node that sends the head of the group to which `row` belongs; nil for a rule with location `_`.
  public func sender(ofGroupWith row: TupleID, in matcher: borrowing Matcher) -> NodeID? {
    switch place {
    case .nowhere: nil
    case .node(let node): node
    case .variable: matcher.constants.node(matcher.store.symbol(row, tables.head.count - 1))
    }
  }
}

/// What a plan is made of beside its head: in the making, or made.
struct PlannedBody {
  var positives: [PositiveAtom] = []
  var negatives: [NegativeAtom] = []
  var joins: [JoinPlan] = []
  var tables = PlanTables()
}

/// The tables that the parts of a plan refer to.
struct PlanTables: Sendable {
  /// The head's columns; for an aggregate rule, those of its rows.
  var head: [Operand] = []
  /// In the order in which the language evaluates them.
  var conditions: [Condition] = []
  /// The arithmetic in operands.
  var computations: [Computation] = []

  /// The steps of all joins.
  private(set) var steps: [JoinStep] = []
  private(set) var keys: [KeySource] = []
  private(set) var columns: [ColumnUse] = []
  /// What columns under `notin` must hold; nil for any value.
  private(set) var patterns: [KeySource?] = []
  private(set) var equalColumns: [EqualColumns] = []
  /// Numbers of conditions, ascending within a stretch.
  private(set) var conditionNumbers: [Int] = []

  mutating func add(steps: [JoinStep]) -> Range<Int> { Self.append(steps, to: &self.steps) }
  mutating func add(keys: [KeySource]) -> Range<Int> { Self.append(keys, to: &self.keys) }
  mutating func add(columns: [ColumnUse]) -> Range<Int> { Self.append(columns, to: &self.columns) }
  mutating func add(pattern: [KeySource?]) -> Range<Int> { Self.append(pattern, to: &patterns) }
  mutating func add(equalColumns: [EqualColumns]) -> Range<Int> {
    Self.append(equalColumns, to: &self.equalColumns)
  }
  mutating func add(conditionNumbers: [Int]) -> Range<Int> {
    Self.append(conditionNumbers, to: &self.conditionNumbers)
  }

  /// Appends `elements` to `table` and says where they stand.
  private static func append<Element>(_ elements: [Element], to table: inout [Element]) -> Range<Int> {
    table.append(contentsOf: elements)
    return table.count - elements.count..<table.count
  }
}

/// An atom that must match.
public struct PositiveAtom: Sendable {
  /// The relation that is read.
  public let relation: RelationID
  /// The round that is read; nil for the current one.
  public let round: Round?
}

/// An atom under `notin`.
public struct NegativeAtom: Sendable {
  /// The relation that is read.
  public let relation: RelationID
  /// The round that is read; nil for the current one.
  public let round: Round?
  let access: Access
  /// Where the values of the known columns come from, ascending by column; in `keys`.
  let key: Range<Int>
  /// What each column must hold; in `patterns`.
  let pattern: Range<Int>
  /// Pairs of columns that hold the same existential variable; in `equalColumns`.
  let equalColumns: Range<Int>
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

/// Two columns, counted from 0, that must agree.
struct EqualColumns: Sendable {
  let first: Int
  let second: Int
}

/// A column, counted from 0, and the register that its value goes into or must agree with.
struct ColumnUse: Sendable {
  let column: Int
  let register: Register
}

/// An order in which the atoms of a rule are joined.
struct JoinPlan: Sendable {
  /// Tested before the first step; in `conditionNumbers`.
  let firstConditions: Range<Int>
  /// In `steps`.
  let steps: Range<Int>
}

/// One step of a join: each way to extend the match, then the conditions that can be tested with it.
struct JoinStep: Sendable {
  enum Source: Sendable {
    /// A tuple for a positive atom.
    case atom(AtomAccess)
    /// A node for a variable that nothing binds.
    case node(Register)
  }

  let source: Source
  /// Where the values of the known columns come from, ascending by column; in `keys`.
  var key = 0..<0
  /// Columns whose values go into registers; in `columns`.
  var captures = 0..<0
  /// Columns that must agree with a register captured from the same tuple; in `columns`.
  var repeats = 0..<0
  /// In `conditionNumbers`.
  let conditions: Range<Int>
}

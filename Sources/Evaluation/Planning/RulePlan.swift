// A plan is a handful of flat tables. Its parts refer to ranges of these tables by number and hold no
// references themselves, so walking a plan counts no references: when the steps, keys and conditions were
// objects and arrays of their own, retaining and releasing them took two fifths of a run. The plan itself is
// a class because a match passes it from level to level, and passing a struct would retain all of its arrays.

import Dedalus
import Indices
import Scenarios

/// A rule, ready to be matched against a `TupleStore`.
public final class RulePlan: Sendable {
  /// Where the rule fires.
  public enum Place: Sendable {
    /// At the node that the variable with this number names.
    case variable(Int)
    /// Always at this node.
    case node(NodeID)
    /// At no node: location `_`.
    case nowhere
  }

  /// The rule that is planned.
  public let rule: RuleID
  /// When the head holds.
  public let timing: Timing
  /// What a match derives: the head relation, or the row relation of an aggregate rule.
  public let derives: RelationID
  /// Whether a match derives a row of an aggregate. The row holds in the round of the match, whatever the
  /// timing of the head.
  public let collectsRows: Bool
  /// Where the rule fires.
  public let place: Place
  /// The atoms that must match, in body order.
  public let positives: [PositiveAtom]
  /// The atoms under `notin`, in body order.
  public let negatives: [NegativeAtom]
  /// The counts, in body order.
  public var counts: [CountPlan] { tables.counts }

  /// Join 0 joins all atoms; so does join 1 + i, but it begins with positive atom i.
  let joins: [JoinPlan]
  /// The number of positive atoms, those of counts included.
  let premiseCount: Int
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
    premiseCount = body.tables.counts.last?.premises.upperBound ?? body.positives.count
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

/// The parts of a plan other than its head, complete or still under construction.
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
  /// The conditions in the order in which the language evaluates them.
  var conditions: [Condition] = []
  /// The arithmetic in operands.
  var computations: [Computation] = []

  /// The counts, in body order.
  var counts: [CountPlan] = []

  /// The steps of all joins.
  private(set) var steps: [JoinStep] = []
  private(set) var keys: [KeySource] = []
  private(set) var columns: [ColumnUse] = []
  /// What columns under `notin` must hold; nil for any value.
  private(set) var patterns: [KeySource?] = []
  private(set) var equalColumns: [EqualColumns] = []
  /// Numbers of conditions, ascending within each range.
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

  /// Appends `elements` to `table` and returns their range.
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
  /// The sources of the values of the known columns, ascending by column; a range of `keys`.
  let key: Range<Int>
  /// What each column must hold; a range of `patterns`.
  let pattern: Range<Int>
  /// Pairs of columns that hold the same existential variable; a range of `equalColumns`.
  let equalColumns: Range<Int>
}

/// How the tuples with a given key are found.
enum Access: Sendable {
  /// All columns are known, so the row itself is looked up.
  case row
  /// An index on the known columns is searched.
  case index(IndexID)
}

/// How the tuples for a positive atom are found.
struct AtomAccess: Sendable {
  /// The index of the atom among the positive ones, in body order.
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

/// A column, counted from 0, and the register that receives its value or must agree with it.
struct ColumnUse: Sendable {
  let column: Int
  let register: Register
}

/// An order in which the atoms of a rule are joined.
struct JoinPlan: Sendable {
  /// The conditions tested before the first step; a range of `conditionNumbers`.
  let firstConditions: Range<Int>
  /// The steps of the join; a range of `steps`.
  let steps: Range<Int>
}

/// One step of a join: the ways to extend the match, then the conditions that can be tested with the extended
/// match.
struct JoinStep: Sendable {
  enum Source: Sendable {
    /// A tuple for a positive atom.
    case atom(AtomAccess)
    /// A node for a variable that nothing binds.
    case node(Register)
    /// The number that the plan's count with this number has.
    case count(Int)
    /// The end of the join within the braces of a count.
    case counted(Int)
  }

  let source: Source
  /// The sources of the values of the known columns, ascending by column; a range of `keys`.
  var key = 0..<0
  /// Columns whose values go into registers; a range of `columns`.
  var captures = 0..<0
  /// Columns that must agree with a register captured from the same tuple; a range of `columns`.
  var repeats = 0..<0
  /// The conditions tested after the step; a range of `conditionNumbers`.
  let conditions: Range<Int>
}

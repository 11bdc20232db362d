// The join loop. One loop serves the concrete evaluator and the grounding of all executions: they differ in what
// receives a complete  Matching is depth first, one step of the plan per level; what is bound so far stands in
// registers, and nothing is allocated on the way.

import Dedalus
import Indices

/// Takes the matches of rules: the recorder of one execution, or the grounding of all.
public protocol MatchReceiver {
  /// Whether no further match is wanted.
  var isStopped: Bool { get }
  /// Whether `tuple` may be a premise.
  func admits(_ tuple: TupleID) -> Bool
  /// Takes a match that stands complete in `matcher`. It may insert tuples, but not into a relation and round that a
  /// negated atom or an aggregate of the same stratum reads.
  mutating func receive(_ plan: RulePlan, _ matcher: inout Matcher)
}

/// The tuples of an execution and what the match under way has bound.
///
/// The receiver is another value, not a part of this one: reaching the store through a requirement of a protocol
/// would copy its ten array references at every lookup (measured: a third of the time).
public struct Matcher: Sendable {
  /// The tuples that are matched.
  public var store: TupleStore
  /// What symbols stand for.
  public var constants: ConstantPool
  /// The round in which a rule is matched.
  public private(set) var round = Round(1)
  /// The words of the row that the match derives, once `computeHead` has succeeded: the relation, then its values.
  public internal(set) var head = WordBuffer()
  var registers: IndexedArray<Register, Symbol> = []

  /// A relation whose rows are the same in every round and stand in round 1 only; nil where there is none.
  private let timelessRelation: RelationID?
  private var premises: [TupleID] = []
  /// Positive atom i takes only tuples with numbers in `lower[i] ..< upper[i]`.
  private var lower: [TupleID] = []
  private var upper: [TupleID] = []
  /// The first condition that failed to have a value, and why; what comes after it is not tested.
  var failure: (condition: Int, reason: ArithmeticFailure)?
  var key = WordBuffer()

  /// A matcher over an empty store for the rules of `compiled`.
  public init(_ compiled: CompiledProgram, timelessRelation: RelationID? = nil) {
    store = compiled.emptyStore()
    constants = compiled.constants
    self.timelessRelation = timelessRelation
  }

  /// The tuple of positive atom `position`, counted in body order.
  public func premise(_ position: Int) -> TupleID { premises[position] }

  /// Finds every match of `plan` in `round`, joining in the order of its join `number`; positive atom i takes the
  /// tuples with numbers in `bounds[i]`, any where `bounds` is empty.
  mutating func findMatches(
    of plan: RulePlan, join number: Int, in round: Round, bounds: [Range<TupleID>],
    for receiver: inout some MatchReceiver
  ) {
    reset(plan, in: round, bounds)
    guard passes(plan.joins[number].firstConditions, of: plan) else { return }
    descend(Cursor(plan: plan, join: plan.joins[number], depth: 0), &receiver)
  }

  private mutating func reset(_ plan: RulePlan, in round: Round, _ bounds: [Range<TupleID>]) {
    self.round = round
    failure = nil
    for position in 0..<plan.positives.count {
      if position == premises.count {
        premises.append(.none)
        lower.append(TupleID(0))
        upper.append(.none)
      }
      lower[position] = bounds.isEmpty ? TupleID(0) : bounds[position].lowerBound
      upper[position] = bounds.isEmpty ? .none : bounds[position].upperBound
    }
    while registers.count < plan.registerCount { registers.append(Symbol(0)) }
  }

  /// The round that an atom reads: the one it names, or the current one.
  func round(read named: Round?, of relation: RelationID) -> Round {
    named ?? (relation == timelessRelation ? Round(1) : round)
  }

  /// How far a match has come: the steps before `depth` are done.
  private struct Cursor {
    let plan: RulePlan
    let join: JoinPlan
    let depth: Int

    var isComplete: Bool { depth == join.steps.count }
    var step: JoinStep { join.steps[depth] }
    var next: Cursor { Cursor(plan: plan, join: join, depth: depth + 1) }
  }

  private mutating func descend(_ cursor: Cursor, _ receiver: inout some MatchReceiver) {
    if cursor.isComplete { return receiver.receive(cursor.plan, &self) }
    switch cursor.step.source {
    case .node(let register): visitNodes(cursor, register, &receiver)
    case .atom(let atom):
      let read = round(read: atom.round, of: atom.relation)
      guard read <= round else { return }
      switch atom.access {
      case .row: visitRow(cursor, atom, in: read, &receiver)
      case .index(let index): visitIndex(cursor, atom, index, in: read, &receiver)
      }
    }
  }

  private mutating func visitNodes(
    _ cursor: Cursor, _ register: Register, _ receiver: inout some MatchReceiver
  ) {
    let failureBefore = failure
    for node in 0..<constants.nodeCount {
      registers[register] = Symbol(rawValue: node)
      failure = failureBefore
      if passes(cursor.step.conditions, of: cursor.plan) { descend(cursor.next, &receiver) }
      if receiver.isStopped { return }
    }
  }

  private mutating func visitRow(
    _ cursor: Cursor, _ atom: AtomAccess, in round: Round, _ receiver: inout some MatchReceiver
  ) {
    loadKey(cursor.step.key, after: atom.relation.rawValue)
    guard let row = store.findRow(key), let tuple = store.tuple(row, in: round) else { return }
    extend(cursor, atom.position, with: tuple, &receiver)
  }

  private mutating func visitIndex(
    _ cursor: Cursor, _ atom: AtomAccess, _ index: IndexID, in round: Round,
    _ receiver: inout some MatchReceiver
  ) {
    loadKey(cursor.step.key, after: round.rawValue)
    var entry = store.firstEntry(index, key)
    let failureBefore = failure
    let upper = upper[atom.position]
    let lower = lower[atom.position]
    while entry != .none, !receiver.isStopped {
      let (tuple, next) = store.step(index, entry)
      entry = next
      if tuple >= upper { continue }
      if tuple < lower { return }
      failure = failureBefore
      extend(cursor, atom.position, with: tuple, &receiver)
    }
  }

  /// Takes `tuple` for positive atom `position` and goes on with the next step.
  private mutating func extend(
    _ cursor: Cursor, _ position: Int, with tuple: TupleID, _ receiver: inout some MatchReceiver
  ) {
    guard tuple >= lower[position], tuple < upper[position], receiver.admits(tuple) else { return }
    premises[position] = tuple
    let row = store.row(of: tuple)
    for (column, register) in cursor.step.captures { registers[register] = store.symbol(row, column) }
    for (column, register) in cursor.step.repeats where registers[register] != store.symbol(row, column) {
      return
    }
    if passes(cursor.step.conditions, of: cursor.plan) { descend(cursor.next, &receiver) }
  }

  /// Fills the lookup key with `first` and the values of `sources`.
  mutating func loadKey(_ sources: [KeySource], after first: UInt32) {
    key.begin(with: first)
    for source in sources {
      switch source {
      case .register(let register): key.append(registers[register].rawValue)
      case .constant(let symbol): key.append(symbol.rawValue)
      }
    }
  }
}

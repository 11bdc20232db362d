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
    descend(plan, plan.joins[number], 0, &receiver)
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

  private mutating func descend(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ receiver: inout some MatchReceiver
  ) {
    guard depth < join.steps.count else { return receiver.receive(plan, &self) }
    let step = join.steps[depth]
    switch step.source {
    case .node(let register): visitNodes(plan, join, depth, register, &receiver)
    case .atom(let position, let relation, let round, let access):
      let read = self.round(read: round, of: relation)
      guard read <= self.round else { return }
      switch access {
      case .row: visitRow(plan, join, depth, position, relation, read, &receiver)
      case .index(let index): visitIndex(plan, join, depth, position, index, read, &receiver)
      }
    }
  }

  private mutating func visitNodes(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ register: Register,
    _ receiver: inout some MatchReceiver
  ) {
    let failureBefore = failure
    for node in 0..<constants.nodeCount {
      registers[register] = Symbol(rawValue: node)
      failure = failureBefore
      if passes(join.steps[depth].conditions, of: plan) { descend(plan, join, depth + 1, &receiver) }
      if receiver.isStopped { return }
    }
  }

  private mutating func visitRow(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, _ relation: RelationID, _ round: Round,
    _ receiver: inout some MatchReceiver
  ) {
    loadKey(join.steps[depth].key, after: relation.rawValue)
    guard let row = store.findRow(key), let tuple = store.tuple(row, in: round) else { return }
    extend(plan, join, depth, position, with: tuple, &receiver)
  }

  private mutating func visitIndex(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, _ index: IndexID, _ round: Round,
    _ receiver: inout some MatchReceiver
  ) {
    loadKey(join.steps[depth].key, after: round.rawValue)
    var entry = store.firstEntry(index, key)
    let failureBefore = failure
    let upper = upper[position]
    let lower = lower[position]
    while entry != .none, !receiver.isStopped {
      let (tuple, next) = store.step(index, entry)
      entry = next
      if tuple >= upper { continue }
      if tuple < lower { return }
      failure = failureBefore
      extend(plan, join, depth, position, with: tuple, &receiver)
    }
  }

  /// Takes `tuple` for positive atom `position` and goes on with the next step.
  private mutating func extend(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, with tuple: TupleID,
    _ receiver: inout some MatchReceiver
  ) {
    guard tuple >= lower[position], tuple < upper[position], receiver.admits(tuple) else { return }
    premises[position] = tuple
    let row = store.row(of: tuple)
    for (column, register) in join.steps[depth].captures {
      registers[register] = store.symbol(row, column)
    }
    for (column, register) in join.steps[depth].repeats
    where registers[register] != store.symbol(row, column) { return }
    guard passes(join.steps[depth].conditions, of: plan) else { return }
    descend(plan, join, depth + 1, &receiver)
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

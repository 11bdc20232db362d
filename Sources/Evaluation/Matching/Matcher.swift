// The join loop. One loop serves the concrete evaluator and the grounding of all runs; they differ in what
// receives a complete match. Matching is depth first, one step of the plan per level. What is bound so far is
// in registers, and nothing is allocated on the way.

import Dedalus
import Indices
import Scenarios

/// Receives the matches of rules: the recorder of one run, or the grounding of all runs.
public protocol MatchReceiver {
  /// Whether matching should stop.
  var isStopped: Bool { get }
  /// Whether `tuple` may be a premise.
  func admits(_ tuple: TupleID) -> Bool
  /// Receives the match that `matcher` has completed. It may insert tuples, but not into a relation and round
  /// that a negated atom or an aggregate of the same stratum reads.
  mutating func receive(_ plan: RulePlan, _ matcher: inout Matcher)
  /// Begins to count for the plan's count `number`.
  mutating func beginCount(_ number: Int)
  /// Receives one way in which everything within the braces of count `number` holds, but perhaps for its
  /// negated atoms.
  mutating func collect(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher)
  /// The numbers that what was collected may come to, as symbols.
  mutating func totals(_ plan: RulePlan, count number: Int, _ matcher: inout Matcher) -> [Symbol]
  /// Says which of the `totals` of count `number` the match goes on with; nil where it has failed before, and
  /// no number is needed.
  mutating func choose(_ total: Int?, count number: Int)
  /// Called about every ten thousand tries, however few of them match; the receiver may decide to stop.
  mutating func pause(_ matcher: borrowing Matcher)
}

/// The tuples of a run and what the current match has bound.
///
/// The receiver is a separate value: reading the store through a protocol requirement would copy its ten
/// array references at every lookup (measured: a third of the time). What the receiver is asked for every
/// match is `mutating`, or a stored property, even where nothing changes: Swift copies the whole of a struct
/// of this size to call a method that does not mutate it (measured: a tenth).
public struct Matcher: Sendable {
  /// The tuples that are matched.
  public var store: TupleStore
  /// The constants that symbols stand for.
  public var constants: ConstantPool
  /// The round in which a rule is matched.
  public private(set) var round = Round(1)
  /// The words of the row that the match derives, once `computeHead` has succeeded: the relation, then its
  /// values.
  public internal(set) var head = WordBuffer()
  var registers: IndexedArray<Register, Symbol> = []

  /// Relations whose rows are the same in every round and are stored in round 1 only.
  private let timelessRelations: [RelationID]
  /// The tuples of the positive atoms of the current match, in body order.
  public private(set) var premises: [TupleID] = []
  /// Positive atom i takes only tuples with numbers in `lower[i] ..< upper[i]`.
  private var lower: [TupleID] = []
  private var upper: [TupleID] = []
  /// The first condition of the current match that has no value; the conditions after it are not tested.
  var failedCondition: Int?
  /// For each condition that had no value when last tested: why. The entries of conditions tested for the
  /// current match belong to it.
  var failures: [Int: ArithmeticFailure] = [:]
  private var key = WordBuffer()
  /// The number of rules, tuples and nodes tried since the receiver was last asked whether to stop.
  var tried = 0

  /// A matcher over an empty store for the rules of `compiled`.
  public init(_ compiled: CompiledProgram, timeless relations: [RelationID] = []) {
    store = compiled.emptyStore()
    constants = compiled.constants
    timelessRelations = relations
  }

  /// A matcher over the tuples of a run.
  init(store: TupleStore, constants: ConstantPool) {
    self.store = store
    self.constants = constants
    timelessRelations = []
  }

  /// Prepares the matcher for `plan` in `round`, with no limits on the tuples of its atoms.
  mutating func begin(_ plan: RulePlan, in round: Round) {
    self.round = round
    failedCondition = nil
    for position in 0..<plan.premiseCount {
      if position == premises.count {
        premises.append(.none)
        lower.append(TupleID(0))
        upper.append(.none)
      }
      lower[position] = TupleID(0)
      upper[position] = .none
    }
    while registers.count < plan.registerCount { registers.append(Symbol(0)) }
  }

  /// Until the next `begin`, positive atom `position` takes only the tuples in the range `tuples`.
  mutating func bound(_ position: Int, to tuples: Range<TupleID>) {
    lower[position] = tuples.lowerBound
    upper[position] = tuples.upperBound
  }

  /// Finds every match, joining in the order of join `number`.
  mutating func findMatches(of plan: RulePlan, join number: Int, for receiver: inout some MatchReceiver) {
    let join = plan.joins[number]
    countTry(for: &receiver)
    guard passes(join.firstConditions, of: plan) else { return }
    descend(plan, join.steps, &receiver)
  }

  /// Counts one try. Whatever a program can repeat without limit must be counted.
  private mutating func countTry(for receiver: inout some MatchReceiver) {
    tried &+= 1
    if tried > 0x3FFF {
      tried = 0
      receiver.pause(self)
    }
  }

  /// The round that an atom reads: the one it names, or the current one.
  func round(read named: Round?, of relation: RelationID) -> Round {
    named ?? (timelessRelations.contains(relation) ? Round(1) : round)
  }

  /// Continues with the first of `steps`, the remaining steps of a join of `plan`.
  private mutating func descend(
    _ plan: RulePlan, _ steps: Range<Int>, _ receiver: inout some MatchReceiver
  ) {
    if steps.isEmpty { return receiver.receive(plan, &self) }
    let key = plan.tables.steps[steps.lowerBound].key
    switch plan.tables.steps[steps.lowerBound].source {
    case .node(let register): visitNodes(plan, steps, register, &receiver)
    case .count(let number): visitTotals(plan, steps, number, &receiver)
    case .counted(let number): receiver.collect(plan, count: number, &self)
    case .atom(let atom):
      let read = round(read: atom.round, of: atom.relation)
      guard read <= round else { return }
      switch atom.access {
      case .row:
        guard let tuple = lookUp(atom.relation, key, of: plan, in: read) else { return }
        extend(plan, steps, atom.position, with: tuple, &receiver)
      case .index(let index):
        let entry = firstEntry(of: index, key, of: plan, in: read)
        visitChain(plan, steps, atom.position, from: entry, &receiver)
      }
    }
  }

  private mutating func visitNodes(
    _ plan: RulePlan, _ steps: Range<Int>, _ register: Register, _ receiver: inout some MatchReceiver
  ) {
    let failedBefore = failedCondition
    for node in 0..<constants.nodeCount {
      registers[register] = Symbol(rawValue: node)
      countTry(for: &receiver)
      failedCondition = failedBefore
      goOn(plan, steps, &receiver)
      if receiver.isStopped { return }
    }
  }

  private mutating func visitChain(
    _ plan: RulePlan, _ steps: Range<Int>, _ position: Int, from first: TupleIndex.Entry,
    _ receiver: inout some MatchReceiver
  ) {
    var entry = first
    let failedBefore = failedCondition
    let upper = upper[position]
    let lower = lower[position]
    while entry != .none, !receiver.isStopped {
      let (tuple, next) = store.step(entry)
      entry = next
      countTry(for: &receiver)
      if tuple >= upper { continue }
      if tuple < lower { return }
      failedCondition = failedBefore
      extend(plan, steps, position, with: tuple, &receiver)
    }
  }

  /// Takes `tuple` for positive atom `position` and continues with the next step.
  private mutating func extend(
    _ plan: RulePlan, _ steps: Range<Int>, _ position: Int, with tuple: TupleID,
    _ receiver: inout some MatchReceiver
  ) {
    guard tuple >= lower[position], tuple < upper[position], receiver.admits(tuple) else { return }
    premises[position] = tuple
    guard capture(store.row(of: tuple), by: steps.lowerBound, of: plan) else { return }
    goOn(plan, steps, &receiver)
  }

  /// Copies columns of `row` into registers as step number `step` says; false where two columns that must
  /// agree do not.
  private mutating func capture(_ row: RowID, by step: Int, of plan: RulePlan) -> Bool {
    for position in plan.tables.steps[step].captures {
      let use = plan.tables.columns[position]
      registers[use.register] = store.symbol(row, use.column)
    }
    for position in plan.tables.steps[step].repeats {
      let use = plan.tables.columns[position]
      if registers[use.register] != store.symbol(row, use.column) { return false }
    }
    return true
  }

  /// Tests the conditions of the first of `steps` and continues with the others.
  private mutating func goOn(_ plan: RulePlan, _ steps: Range<Int>, _ receiver: inout some MatchReceiver) {
    guard passes(plan.tables.steps[steps.lowerBound].conditions, of: plan) else { return }
    descend(plan, steps.lowerBound + 1..<steps.upperBound, &receiver)
  }

  /// Counts, and goes on with each number that this may come to.
  private mutating func visitTotals(
    _ plan: RulePlan, _ steps: Range<Int>, _ number: Int, _ receiver: inout some MatchReceiver
  ) {
    let count = plan.tables.counts[number]
    let failedBefore = failedCondition
    if let failedBefore, failedBefore < count.condition {
      receiver.choose(nil, count: number)
      return goOn(plan, steps, &receiver)
    }
    failedCondition = nil
    receiver.beginCount(number)
    if passes(count.firstConditions, of: plan) { descend(plan, count.steps, &receiver) }
    if receiver.isStopped { return }
    for (position, total) in receiver.totals(plan, count: number, &self).enumerated() {
      registers[count.result] = total
      receiver.choose(position, count: number)
      countTry(for: &receiver)
      failedCondition = failedBefore
      goOn(plan, steps, &receiver)
      if receiver.isStopped { return }
    }
  }

  // MARK: Lookup

  /// The tuple in `round` of the row made of `relation` and the values of the plan's keys `sources`.
  mutating func lookUp(
    _ relation: RelationID, _ sources: Range<Int>, of plan: RulePlan, in round: Round
  ) -> TupleID? {
    key.begin(with: relation.rawValue)
    appendValues(of: sources, plan)
    guard let row = store.findRow(key) else { return nil }
    return store.tuple(row, in: round)
  }

  /// The newest tuple of `round` that `index` finds under the values of the plan's keys `sources`.
  mutating func firstEntry(
    of index: IndexID, _ sources: Range<Int>, of plan: RulePlan, in round: Round
  ) -> TupleIndex.Entry {
    key.begin(with: index.rawValue)
    key.append(round.rawValue)
    appendValues(of: sources, plan)
    return store.firstEntry(key)
  }

  private mutating func appendValues(of sources: Range<Int>, _ plan: RulePlan) {
    for position in sources { key.append(plan.tables.keys[position].symbol(registers).rawValue) }
  }

}

extension KeySource {
  /// The value of the source.
  func symbol(_ registers: IndexedArray<Register, Symbol>) -> Symbol {
    switch self {
    case .register(let register): registers[register]
    case .constant(let symbol): symbol
    }
  }
}

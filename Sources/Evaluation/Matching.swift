// The join loop. One loop serves the concrete evaluator and the grounding of all executions: they differ in what
// receives a complete match. Matching is depth first, one step of the plan per level; what is bound so far stands in
// registers, and nothing is allocated on the way.

import Dedalus
import Indices

/// What a match has bound so far.
public struct MatchState: Sendable {
  /// The round in which the rule is matched.
  public internal(set) var round = Round(1)
  /// The tuples of the positive atoms, in body order.
  public internal(set) var premises: [TupleID] = []
  var registers: IndexedArray<Register, Symbol> = []
  /// Positive atom i takes only tuples with numbers in `lower[i] ..< upper[i]`.
  var lower: [TupleID] = []
  var upper: [TupleID] = []
  /// The first condition that failed to have a value, and why; what comes after it is not tested.
  var failure: (condition: Int, reason: ArithmeticFailure)?
  var key: [UInt32] = []
  /// The words of the row that the match derives, once `computeHead` has succeeded: the relation, then its values.
  public var head: [UInt32] = []

  /// A state in which nothing is bound.
  public init() {}

  /// Makes room for a rule with so many positive atoms and registers.
  mutating func reset(premises count: Int, registers registerCount: Int, _ bounds: [Range<TupleID>]) {
    premises.removeAll(keepingCapacity: true)
    lower.removeAll(keepingCapacity: true)
    upper.removeAll(keepingCapacity: true)
    for position in 0..<count {
      premises.append(.none)
      lower.append(bounds.isEmpty ? TupleID(0) : bounds[position].lowerBound)
      upper.append(bounds.isEmpty ? .none : bounds[position].upperBound)
    }
    while registers.count < registerCount { registers.append(Symbol(0)) }
  }
}

/// Something that takes the matches of rules: the evaluator of one execution, or the grounding of all.
public protocol Matching {
  /// What is bound so far.
  var match: MatchState { get set }
  /// The tuples that are matched.
  var store: TupleStore { get set }
  /// What symbols stand for.
  var constants: ConstantPool { get set }
  /// Whether no further match is wanted.
  var isStopped: Bool { get }
  /// The round that an atom on `relation` without a time reads: the current one, or another in which the relation
  /// is known to hold the same rows.
  func currentRound(of relation: RelationID) -> Round
  /// Whether `tuple` may be a premise.
  func admits(_ tuple: TupleID) -> Bool
  /// Takes a match that stands complete in `match`. It may insert tuples, but not into a relation and round that a
  /// negated atom or an aggregate of the same stratum reads.
  mutating func receive(_ plan: RulePlan)
}

extension Matching {
  /// Finds every match of `plan` in `round`, joining in the order of its join `number`; positive atom i takes the
  /// tuples with numbers in `bounds[i]`, any where `bounds` is empty.
  mutating func findMatches(
    of plan: RulePlan, join number: Int = 0, in round: Round, bounds: [Range<TupleID>] = []
  ) {
    let positives = plan.positives.count
    match.round = round
    match.failure = nil
    match.reset(premises: positives, registers: plan.registerCount, bounds)
    guard passes(plan.joins[number].firstConditions, of: plan) else { return }
    descend(plan, plan.joins[number], 0)
  }

  private mutating func descend(_ plan: RulePlan, _ join: JoinPlan, _ depth: Int) {
    guard depth < join.steps.count else { return receive(plan) }
    let step = join.steps[depth]
    switch step.source {
    case .node(let register): visitNodes(plan, join, depth, register)
    case .atom(let position, let relation, let round, let access):
      let read = round ?? currentRound(of: relation)
      guard read <= match.round else { return }
      switch access {
      case .row: visitRow(plan, join, depth, position, relation, read)
      case .index(let index): visitIndex(plan, join, depth, position, index, read)
      }
    }
  }

  private mutating func visitNodes(_ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ register: Register) {
    let failure = match.failure
    for node in 0..<constants.nodeCount {
      match.registers[register] = Symbol(rawValue: node)
      match.failure = failure
      if passes(join.steps[depth].conditions, of: plan) { descend(plan, join, depth + 1) }
      if isStopped { return }
    }
  }

  private mutating func visitRow(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, _ relation: RelationID, _ round: Round
  ) {
    loadKey(join.steps[depth].key, after: relation.rawValue)
    guard let row = store.findRow(match.key), let tuple = store.tuple(row, in: round) else { return }
    extend(plan, join, depth, position, with: tuple)
  }

  private mutating func visitIndex(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, _ index: IndexID, _ round: Round
  ) {
    loadKey(join.steps[depth].key, after: round.rawValue)
    var entry = store.firstEntry(index, match.key)
    let failure = match.failure
    let upper = match.upper[position]
    let lower = match.lower[position]
    while entry != .none, !isStopped {
      let (tuple, next) = store.step(index, entry)
      entry = next
      if tuple >= upper { continue }
      if tuple < lower { return }
      match.failure = failure
      extend(plan, join, depth, position, with: tuple)
    }
  }

  /// Takes `tuple` for positive atom `position` and goes on with the next step.
  private mutating func extend(
    _ plan: RulePlan, _ join: JoinPlan, _ depth: Int, _ position: Int, with tuple: TupleID
  ) {
    guard tuple >= match.lower[position], tuple < match.upper[position], admits(tuple) else { return }
    match.premises[position] = tuple
    let row = store.row(of: tuple)
    for (column, register) in join.steps[depth].captures {
      match.registers[register] = store.symbol(row, column)
    }
    for (column, register) in join.steps[depth].repeats
    where match.registers[register] != store.symbol(row, column) { return }
    guard passes(join.steps[depth].conditions, of: plan) else { return }
    descend(plan, join, depth + 1)
  }

  /// Fills the lookup key with `first` and the values of `sources`.
  private mutating func loadKey(_ sources: [KeySource], after first: UInt32) {
    match.key.removeAll(keepingCapacity: true)
    match.key.append(first)
    for source in sources {
      switch source {
      case .register(let register): match.key.append(match.registers[register].rawValue)
      case .constant(let symbol): match.key.append(symbol.rawValue)
      }
    }
  }
}

// MARK: - Conditions and values

extension Matching {
  /// Tests the conditions with the given numbers, ascending; false where one is false.
  private mutating func passes(_ numbers: [Int], of plan: RulePlan) -> Bool {
    for number in numbers {
      if let failure = match.failure, failure.condition < number { return true }
      do throws(ArithmeticFailure) {
        guard try test(plan.conditions[number]) else { return false }
      } catch {
        match.failure = (number, error)
      }
    }
    return true
  }

  private mutating func test(_ condition: Condition) throws(ArithmeticFailure) -> Bool {
    switch condition {
    case .isNode(let register):
      return constants.node(match.registers[register]) != nil
    case .bind(let register, let operand):
      match.registers[register] = try symbol(of: operand)
      return true
    case .compare(let comparator, let left, let right):
      let left = try symbol(of: left)
      let right = try symbol(of: right)
      switch comparator {
      case .equal: return left == right
      case .notEqual: return left != right
      default: return comparator.holds(constants[left], constants[right])
      }
    }
  }

  /// The value of `operand` under the registers.
  mutating func symbol(of operand: Operand) throws(ArithmeticFailure) -> Symbol {
    switch operand {
    case .register(let register): return match.registers[register]
    case .constant(let symbol): return symbol
    case .computed(let computation):
      return constants.intern(.integer(try computation.value(match.registers, constants)))
    }
  }

  /// Why the match, complete but for this, has no result; nil where all its conditions have.
  public func failure(of plan: RulePlan) -> RunError? {
    match.failure.map { _, reason in error(reason, in: plan) }
  }

  private func error(_ reason: ArithmeticFailure, in plan: RulePlan) -> RunError {
    RunError(rule: plan.rule, round: match.round, failure: reason.failure, operation: reason.operation)
  }

  /// The node at which the match fires; nil for a rule with location `_`.
  public func location(of plan: RulePlan) -> NodeID? {
    switch plan.place {
    case .nowhere: nil
    case .node(let node): node
    case .register(let position): constants.node(match.registers[Register(position)])
    }
  }

  /// Computes `match.head`, the row that the match derives.
  public mutating func computeHead(of plan: RulePlan) throws(RunError) {
    match.head.removeAll(keepingCapacity: true)
    match.head.append(plan.derives.rawValue)
    for operand in plan.head {
      do throws(ArithmeticFailure) {
        let value = try symbol(of: operand)
        match.head.append(value.rawValue)
      } catch {
        throw self.error(error, in: plan)
      }
    }
  }
}

// MARK: - Negated atoms

/// A walk over the tuples that match a negated atom.
public struct NegativeMatches {
  fileprivate enum Place {
    case row(TupleID?)
    case chain(IndexID, TupleIndex.Entry)
  }
  fileprivate var place: Place
}

extension Matching {
  /// Begins a walk over the tuples that match `atom` under the registers.
  public mutating func matches(of atom: NegativeAtom) -> NegativeMatches {
    let read = atom.round ?? currentRound(of: atom.relation)
    guard read <= match.round else { return NegativeMatches(place: .row(nil)) }
    switch atom.access {
    case .row:
      loadKey(atom.key, after: atom.relation.rawValue)
      let tuple = store.findRow(match.key).flatMap { store.tuple($0, in: read) }
      return NegativeMatches(place: .row(tuple))
    case .index(let index):
      loadKey(atom.key, after: read.rawValue)
      return NegativeMatches(place: .chain(index, store.firstEntry(index, match.key)))
    }
  }

  /// The next tuple of the walk, or nil at its end.
  public func next(_ walk: inout NegativeMatches, of atom: NegativeAtom) -> TupleID? {
    switch walk.place {
    case .row(let tuple):
      walk.place = .row(nil)
      return tuple
    case .chain(let index, var entry):
      while entry != .none {
        let (tuple, next) = store.step(index, entry)
        entry = next
        let row = store.row(of: tuple)
        if atom.equalColumns.allSatisfy({ store.symbol(row, $0.first) == store.symbol(row, $0.second) }) {
          walk.place = .chain(index, entry)
          return tuple
        }
      }
      walk.place = .chain(index, .none)
      return nil
    }
  }
}

// One execution, round by round, stratum by stratum: the facts and what the round before sent, then each stratum to
// its fixpoint, then the rules whose heads hold in the next round. Every match whose negated atoms match nothing is
// a firing and is recorded with all it rests on. In the last round nothing is sent: no round would receive it.

import Dedalus
import Indices

/// Runs `program` in `setting` under `faults`.
public func run(
  _ program: Program, _ setting: Setting, under faults: FaultSet = .none, budget: Budget = .standard
) -> Execution {
  CompiledProgram(program, nodes: setting.nodes).run(setting, under: faults, budget: budget)
}

extension CompiledProgram {
  /// Runs the program in `setting`, which must have the nodes it was compiled for, under `faults`.
  public func run(_ setting: Setting, under faults: FaultSet = .none, budget: Budget = .standard) -> Execution
  {
    precondition(setting.nodes == nodes, "a program runs on the nodes it was compiled for")
    var evaluator = Evaluator(self, setting, faults, budget)
    evaluator.run()
    return evaluator.execution
  }
}

/// An execution in the making.
struct Evaluator: Matching {
  var match = MatchState()
  var store: TupleStore
  var constants: ConstantPool
  private var firings = FiringStore()
  private var absences = AbsenceStore()
  private var messages: [Message] = []
  private var ending = Ending.complete

  private let compiled: CompiledProgram
  private let setting: Setting
  private let faults: FaultSet
  private let budget: Budget
  private let crashRounds: IndexedArray<NodeID, Round?>
  private let omissions: Set<Fault>
  private var scratch: [UInt32] = []

  init(_ compiled: CompiledProgram, _ setting: Setting, _ faults: FaultSet, _ budget: Budget) {
    self.compiled = compiled
    self.setting = setting
    self.faults = faults
    self.budget = budget
    store = compiled.emptyStore()
    constants = compiled.constants
    crashRounds = IndexedArray(setting.nodes.ids.map { faults.crashRound(of: $0) })
    omissions = Set(faults.faults)
  }

  var isStopped: Bool { ending != .complete }

  func admits(_ tuple: TupleID) -> Bool { true }

  func currentRound(of relation: RelationID) -> Round { match.round }

  var execution: Execution {
    Execution(
      program: compiled.program, setting: setting, faults: faults, schema: compiled.schema,
      constants: constants,
      store: store, messages: messages, ending: ending, firings: firings, absences: absences)
  }

  mutating func run() {
    var round = Round(1)
    while round <= setting.eot, !isStopped {
      placeFacts(in: round)
      placeCrashes(in: round)
      for stratum in compiled.schedule(of: round) { evaluate(stratum, in: round) }
      if round < setting.eot {
        for plan in compiled.timedPlans where !isStopped { findMatches(of: plan, in: round) }
      }
      round = round.next
    }
  }

  private mutating func evaluate(_ stratum: ScheduledStratum, in round: Round) {
    for plan in stratum.aggregates where !isStopped { aggregate(plan, in: round) }
    for plan in stratum.once where !isStopped { findMatches(of: plan, in: round) }
    if !isStopped { reachFixpoint(of: stratum, in: round) }
  }

  // MARK: What a round begins with

  private mutating func placeFacts(in round: Round) {
    for fact in compiled.program.facts where fact.round == round.position {
      let symbols = fact.values.map { constants.intern($0) }
      if let node = constants.node(symbols[0]), setting.crashView == .failStop, let crash = crashRounds[node],
        crash < round
      {
        continue
      }
      place(fact.relation, symbols, in: round)
    }
  }

  private mutating func placeCrashes(in round: Round) {
    for (node, crashRound) in faults.crashes {
      let symbols = [constants.symbol(of: node), constants.intern(.integer(Int64(crashRound.rawValue)))]
      for observer in setting.nodes.ids {
        place(compiled.program.crash, [constants.symbol(of: observer)] + symbols, in: round)
      }
    }
  }

  private mutating func place(_ relation: RelationID, _ symbols: [Symbol], in round: Round) {
    let words = [relation.rawValue] + symbols.map(\.rawValue)
    _ = store.insert(words, in: round)
  }

  // MARK: Firings

  mutating func receive(_ plan: RulePlan) {
    let location = location(of: plan)
    guard isAlive(location) else { return }
    if let error = failure(of: plan) { return stop(.failed(error)) }
    for atom in plan.negatives {
      var walk = matches(of: atom)
      if next(&walk, of: atom) != nil { return }
    }
    do throws(RunError) {
      try computeHead(of: plan)
    } catch {
      return stop(.failed(error))
    }
    fire(plan, at: location)
  }

  /// Under fail-stop, a crashed node's rules do not fire.
  private func isAlive(_ location: NodeID?) -> Bool {
    guard setting.crashView == .failStop, let location, let crash = crashRounds[location] else { return true }
    return match.round < crash
  }

  private mutating func fire(_ plan: RulePlan, at location: NodeID?) {
    switch plan.timing {
    case .deductive: derive(plan, in: match.round)
    case .inductive: derive(plan, in: match.round.next)
    case .async: send(plan, from: location)
    }
  }

  private mutating func derive(_ plan: RulePlan, in round: Round) {
    let head = store.insert(match.head, in: round).tuple
    close(plan, head: head)
  }

  private mutating func send(_ plan: RulePlan, from sender: NodeID?) {
    guard let receiver = constants.node(Symbol(rawValue: match.head[1])) else { return }
    let row = store.internRow(match.head)
    let fate = fate(from: sender, to: receiver)
    let head = fate == .delivered ? store.insert(row, in: match.round.next).tuple : .none
    let firing = close(plan, head: head)
    messages.append(
      Message(firing: firing, sender: sender, receiver: receiver, sent: match.round, row: row, fate: fate))
  }

  private func fate(from sender: NodeID?, to receiver: NodeID) -> Fate {
    guard let sender, sender != receiver else { return .delivered }
    if let crash = crashRounds[sender], crash <= match.round { return .senderCrashed }
    return omissions.contains(.omission(from: sender, to: receiver, match.round)) ? .omitted : .delivered
  }

  /// Records the match as a firing.
  @discardableResult
  private mutating func close(_ plan: RulePlan, head: TupleID) -> FiringID {
    for premise in match.premises { firings.add(premise) }
    for atom in plan.negatives {
      firings.add(absences.intern(atom, match.registers, match.round, scratch: &scratch))
    }
    let firing = firings.close(rule: plan.rule, head: head)
    checkBudget()
    return firing
  }

  private mutating func checkBudget() {
    if store.tupleCount > budget.tuples { stop(.exhausted(.tuples, match.round)) }
    if firings.count > budget.firings { stop(.exhausted(.firings, match.round)) }
  }

  private mutating func stop(_ ending: Ending) {
    if !isStopped { self.ending = ending }
  }

  // MARK: Aggregates

  /// Derives the rows of an aggregate rule, then one head for each group of them.
  private mutating func aggregate(_ plan: RulePlan, in round: Round) {
    let first = store.nextTuple
    findMatches(of: plan, in: round)
    let rule = compiled.program.rules[plan.rule]
    for group in AggregateGroups(of: rule, in: first..<store.nextTuple, store).groups where !isStopped {
      do throws(ArithmeticFailure) {
        try closeGroup(group, of: rule, plan, in: round)
      } catch {
        stop(
          .failed(RunError(rule: plan.rule, round: round, failure: error.failure, operation: error.operation))
        )
      }
    }
  }

  private mutating func closeGroup(
    _ group: [TupleID], of rule: Rule, _ plan: RulePlan, in round: Round
  ) throws(ArithmeticFailure) {
    var words = [rule.headRelation.rawValue]
    for (position, column) in rule.head.enumerated() {
      switch column {
      case .expression: words.append(store.symbol(group[0], position).rawValue)
      case .aggregate(let aggregate, _):
        let values = group.map { constants[store.symbol($0, position)] }
        words.append(constants.intern(try aggregate.value(of: values)).rawValue)
      }
    }
    let head = store.insert(words, in: round).tuple
    for row in group { firings.add(row) }
    firings.close(rule: plan.rule, head: head)
    checkBudget()
  }
}

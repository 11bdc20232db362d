// One run, round by round, stratum by stratum: the facts and the messages of the round before, then each
// stratum to its fixpoint, then the rules whose heads hold in the next round. Every match whose negated atoms
// match nothing is a firing, and is recorded with everything it rests on. In the last round nothing is sent,
// since no round would receive it.

import Dedalus
import Indices
import Scenarios

/// Runs `program` in `setting` under `faults`.
public func run(
  _ program: Program, _ setting: Setting, under faults: FaultSet = .none, budget: Budget = .standard
) -> Execution {
  CompiledProgram(program, nodes: setting.nodes).run(setting, under: faults, budget: budget)
}

extension CompiledProgram {
  /// Runs the program under `faults` in `setting`, which must have the nodes for which the program was
  /// compiled.
  ///
  /// `earlier` may be a run of the same program in the same setting: the rounds that both runs share are not
  /// computed again. The result is the same with and without it, including the numbers of tuples.
  ///
  /// `shouldStop` is polled every few milliseconds.
  public func run(
    _ setting: Setting, under faults: FaultSet = .none, resuming earlier: Execution? = nil,
    budget: Budget = .standard, shouldStop: @escaping () -> Bool = { false }
  ) -> Execution {
    precondition(setting.nodes == nodes, "a program runs on the nodes it was compiled for")
    var evaluator = Evaluator(self, setting, faults, budget, shouldStop)
    var matcher: Matcher
    if let earlier, let shared = earlier.lastRoundShared(with: faults) {
      precondition(earlier.setting == setting, "only an execution in the same setting can be resumed")
      matcher = evaluator.resume(earlier, in: shared)
      evaluator.run(&matcher, from: shared)
    } else {
      matcher = Matcher(self)
      evaluator.computeRound(Round(1), &matcher)
      evaluator.run(&matcher, from: Round(1))
    }
    return evaluator.execution(matcher)
  }
}

/// A run under construction.
struct Evaluator: MatchReceiver {
  var firings = FiringStore()
  private var absences = AbsenceStore()
  var messages: [Message] = []
  private var ending = Ending.complete
  private var marks: [ExecutionMark] = []

  let compiled: CompiledProgram
  private let setting: Setting
  private let faults: FaultSet
  private let world: RunWorld
  private var algebra = OneRun()
  private var conditions: [Bool] = []
  private let budget: Budget
  private let shouldStop: () -> Bool

  init(
    _ compiled: CompiledProgram, _ setting: Setting, _ faults: FaultSet, _ budget: Budget,
    _ shouldStop: @escaping () -> Bool
  ) {
    self.shouldStop = shouldStop
    self.compiled = compiled
    self.setting = setting
    self.faults = faults
    self.budget = budget
    world = RunWorld(setting, faults)
    messages.reserveCapacity(64)
  }

  /// Whether `ending` is anything but `complete`. It is stored separately because it is read for every tuple.
  private(set) var isStopped = false

  func admits(_ tuple: TupleID) -> Bool { true }

  func execution(_ matcher: Matcher) -> Execution {
    Execution(
      program: compiled.program, setting: setting, faults: faults, schema: compiled.schema,
      constants: matcher.constants,
      store: matcher.store, messages: messages, ending: ending, firings: firings, absences: absences,
      marks: marks)
  }

  /// Continues from round `first`, whose tuples are complete and whose messages are not sent yet.
  mutating func run(_ matcher: inout Matcher, from first: Round) {
    var round = first
    while round < setting.eot, !isStopped {
      marks.append(mark(matcher))
      match(compiled.timedPlans, in: round, &matcher)
      round = round.next
      if !isStopped { computeRound(round, &matcher) }
    }
  }

  mutating func computeRound(_ round: Round, _ matcher: inout Matcher) {
    placeFacts(in: round, &matcher)
    placeStatements(in: round, &matcher)
    for stratum in compiled.schedule(of: round) { evaluate(stratum, in: round, &matcher) }
  }

  // MARK: Resuming

  /// How much has been recorded so far.
  private func mark(_ matcher: borrowing Matcher) -> ExecutionMark {
    ExecutionMark(
      tuples: matcher.store.tupleCount, rows: matcher.store.rowCount, constants: matcher.constants.count,
      firings: firings.count, absences: absences.count, messages: messages.count)
  }

  /// Takes over what `earlier` computed up to `round`; the messages of that round are to be sent next.
  mutating func resume(_ earlier: Execution, in round: Round) -> Matcher {
    marks = Array(earlier.marks.prefix(round.position - 1))
    let mark = earlier.marks[round.position - 1]
    firings = earlier.firings
    firings.truncate(to: mark.firings)
    absences = earlier.absences
    absences.truncate(to: mark.absences)
    messages.append(contentsOf: earlier.messages.prefix(mark.messages))
    var matcher = Matcher(store: earlier.store, constants: earlier.constants)
    matcher.store.truncate(tuples: mark.tuples, rows: mark.rows)
    matcher.constants.truncate(to: mark.constants)
    return matcher
  }

  private mutating func evaluate(_ stratum: ScheduledStratum, in round: Round, _ matcher: inout Matcher) {
    match(stratum.aggregates, in: round, &matcher)
    match(stratum.once, in: round, &matcher)
    if !isStopped { matcher.reachFixpoint(of: stratum, in: round, for: &self) }
  }

  private mutating func match(_ plans: [RulePlan], in round: Round, _ matcher: inout Matcher) {
    for plan in plans where !isStopped {
      if plan.collectsRows {
        aggregate(plan, in: round, &matcher)
      } else {
        matcher.findMatches(of: plan, in: round, for: &self)
      }
    }
  }

  // MARK: The beginning of a round

  private mutating func placeFacts(in round: Round, _ matcher: inout Matcher) {
    for fact in compiled.facts(of: round) {
      if faults.count > 0, let node = fact.location, !isPlaced(at: node, in: round) { continue }
      _ = matcher.store.insert(fact.row, in: round)
    }
  }

  private mutating func placeStatements(in round: Round, _ matcher: inout Matcher) {
    if world.statements.isEmpty { return }
    for (statement, _) in world.statements {
      for observer in setting.nodes.ids {
        let row = compiled.row(of: statement, seenBy: observer, &matcher.constants)
        _ = matcher.store.insert(row, in: round)
      }
      checkBudget(&matcher)
      if isStopped { return }
    }
    pause(matcher)
  }

  // MARK: Firings

  mutating func receive(_ plan: RulePlan, _ matcher: inout Matcher) {
    let location = matcher.location(of: plan)
    if !world.allAct, let location, !acts(location, in: matcher.round) { return }
    if let error = matcher.failure(of: plan) { return stop(.failed(error)) }
    for position in plan.negatives.indices {
      let atom = plan.negatives[position]
      var walk = matcher.matches(of: atom, in: plan)
      if matcher.next(&walk, of: atom, in: plan) != nil { return }
    }
    do throws(RunError) {
      try matcher.computeHead(of: plan)
    } catch {
      return stop(.failed(error))
    }
    fire(plan, at: location, &matcher)
  }

  private mutating func fire(_ plan: RulePlan, at location: NodeID?, _ matcher: inout Matcher) {
    if plan.collectsRows { return derive(plan, in: matcher.round, &matcher) }
    switch plan.timing {
    case .deductive: derive(plan, in: matcher.round, &matcher)
    case .inductive: derive(plan, in: matcher.round.next, &matcher)
    case .async: send(plan, from: location, &matcher)
    }
  }

  private mutating func derive(_ plan: RulePlan, in round: Round, _ matcher: inout Matcher) {
    let head = matcher.store.insert(matcher.head, in: round).tuple
    close(plan, head: head, &matcher)
  }

  private mutating func send(_ plan: RulePlan, from sender: NodeID?, _ matcher: inout Matcher) {
    guard let (message, head) = dispatch(matcher.head, from: sender, &matcher) else { return }
    close(plan, head: head, &matcher)
    messages.append(message)
  }

  /// The message with the row `words` that the next recorded firing sends, and the tuple that it becomes; nil
  /// where its destination is not a node.
  mutating func dispatch(
    _ words: WordBuffer, from sender: NodeID?, _ matcher: inout Matcher
  ) -> (message: Message, head: TupleID)? {
    guard let receiver = matcher.constants.node(Symbol(rawValue: words[1])) else { return nil }
    let row = matcher.store.internRow(words)
    let fate = fate(from: sender, to: receiver, in: matcher.round)
    let head = fate == .delivered ? matcher.store.insert(row, in: matcher.round.next).tuple : .none
    let message = Message(
      firing: firings.next, sender: sender, receiver: receiver, sent: matcher.round, row: row, fate: fate)
    return (message, head)
  }

  // MARK: What the world answers

  private mutating func acts(_ node: NodeID, in round: Round) -> Bool {
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofActing: node, in: round, to: &conditions, &algebra)
    return algebra.all(conditions)
  }

  private mutating func isPlaced(at node: NodeID, in round: Round) -> Bool {
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofPlacingAt: node, in: round, to: &conditions, &algebra)
    return algebra.all(conditions)
  }

  private mutating func fate(from sender: NodeID?, to receiver: NodeID, in round: Round) -> Fate {
    guard let sender, sender != receiver, faults.count > 0 else { return .delivered }
    let link = Link(from: sender, to: receiver)
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofArrivalOn: link, sentIn: round, to: &conditions, &algebra)
    if algebra.all(conditions) { return .delivered }
    guard let loss = faults.loss(on: link, in: round, setting.crashView) else {
      preconditionFailure("a fault is behind every message that does not arrive")
    }
    return loss.fate
  }

  /// Records the match as a firing.
  private mutating func close(_ plan: RulePlan, head: TupleID, _ matcher: inout Matcher) {
    for position in plan.positives.indices { firings.add(matcher.premises[position]) }
    for position in plan.negatives.indices {
      firings.add(
        absences.intern(plan.negatives[position], of: plan, in: matcher.round, matcher.registers))
    }
    firings.close(rule: plan.rule, head: head)
    checkBudget(&matcher)
  }

  mutating func pause(_ matcher: borrowing Matcher) {
    if shouldStop() { stop(.stopped(matcher.round)) }
  }

  mutating func checkBudget(_ matcher: inout Matcher) {
    if matcher.store.tupleCount > budget.tuples { stop(.exhausted(.tuples, matcher.round)) }
    if firings.count > budget.firings { stop(.exhausted(.firings, matcher.round)) }
  }

  mutating func stop(_ ending: Ending) {
    if !isStopped { self.ending = ending }
    isStopped = true
  }
}

// One run, round by round, stratum by stratum: the facts and the messages of the round before, then each
// stratum to its fixpoint, then the rules whose heads hold in the next round. Every match whose negated atoms
// match nothing is a firing, and is recorded with everything it rests on. In the last round nothing is sent,
// since no round would receive it.

import Dedalus
import Indices
import Scenarios

/// Runs `program` in `setting` under `scenario`.
public func run(
  _ program: Program, _ setting: Setting, under scenario: Scenario = Scenario(), budget: Budget = .standard
) -> Execution {
  CompiledProgram(program, nodes: setting.nodes).run(setting, under: scenario, budget: budget)
}

extension CompiledProgram {
  /// Runs the program under `scenario` in `setting`, which must have the nodes for which the program was
  /// compiled.
  ///
  /// `earlier` may be a run of the same program in the same setting: the rounds that both runs share are not
  /// computed again. The result is the same with and without it, including the numbers of tuples.
  ///
  /// `shouldStop` is polled every few milliseconds.
  public func run(
    _ setting: Setting, under scenario: Scenario = Scenario(), resuming earlier: Execution? = nil,
    budget: Budget = .standard, shouldStop: @escaping () -> Bool = { false }
  ) -> Execution {
    precondition(setting.nodes == nodes, "a program runs on the nodes it was compiled for")
    var evaluator = Evaluator(self, setting, scenario, budget, shouldStop)
    var matcher: Matcher
    if let earlier, let shared = earlier.lastRoundShared(with: scenario) {
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
  var absences = AbsenceStore()
  var messages: [Message] = []
  private var ending = Ending.complete
  private var marks: [ExecutionMark] = []
  /// The rows of what the world states, once the first round has placed them.
  var statedRows: [RowID] = []

  let compiled: CompiledProgram
  let setting: Setting
  let faults: FaultSet
  let inputs: Inputs
  let world: RunWorld
  var algebra = OneRun()
  var conditions: [Bool] = []
  /// What the counts of the present match have found, by number.
  var counted: [CountedRows] = []
  private let budget: Budget
  private let shouldStop: () -> Bool

  init(
    _ compiled: CompiledProgram, _ setting: Setting, _ scenario: Scenario, _ budget: Budget,
    _ shouldStop: @escaping () -> Bool
  ) {
    self.shouldStop = shouldStop
    self.compiled = compiled
    self.setting = setting
    (faults, inputs) = (scenario.faults, scenario.inputs)
    self.budget = budget
    world = RunWorld(setting, faults)
    messages.reserveCapacity(64)
  }

  /// Whether `ending` is anything but `complete`. It is stored separately because it is read for every tuple.
  private(set) var isStopped = false

  func admits(_ tuple: TupleID) -> Bool { true }

  func execution(_ matcher: Matcher) -> Execution {
    Execution(
      program: compiled.program, setting: setting, scenario: Scenario(faults, inputs),
      schema: compiled.schema,
      constants: matcher.constants,
      store: matcher.store, messages: messages, ending: ending, firings: firings, absences: absences,
      marks: marks)
  }

  /// Continues from round `first`, whose tuples are complete and whose messages are not sent yet.
  mutating func run(_ matcher: inout Matcher, from first: Round) {
    var round = first
    while round < setting.eot, !isStopped {
      assert(marks.count == round.position - 1, "each round before this one has left its mark")
      marks.append(mark(matcher))
      match(compiled.timedPlans, in: round, &matcher)
      round = round.next
      if !isStopped { computeRound(round, &matcher) }
    }
  }

  mutating func computeRound(_ round: Round, _ matcher: inout Matcher) {
    placeFacts(in: round, &matcher)
    if world.letsRowsStay { letRowsStay(in: round, &matcher) }
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
    assert(earlier.ending == .complete, "only a run that came to its end is resumed")
    assert(zip(marks, marks.dropFirst()).allSatisfy { $0.tuples <= $1.tuples }, "a run only adds")
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
    guard let sending = dispatch(matcher.head, from: sender, &matcher) else { return }
    for head in sending.heads { close(plan, head: head, &matcher) }
    messages.append(sending.message)
  }

  /// The message with the row `words` that the next recorded firing sends, and the tuple that each of its
  /// copies becomes, `.none` where it is lost; nil where its destination is not a node.
  mutating func dispatch(
    _ words: WordBuffer, from sender: NodeID?, _ matcher: inout Matcher
  ) -> (message: Message, heads: Heads)? {
    guard let receiver = matcher.constants.node(Symbol(rawValue: words[1])) else { return nil }
    let row = matcher.store.internRow(words)
    let (fate, arrivals) = transmission(from: sender, to: receiver, in: matcher.round)
    var heads = Heads()
    for round in arrivals where round <= setting.eot {
      let isLate = round > matcher.round.next
      heads.add(
        (isLate ? matcher.store.insert(row, ahead: round) : matcher.store.insert(row, in: round)).tuple)
    }
    let message = Message(
      firing: firings.next, sender: sender, receiver: receiver, sent: matcher.round, row: row,
      arrivals: arrivals, fate: fate)
    return (message, heads)
  }

  /// The tuples that the copies of a message become; one `.none` for a lost message.
  struct Heads: Sequence, IteratorProtocol {
    private var first = TupleID.none
    private var second: TupleID?
    private var position = 0

    mutating func add(_ tuple: TupleID) {
      assert(second == nil, "a message has two copies at most")
      if first == .none { first = tuple } else { second = tuple }
    }

    mutating func next() -> TupleID? {
      position += 1
      return position == 1 ? first : position == 2 ? second : nil
    }
  }

  // MARK: What the world answers

  private mutating func acts(_ node: NodeID, in round: Round) -> Bool {
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofActing: node, in: round, to: &conditions, &algebra)
    return algebra.all(conditions)
  }

  /// What happens to a message that is sent in `round`.
  private mutating func transmission(
    from sender: NodeID?, to receiver: NodeID, in round: Round
  ) -> (fate: Fate, arrivals: Arrivals) {
    if faults.count == 0 { return (.delivered, Arrivals(round.next)) }
    let link = Link(from: sender ?? receiver, to: receiver)
    conditions.removeAll(keepingCapacity: true)
    world.addConditions(ofSendingOn: link, in: round, to: &conditions, &algebra)
    guard algebra.all(conditions) else {
      guard let loss = faults.loss(on: link, in: round, setting.crashView) else {
        preconditionFailure("a fault is behind every message that is lost on its way")
      }
      return (loss.fate, Arrivals())
    }
    var arrivals = Arrivals()
    for late in 0...world.mostLate {
      conditions.removeAll(keepingCapacity: true)
      guard
        world.addConditions(ofArrivalOn: link, sentIn: round, late: late, to: &conditions, &algebra)
      else { continue }
      let arrival = Round(rawValue: round.rawValue + 1 + UInt32(late))
      world.addConditions(ofReaching: receiver, in: arrival, to: &conditions, &algebra)
      if algebra.all(conditions) { arrivals.add(arrival) }
    }
    return (arrivals.isEmpty ? .receiverDown : .delivered, arrivals)
  }

  /// Records the match as a firing.
  private mutating func close(_ plan: RulePlan, head: TupleID, _ matcher: inout Matcher) {
    for position in plan.positives.indices { firings.add(matcher.premises[position]) }
    for position in plan.negatives.indices {
      firings.add(
        absences.intern(plan.negatives[position], of: plan, in: matcher.round, matcher.registers))
    }
    for position in plan.counts.indices { addCounted(position, of: plan, matcher) }
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
    assert(ending != .complete, "a run that is stopped does not come to its end")
    if !isStopped { self.ending = ending }
    isStopped = true
  }
}

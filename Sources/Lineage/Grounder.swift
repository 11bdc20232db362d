// Grounds all runs within the bounds at once, over what could be derived. Round by round, stratum by stratum,
// each rule is matched with every binding whose positive premises are possible. An instance is the AND of its
// premises' gates, of the negations of whatever its negated atoms match, and of what the world answers: the
// node acts, and a message arrives. A message is an instance in each round in which it may arrive, and a row
// that may stay at a node that does not act has one more instance. A tuple is the OR of its instances.
//
// A tuple is *open* until its gate is known, which is when its stratum is complete; only rules of the same
// stratum read an open tuple. Invariant: what a negated atom or an aggregate reads is closed. A closed tuple
// whose gate is `never` counts as absent.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// A grounding under construction.
struct Grounder: MatchReceiver {
  var circuit = Circuit()
  /// For each tuple: its gate, or nil while it is open.
  var gates: IndexedArray<TupleID, Edge?> = []
  var instances = InstanceTable()
  /// The open tuples by relation.
  var open: IndexedArray<RelationID, [TupleID]>
  private(set) var errors: [Grounding.PossibleError] = []
  /// The instances of one tuple while they are joined.
  var terms: [Edge] = []
  /// Instances of the current stratum whose computation has no result.
  private var openErrors: [(condition: Edge, openPremises: [TupleID], error: RunError)] = []
  /// For each rule: whether its firings are noted; empty where none are.
  private let isWatched: IndexedArray<RuleID, Bool>
  /// Firings of watched rules in the current stratum.
  private var openFirings: [(rule: RuleID, condition: Edge, openPremises: [TupleID])] = []
  /// The conditions under which watched rules fire.
  private var firings: [RuleID: [Edge]] = [:]
  /// The messages that may be sent, where they are recorded.
  var messages: [Grounding.PossibleMessage]?
  private var instanceCount = 0
  /// Steps since the caller was last asked whether to continue.
  private var steps = 0
  private var interruption: Grounding.Interruption?

  let compiled: CompiledProgram
  let setting: Setting
  let faults: PossibleFaults
  let world: World<Circuit, PossibleFaults>
  private let budget: Budget
  private let shouldStop: (Grounding.Progress) -> Bool
  var factors: [Edge] = []
  /// For each round to come: rows that come into it otherwise than from the round before, with the conditions
  /// under which they do.
  var comingLate: [Round: [LateRow]] = [:]
  var openPremises: [TupleID] = []

  /// A row that comes into a later round.
  struct LateRow {
    let row: WordBuffer
    let condition: Edge
    /// How it comes about, where that is noted.
    let instance: RuleInstance?
  }
  /// What the counts of the present match may come to, by number.
  var counted: [PossibleCount] = []
  /// Notes every instance, where somebody wants to know them.
  let recorder: InstanceRecorder?

  init(
    _ compiled: CompiledProgram, _ setting: Setting, _ faults: PossibleFaults, _ budget: Budget,
    watching rules: Set<RuleID>, noting recorder: InstanceRecorder? = nil,
    _ shouldStop: @escaping (Grounding.Progress) -> Bool
  ) {
    assert(setting.nodes == compiled.nodes, "a program is grounded on the nodes it was compiled for")
    self.recorder = recorder
    isWatched =
      rules.isEmpty ? [] : IndexedArray(compiled.program.rules.indices.map { rules.contains($0) })
    self.compiled = compiled
    self.setting = setting
    self.faults = faults
    self.budget = budget
    self.shouldStop = shouldStop
    open = IndexedArray(repeating: [], count: compiled.schema.entries.count)
    world = World(setting, faults, &circuit) { $0.gateCount <= budget.gates }
    circuit.foldsContradictions = foldsContradictions
  }

  var isStopped: Bool { interruption != nil }

  func admits(_ tuple: TupleID) -> Bool { gates[tuple] != .never }

  func grounding(_ matcher: Matcher) -> Grounding {
    assert(gates.count == matcher.store.tupleCount, "every tuple is open or has a gate")
    assert(isStopped || gates.allSatisfy { $0 != nil }, "a grounding that came to its end has closed all")
    return Grounding(
      compiled: compiled, setting: setting, faults: faults, circuit: circuit,
      store: matcher.store, constants: matcher.constants,
      errors: errors, firings: firings, messages: messages ?? [], instances: recorder?.instances ?? [:],
      groups: recorder?.groups ?? [], instanceCount: instanceCount, interruption: interruption,
      gates: IndexedArray(gates.map { $0 ?? .never }))
  }

  mutating func ground(_ matcher: inout Matcher) {
    var round = Round(1)
    spend(1, in: round)
    while round <= setting.eot, !isStopped {
      placeFacts(in: round, &matcher)
      placeLateRows(in: round, &matcher)
      if world.letsRowsStay { letRowsStay(in: round, &matcher) }
      placeStatements(in: round, &matcher)
      let schedule = compiled.schedule(of: round)
      instances.beginStratum()
      closeWhatNoRuleDerives(schedule, in: round)
      for stratum in schedule where !isStopped { ground(stratum, in: round, &matcher) }
      instances.removeAll()
      if round < setting.eot {
        ground(compiled.timedPlans, in: round, &matcher)
        settleErrors()
      }
      round = round.next
    }
  }

  private mutating func ground(_ stratum: ScheduledStratum, in round: Round, _ matcher: inout Matcher) {
    instances.beginStratum()
    ground(stratum.aggregates, in: round, &matcher)
    ground(stratum.once, in: round, &matcher)
    if !isStopped { matcher.reachFixpoint(of: stratum, in: round, for: &self) }
    var tuples: [TupleID] = []
    for relation in stratum.relations {
      tuples += open[relation]
      open[relation] = []
    }
    close(tuples, in: round)
    settleErrors()
  }

  private mutating func ground(_ plans: [RulePlan], in round: Round, _ matcher: inout Matcher) {
    for plan in plans where !isStopped {
      if plan.collectsRows {
        groundAggregate(plan, in: round, &matcher)
      } else {
        matcher.findMatches(of: plan, in: round, for: &self)
      }
    }
  }

  /// Closes the tuples that the round received and to which no rule of the round can add a firing.
  private mutating func closeWhatNoRuleDerives(_ schedule: [ScheduledStratum], in round: Round) {
    var isDerived = IndexedArray<RelationID, Bool>(repeating: false, count: open.count)
    for stratum in schedule { for relation in stratum.relations { isDerived[relation] = true } }
    for relation in open.indices where !isDerived[relation] && !open[relation].isEmpty {
      let tuples = open[relation]
      open[relation] = []
      close(tuples, in: round)
    }
  }

  // MARK: Instances

  mutating func receive(_ plan: RulePlan, _ matcher: inout Matcher) {
    countInstance(in: matcher.round)
    let location = matcher.location(of: plan)
    gatherFactors(plan, location, matcher)
    if let error = matcher.failure(of: plan) { return addError(error) }
    for position in plan.negatives.indices {
      guard exclude(plan.negatives[position], of: plan, &matcher) else { return }
    }
    do throws(RunError) {
      try matcher.computeHead(of: plan)
    } catch {
      return addError(error)
    }
    let timing = plan.collectsRows ? .deductive : plan.timing
    if !isWatched.isEmpty, isWatched[plan.rule] { noteFiring(of: plan.rule, timing, matcher) }
    if timing == .async { return addArrivals(of: matcher.head, from: location, &matcher) }
    let round = timing == .deductive ? matcher.round : matcher.round.next
    addInstance(of: matcher.head, in: round, where: circuit.and(factors), restingOn: openPremises, &matcher)
  }

  /// Notes that `rule` fires under the factors gathered so far; a message to what is no node is not sent.
  private mutating func noteFiring(of rule: RuleID, _ timing: Timing, _ matcher: borrowing Matcher) {
    if timing == .async, matcher.constants.node(Symbol(rawValue: matcher.head[1])) == nil { return }
    openFirings.append((rule, circuit.and(factors), openPremises))
  }

  /// Gathers the gates of the premises and, under fail-stop, of the node.
  private mutating func gatherFactors(_ plan: RulePlan, _ location: NodeID?, _ matcher: borrowing Matcher) {
    factors.removeAll(keepingCapacity: true)
    openPremises.removeAll(keepingCapacity: true)
    if let location { world.addConditions(ofActing: location, in: matcher.round, to: &factors, &circuit) }
    recorder?.begin(plan, where: factors, matcher)
    for position in plan.positives.indices {
      let premise = matcher.premises[position]
      if let gate = gates[premise] { factors.append(gate) } else { openPremises.append(premise) }
    }
    for number in plan.counts.indices { factors.append(counted[number].chosen) }
  }

  /// Adds the negations of everything that `atom` matches. False where something surely matches.
  private mutating func exclude(
    _ atom: NegativeAtom, of plan: RulePlan, _ matcher: inout Matcher
  ) -> Bool {
    var walk = matcher.matches(of: atom, in: plan)
    while let tuple = matcher.next(&walk, of: atom, in: plan) {
      guard let gate = gates[tuple] else { preconditionFailure("a negated atom reads a complete relation") }
      if gate == .always { return false }
      factors.append(!gate)
      recorder?.current.excluded.append(tuple)
      spend(1, in: matcher.round)
      if isStopped { return false }
    }
    return true
  }

  /// Adds an instance of the head `words` for the group of `row`, under `condition`.
  mutating func addGroup(
    _ words: WordBuffer, with row: TupleID, of plan: RulePlan, where condition: Edge, _ matcher: inout Matcher
  ) {
    factors = [condition]
    openPremises.removeAll(keepingCapacity: true)
    if plan.timing == .async {
      return addArrivals(of: words, from: plan.sender(ofGroupWith: row, in: matcher), &matcher)
    }
    let round = plan.timing == .deductive ? matcher.round : matcher.round.next
    addInstance(of: words, in: round, where: circuit.and(factors), &matcher)
  }

  /// Adds an instance that derives the row made of `words` in `round`.
  mutating func addInstance(
    of words: WordBuffer, in round: Round, where condition: Edge, restingOn premises: [TupleID] = [],
    _ matcher: inout Matcher
  ) {
    guard condition != .never else { return }
    let (head, isNew) = matcher.store.insert(words, in: round)
    if isNew {
      gates.append(nil)
      instances.addHead()
      open[RelationID(rawValue: words[0])].append(head)
      if matcher.store.tupleCount > budget.tuples { interrupt(.exhausted(.tuples, matcher.round)) }
    }
    assert(gates[head] == nil, "a closed tuple gets no further instance")
    assert(round <= setting.eot, "a head holds in a round of the setting")
    assert(condition.gate.position < circuit.gateCount, "a condition is an edge of the circuit")
    instances.append(of: head, where: condition, premises)
    recorder?.note(head, where: condition, isOpen: !premises.isEmpty)
  }

  /// Records an error under the factors gathered so far.
  private mutating func addError(_ error: RunError) {
    openErrors.append((circuit.and(factors), openPremises, error))
  }

  /// Records an error under `condition`, all of whose premises are closed.
  mutating func addError(_ error: RunError, where condition: Edge) {
    openErrors.append((condition, [], error))
  }

  /// Completes the conditions of the recorded errors, whose premises are now closed.
  private mutating func settleErrors() {
    assert(
      isStopped || openErrors.allSatisfy { $0.openPremises.allSatisfy { gates[$0] != nil } },
      "the premises of what is settled are closed")
    for (condition, premises, error) in openErrors {
      let whole = circuit.and([condition] + premises.map { gates[$0] ?? .never })
      if whole != .never { errors.append(Grounding.PossibleError(condition: whole, error: error)) }
    }
    openErrors = []
    for (rule, condition, premises) in openFirings {
      let whole = circuit.and(premises.map { gates[$0] ?? .never } + [condition])
      if whole != .never { firings[rule, default: []].append(whole) }
    }
    openFirings.removeAll()
  }

  mutating func countInstance(in round: Round) {
    instanceCount += 1
    if instanceCount > budget.firings { interrupt(.exhausted(.firings, round)) }
    spend(1, in: round)
  }

  /// Counts `count` steps of work, each about a gate. Stops where the circuit has outgrown its budget, or
  /// where the caller, asked every few thousand steps, wants to stop. Every loop calls this if the program
  /// determines its length.
  mutating func spend(_ count: Int, in round: Round) {
    if circuit.gateCount > budget.gates { interrupt(.exhausted(.gates, round)) }
    steps += count
    guard steps >= 4096 else { return }
    steps = 0
    poll(in: round)
  }

  mutating func pause(_ matcher: borrowing Matcher) { poll(in: matcher.round) }

  private mutating func poll(in round: Round) {
    if isStopped { return }
    if shouldStop(Grounding.Progress(round: round, gates: circuit.gateCount)) { interrupt(.stopped) }
  }

  private mutating func interrupt(_ reason: Grounding.Interruption) {
    if interruption == nil { interruption = reason }
  }
}

// Grounds a bounded execution once, over what could be derived: round by round, stratum by stratum, each rule is
// matched with every binding whose positive premises are possible. An instance is the AND of its premises' gates,
// of the negations of whatever its negated atoms match, and of what must not have failed: the message's delivery
// and, under fail-stop, the node. A tuple is the OR of its instances.
//
// A tuple is *open* until its gate is known, which is when its stratum is complete; only rules of the same stratum
// ever read an open tuple. Invariant: what a negated atom or an aggregate reads is closed. A closed tuple whose gate
// is `never` is as good as absent.

import Dedalus
import Evaluation
import Indices

/// A grounding in the making.
struct Grounder: Matching {
  var match = MatchState()
  var store: TupleStore
  var constants: ConstantPool
  var circuit = Circuit()
  /// By tuple; nil while it is open.
  var gates: IndexedArray<TupleID, Edge?> = []
  var instances = InstanceTable()
  /// The open tuples by relation.
  var open: IndexedArray<RelationID, [TupleID]>
  private(set) var errors: [Grounding.PossibleError] = []
  /// For the instances of one tuple, while they are joined.
  var terms: [Edge] = []
  /// Instances of the current stratum that have no result.
  private var openErrors: [(condition: Edge, openPremises: [TupleID], error: RunError)] = []
  private var instanceCount = 0
  private var interruption: Grounding.Interruption?

  let compiled: CompiledProgram
  let setting: Setting
  private let faults: PossibleFaults
  private let budget: Budget
  private let shouldStop: () -> Bool
  private var liveness: Liveness
  private var factors: [Edge] = []
  private var openPremises: [TupleID] = []

  init(
    _ compiled: CompiledProgram, _ setting: Setting, _ faults: PossibleFaults, _ budget: Budget,
    _ shouldStop: @escaping () -> Bool
  ) {
    self.compiled = compiled
    self.setting = setting
    self.faults = faults
    self.budget = budget
    self.shouldStop = shouldStop
    store = compiled.emptyStore()
    constants = compiled.constants
    open = IndexedArray(repeating: [], count: compiled.schema.entries.count)
    liveness = Liveness(setting, faults, &circuit)
  }

  var isStopped: Bool { interruption != nil }

  func admits(_ tuple: TupleID) -> Bool { gates[tuple] != .never }

  /// `crash` holds the same rows in every round, so only those of round 1 (and of rounds that an atom names) exist.
  func currentRound(of relation: RelationID) -> Round {
    relation == compiled.program.crash ? Round(1) : match.round
  }

  var grounding: Grounding {
    Grounding(
      compiled: compiled, setting: setting, faults: faults, circuit: circuit, store: store,
      constants: constants,
      errors: errors, instanceCount: instanceCount, interruption: interruption,
      gates: IndexedArray(gates.map { $0 ?? .never }))
  }

  mutating func ground() {
    var round = Round(1)
    while round <= setting.eot, !isStopped {
      placeFacts(in: round)
      placeCrashes(in: round)
      let schedule = compiled.schedule(of: round)
      instances.beginStratum()
      closeWhatNoRuleDerives(schedule)
      for stratum in schedule where !isStopped { ground(stratum, in: round) }
      instances.removeAll()
      if round < setting.eot {
        for plan in compiled.timedPlans where !isStopped { findAllMatches(of: plan, in: round) }
        settleErrors()
      }
      round = round.next
    }
  }

  private mutating func ground(_ stratum: ScheduledStratum, in round: Round) {
    instances.beginStratum()
    for plan in stratum.aggregates where !isStopped { groundAggregate(plan, in: round) }
    for plan in stratum.once where !isStopped { findAllMatches(of: plan, in: round) }
    if !isStopped { reachFixpoint(of: stratum, in: round) }
    var tuples: [TupleID] = []
    for relation in stratum.relations {
      tuples += open[relation]
      open[relation] = []
    }
    close(tuples)
    settleErrors()
  }

  // MARK: What a round begins with

  private mutating func placeFacts(in round: Round) {
    for fact in compiled.program.facts where fact.round == round.position {
      let symbols = fact.values.map { constants.intern($0) }
      var condition = Edge.always
      if setting.crashView == .failStop, let node = constants.node(symbols[0]), round.position > 1 {
        condition = liveness.alive(node, Round(round.position - 1))
      }
      place(fact.relation, symbols, in: round, where: condition)
    }
  }

  private mutating func placeCrashes(in round: Round) {
    guard compiled.roundsOfCrash.contains(round) else { return }
    for crashRound in 0..<faults.lastCrashRound {
      for crashed in setting.nodes.ids {
        let fault = Fault.crash(crashed, Round(crashRound + 1))
        guard let input = faults.input(of: fault) else { continue }
        let condition = circuit.input(input)
        let columns = [constants.symbol(of: crashed), constants.intern(.integer(Int64(crashRound + 1)))]
        for observer in setting.nodes.ids {
          place(
            compiled.program.crash, [constants.symbol(of: observer)] + columns, in: round, where: condition)
        }
      }
    }
  }

  private mutating func place(
    _ relation: RelationID, _ symbols: [Symbol], in round: Round, where condition: Edge
  ) {
    addInstance(of: [relation.rawValue] + symbols.map(\.rawValue), in: round, where: condition)
  }

  /// Closes the tuples that the round got from elsewhere and that no rule of the round can add to.
  private mutating func closeWhatNoRuleDerives(_ schedule: [ScheduledStratum]) {
    var isDerived = IndexedArray<RelationID, Bool>(repeating: false, count: open.count)
    for stratum in schedule { for relation in stratum.relations { isDerived[relation] = true } }
    for relation in open.indices where !isDerived[relation] && !open[relation].isEmpty {
      let tuples = open[relation]
      open[relation] = []
      close(tuples)
    }
  }

  // MARK: Instances

  mutating func receive(_ plan: RulePlan) {
    countInstance()
    let location = location(of: plan)
    gatherFactors(location)
    if let error = failure(of: plan) { return addError(error) }
    for atom in plan.negatives {
      guard exclude(atom) else { return }
    }
    do throws(RunError) {
      try computeHead(of: plan)
    } catch {
      return addError(error)
    }
    guard plan.timing != .async || addDelivery(from: location) else { return }
    let round = plan.timing == .deductive ? match.round : match.round.next
    addInstance(of: match.head, in: round, where: circuit.and(factors), openPremises)
  }

  /// The premises' gates and, under fail-stop, the node's.
  private mutating func gatherFactors(_ location: NodeID?) {
    factors.removeAll(keepingCapacity: true)
    openPremises.removeAll(keepingCapacity: true)
    if setting.crashView == .failStop, let location { factors.append(liveness.alive(location, match.round)) }
    for premise in match.premises {
      if let gate = gates[premise] { factors.append(gate) } else { openPremises.append(premise) }
    }
  }

  /// Adds the negations of all that `atom` matches. False where something surely does.
  private mutating func exclude(_ atom: NegativeAtom) -> Bool {
    var walk = matches(of: atom)
    while let tuple = next(&walk, of: atom) {
      guard let gate = gates[tuple] else { preconditionFailure("a negated atom reads a complete relation") }
      if gate == .always { return false }
      factors.append(!gate)
    }
    return true
  }

  /// Adds what the delivery of the message in `match.head` takes. False where its destination is no node.
  private mutating func addDelivery(from sender: NodeID?) -> Bool {
    guard let receiver = constants.node(Symbol(rawValue: match.head[1])) else { return false }
    guard let sender, sender != receiver else { return true }
    factors.append(liveness.alive(sender, match.round))
    if let input = faults.input(of: .omission(from: sender, to: receiver, match.round)) {
      factors.append(!circuit.input(input))
    }
    return true
  }

  /// Adds an instance that derives the row made of `words` in `round`.
  mutating func addInstance(
    of words: [UInt32], in round: Round, where condition: Edge, _ premises: [TupleID] = []
  ) {
    guard condition != .never else { return }
    let (head, isNew) = store.insert(words, in: round)
    if isNew {
      gates.append(nil)
      instances.addHead()
      open[RelationID(rawValue: words[0])].append(head)
      if store.tupleCount > budget.tuples { interrupt(.exhausted(.tuples, match.round)) }
    }
    assert(gates[head] == nil, "a closed tuple gets no further instance")
    instances.append(of: head, where: condition, premises)
  }

  /// Notes an error under the factors gathered so far.
  private mutating func addError(_ error: RunError) {
    openErrors.append((circuit.and(factors), openPremises, error))
  }

  /// Notes an error under `condition`, all of whose premises are closed.
  mutating func addError(_ error: RunError, where condition: Edge) {
    openErrors.append((condition, [], error))
  }

  /// Completes the conditions of the errors noted since the last time; their premises are closed now.
  private mutating func settleErrors() {
    for (condition, premises, error) in openErrors {
      let whole = circuit.and([condition] + premises.map { gates[$0] ?? .never })
      if whole != .never { errors.append(Grounding.PossibleError(condition: whole, error: error)) }
    }
    openErrors = []
  }

  private mutating func countInstance() {
    instanceCount += 1
    if instanceCount > budget.firings { interrupt(.exhausted(.firings, match.round)) }
    if instanceCount % 4096 == 0, shouldStop() { interrupt(.stopped) }
    checkGates()
  }

  /// Stops where the circuit has outgrown its budget.
  mutating func checkGates() {
    if circuit.gateCount > budget.gates { interrupt(.exhausted(.gates, match.round)) }
  }

  private mutating func interrupt(_ reason: Grounding.Interruption) {
    if interruption == nil { interruption = reason }
  }
}

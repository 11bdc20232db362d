import Dedalus
import Evaluation
import Indices
import Scenarios

/// All runs of a program within bounds at once: every tuple that could hold under some faults, with a gate
/// that says under which faults it does.
///
/// Exact under every combination of the possible faults for which no error gate is true: the tuple holds in
/// the concrete run under a fault set exactly where its gate is true, and a tuple that is not in the
/// grounding never holds. Rows of `crash`, `outage` and `pause`, which are the same in every round, are in
/// round 1 only, and only if a rule reads them.
public struct Grounding: Sendable {
  /// A computation that has no result under some faults.
  public struct PossibleError: Sendable {
    /// Under which faults the run ends with the error, unless an earlier error ends it first.
    public let condition: Edge
    /// The error of the computation.
    public let error: RunError
  }

  /// A message that may be sent.
  public struct PossibleMessage: Sendable {
    /// The row that it brings.
    public let row: RowID
    /// Its sender, which is the receiver where the rule has no location, and its receiver.
    public let link: Link
    /// The round in which it is sent.
    public let sent: Round
    /// Under which faults a rule sends it.
    public let condition: Edge
    /// The rounds in which it may arrive, with the faults under which it does.
    public let arrivals: [(round: Round, condition: Edge)]
  }

  /// The program that is grounded.
  public let compiled: CompiledProgram
  /// The nodes, the rounds and the crash view of all the runs.
  public let setting: Setting
  /// The possible faults; each is an input of the circuit.
  public let faults: PossibleFaults
  /// The gates of tuples and errors.
  public let circuit: Circuit
  /// The possible tuples.
  public let store: TupleStore
  /// The constants that the symbols of `store` stand for.
  public let constants: ConstantPool
  /// The possible errors, in the order of rounds and strata.
  public let errors: [PossibleError]
  /// For each rule that was watched and may fire: the conditions under which it does.
  public let firings: [RuleID: [Edge]]
  /// Where that is recorded: those that may be sent before the last round, a rule instance at a time.
  public let messages: [PossibleMessage]
  /// Where that is recorded: for each tuple that does not hold under all faults the ways in which it may.
  public let instances: [TupleID: [RuleInstance]]
  /// Where that is recorded: the rows of each group of an aggregate, by the number in origins.
  public let groups: [[TupleID]]
  /// The number of rule instances found.
  public let instanceCount: Int
  /// What stopped the grounding early; where something did, tuples and gates are missing.
  public let interruption: Interruption?

  let gates: IndexedArray<TupleID, Edge>

  /// Why a grounding is not complete.
  public enum Interruption: Hashable, Sendable {
    /// The budget was used up in this round.
    case exhausted(Budget.Resource, Round)
    /// The caller stopped it.
    case stopped
  }

  /// The progress of a grounding.
  public struct Progress: Hashable, Sendable {
    /// The round that is being grounded.
    public let round: Round
    /// The number of gates so far.
    public let gates: Int
  }

  /// Grounds `compiled` for all rounds of `setting` over `faults`.
  ///
  /// `firings` tells of the `rules` that are watched. Messages and instances are told of where they are
  /// recorded.
  /// `shouldStop` is polled every few thousand instances.
  public init(
    _ compiled: CompiledProgram, _ setting: Setting, _ faults: PossibleFaults, budget: Budget = .standard,
    watching rules: Set<RuleID> = [], recordingHow: Bool = false,
    shouldStop: (Progress) -> Bool = { _ in false }
  ) {
    self = withoutActuallyEscaping(shouldStop) { shouldStop in
      var grounder = Grounder(
        compiled, setting, faults, budget, watching: rules,
        noting: recordingHow ? InstanceRecorder(keepingContradictions: false) : nil, shouldStop)
      if recordingHow { grounder.messages = [] }
      var matcher = Matcher(compiled, timeless: Array(compiled.program.statedRelations.values))
      grounder.ground(&matcher)
      return grounder.grounding(matcher)
    }
  }

  init(
    compiled: CompiledProgram, setting: Setting, faults: PossibleFaults, circuit: Circuit, store: TupleStore,
    constants: ConstantPool, errors: [PossibleError], firings: [RuleID: [Edge]],
    messages: [PossibleMessage], instances: [TupleID: [RuleInstance]], groups: [[TupleID]],
    instanceCount: Int,
    interruption: Interruption?, gates: IndexedArray<TupleID, Edge>
  ) {
    self.compiled = compiled
    self.setting = setting
    self.faults = faults
    self.circuit = circuit
    self.store = store
    self.constants = constants
    self.errors = errors
    self.firings = firings
    self.messages = messages
    (self.instances, self.groups) = (instances, groups)
    self.instanceCount = instanceCount
    self.interruption = interruption
    self.gates = gates
  }

  /// The condition on the faults under which `tuple` holds.
  public func gate(of tuple: TupleID) -> Edge { gates[tuple] }

  /// Whether the rows of `relation` state faults: they are the same in every round, and stored in round 1
  /// only.
  public func statesFaults(_ relation: RelationID) -> Bool {
    compiled.program.statedRelations.values.contains(relation)
  }

  /// The rows of `relation` that may hold in `round`, with their gates, sorted by values.
  public func possibleRows(of relation: RelationID, in round: Round) -> [(values: [Constant], gate: Edge)] {
    sorted(store.tuples.filter { store.round(of: $0) == round && isPossible($0, relation) })
  }

  /// The rows of `relation` that may hold, by round from 1, with their gates, sorted by values.
  public func possibleRows(of relation: RelationID) -> [[(values: [Constant], gate: Edge)]] {
    var rounds: [[TupleID]] = Array(repeating: [], count: setting.eot.position)
    for tuple in store.tuples where isPossible(tuple, relation) {
      rounds[store.round(of: tuple).position - 1].append(tuple)
    }
    return rounds.map(sorted)
  }

  private func isPossible(_ tuple: TupleID, _ relation: RelationID) -> Bool {
    store.relation(of: store.row(of: tuple)) == relation && gates[tuple] != .never
  }

  private func sorted(_ tuples: [TupleID]) -> [(values: [Constant], gate: Edge)] {
    tuples.map { tuple in
      (store.symbols(of: store.row(of: tuple)).map { constants[$0] }, gates[tuple])
    }
    .sorted { $0.values.lexicographicallyPrecedes($1.values) }
  }
}

import Dedalus
import Evaluation
import Indices
import Scenarios

/// All runs under some of the faults of one run, with every instance that they have and that depends on these
/// faults.
public struct RecordedGrounding {
  /// The runs as a circuit; its inputs are the faults.
  public let grounding: Grounding
  /// The faults of the run, ascending; fault number i is input i.
  public let faults: [Fault]
  let instances: [TupleID: [RuleInstance]]
  let groups: [[TupleID]]
  /// For each group of an aggregate: what it may derive.
  let heads: [Int: [TupleID]]

  /// Grounds `compiled` in `setting` for all subsets of the faults of `scenario`, with its inputs.
  public init(
    _ compiled: CompiledProgram, _ setting: Setting, _ scenario: Scenario, budget: Budget = .standard,
    shouldStop: () -> Bool = { false }
  ) {
    let recorder = InstanceRecorder(keepingContradictions: true)
    let possible = PossibleFaults(
      of: scenario, openFacts: compiled.program.openFacts, upTo: setting.eot.position)
    grounding = withoutActuallyEscaping(shouldStop) { shouldStop in
      var grounder = Grounder(
        compiled, setting, possible, budget, watching: [], noting: recorder, { _ in shouldStop() })
      var matcher = Matcher(compiled, timeless: Array(compiled.program.statedRelations.values))
      grounder.ground(&matcher)
      return grounder.grounding(matcher)
    }
    faults = scenario.faults.faults
    instances = recorder.instances
    groups = recorder.groups
    var heads: [Int: [TupleID]] = [:]
    for (head, instances) in recorder.instances.sorted(by: { $0.key < $1.key }) {
      for instance in instances {
        if case .aggregate(let group) = instance.origin { heads[group, default: []].append(head) }
      }
    }
    self.heads = heads
  }

  /// The tuple of `relation` with `values` in `round`; nil where it holds under no faults of these.
  public func tuple(_ relation: RelationID, _ values: [Constant], in round: Round) -> TupleID? {
    var words = WordBuffer([relation.rawValue])
    for value in values {
      guard let symbol = grounding.constants.symbol(of: value) else { return nil }
      words.append(symbol.rawValue)
    }
    guard let row = grounding.store.findRow(words),
      let tuple = grounding.store.tuple(row, in: grounding.statesFaults(relation) ? Round(1) : round),
      grounding.gate(of: tuple) != .never
    else { return nil }
    return tuple
  }
}

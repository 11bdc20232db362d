public import Dedalus
public import Evaluation
public import ReferenceEvaluator
public import Scenarios

extension Inputs {
  /// What the reference evaluator calls `facts`.
  public init(_ facts: [ReferenceFact]) {
    self.init(facts.map { TimedFact(NamedFact($0.relation, $0.values), in: Round(named: $0.round)) })
  }

  /// What the reference evaluator calls these inputs.
  public var reference: [ReferenceFact] {
    facts.map {
      ReferenceFact(relation: $0.fact.relation, values: $0.fact.values, round: $0.round.position)
    }
  }
}

// Most tests are about programs that leave nothing open.

extension CompiledProgram {
  /// Runs the program under `faults`, with nothing chosen.
  public func run(
    _ setting: Setting, under faults: FaultSet, resuming earlier: Execution? = nil,
    budget: Budget = .standard
  ) -> Execution {
    run(setting, under: Scenario(faults), resuming: earlier, budget: budget)
  }
}

/// Runs `program` in `setting` under `faults`, with nothing chosen.
public func run(
  _ program: Program, _ setting: Setting, under faults: FaultSet, budget: Budget = .standard
) -> Execution {
  CompiledProgram(program, nodes: setting.nodes).run(setting, under: faults, budget: budget)
}

extension Execution {
  /// The last round that a run under `faults`, with nothing chosen, has alike.
  public func lastRoundShared(with faults: FaultSet) -> Round? { lastRoundShared(with: Scenario(faults)) }
}

extension PossibleFaults {
  /// For each choice: whether it is that of a fault of `faults`.
  public func values(under faults: FaultSet) -> [Bool] { values(under: Scenario(faults)) }
}

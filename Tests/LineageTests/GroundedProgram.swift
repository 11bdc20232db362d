import Dedalus
import Evaluation
import Indices
import Lineage
import ReferenceEvaluator
import Scenarios
import Support

/// A program grounded within bounds.
struct GroundedProgram {
  let grounding: Grounding
  let setting: Setting

  init(
    _ program: Program, _ space: ReferenceFaultSpace, _ crashView: ReferenceCrashView
  ) throws(InvalidQuestion) {
    self.init(program, try Bounds(space).with(openFacts: program.openFacts), CrashView(crashView))
  }

  init(_ program: Program, _ bounds: Bounds, _ crashView: CrashView) {
    setting = Setting(nodes: bounds.nodes, eot: bounds.eot, crashView: crashView)
    let faults = PossibleFaults(bounds)
    let compiled = CompiledProgram(program, nodes: setting.nodes)
    grounding = Grounding(compiled, setting, faults, budget: Budget(tuples: 5000, firings: 100_000))
    grounding.checkInvariants()
  }

  /// What the circuit and the run under `faults` and `inputs` say differently; nil where they agree.
  func disagreement(under faults: [ReferenceFault], _ inputs: [ReferenceFact] = []) -> String? {
    disagreement(under: Scenario(FaultSet(faults, among: setting.nodes), Inputs(inputs)))
  }

  /// What the circuit and the run under `faults` say differently; nil where they agree.
  func disagreement(under faults: FaultSet) -> String? { disagreement(under: Scenario(faults)) }

  /// What the circuit and the run in `scenario` say differently; nil where they agree.
  func disagreement(under scenario: Scenario) -> String? {
    let execution = grounding.compiled.run(setting, under: scenario)
    let values = grounding.circuit.values(grounding.faults.values(under: scenario))
    func isTrue(_ edge: Edge) -> Bool { values[edge.gate] != edge.isNegated }

    var failure: Round?
    if case .failed(let error) = execution.ending { failure = error.round }
    let predicted = grounding.errors.filter { isTrue($0.condition) }.map(\.error.round).min()
    if predicted != failure {
      return "fails in \(failure as Round?), by the circuit in \(predicted as Round?)"
    }
    return tupleDisagreement(with: execution, before: failure, isTrue)
  }

  private func tupleDisagreement(
    with execution: Execution, before failure: Round?, _ isTrue: (Edge) -> Bool
  ) -> String? {
    let stated = Set(grounding.compiled.program.statedRelations.values)
    func isCompared(_ tuple: TupleID, _ store: TupleStore) -> Bool {
      !stated.contains(store.relation(of: store.row(of: tuple)))
        && store.round(of: tuple) < failure ?? .init(Int(Int32.max))
    }
    var held = 0
    for tuple in grounding.store.tuples where isCompared(tuple, grounding.store) {
      let row = grounding.store.row(of: tuple)
      let values = grounding.store.symbols(of: row).map { grounding.constants[$0] }
      let round = grounding.store.round(of: tuple)
      let holds = execution.tuple(grounding.store.relation(of: row), values, in: round) != nil
      if holds { held += 1 }
      if holds != isTrue(grounding.gate(of: tuple)) {
        let name = grounding.compiled.schema[grounding.store.relation(of: row)].name
        return "\(name)\(values) in round \(round.rawValue): the run says \(holds)"
      }
    }
    let all = execution.store.tuples.count { isCompared($0, execution.store) }
    return all == held ? nil : "\(all - held) tuples of the run are not in the circuit"
  }
}

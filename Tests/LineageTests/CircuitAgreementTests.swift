// The circuit claims to hold every execution at once. Here it is asked for single ones: for random programs
// and random admissible fault sets, a tuple must hold in the concrete run exactly where its gate is true, and
// the run must fail in the round of the first error whose condition is true.

import Dedalus
import Evaluation
import Indices
import Lineage
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@Suite("The circuit agrees with concrete runs")
struct CircuitAgreementTests {
  /// A program grounded within bounds.
  private struct Grounded {
    let grounding: Grounding
    let setting: Setting

    init(_ program: Program, _ space: ReferenceFaultSpace, _ crashView: ReferenceCrashView) {
      setting = Setting(nodes: Nodes(space.nodes), eot: space.eot, crashView: CrashView(crashView))
      let faults = PossibleFaults(setting, eff: space.eff, crashes: space.crashes)
      let compiled = CompiledProgram(program, nodes: setting.nodes)
      grounding = Grounding(compiled, setting, faults, budget: Budget(tuples: 5000, firings: 100_000))
      grounding.checkInvariants()
    }

    /// What the circuit and the run under `faults` say differently; nil where they agree.
    func disagreement(under faults: [ReferenceFault]) -> String? {
      let faults = FaultSet(faults, among: setting.nodes)
      let execution = grounding.compiled.run(setting, under: faults)
      let values = grounding.circuit.values(grounding.faults.values(under: faults))
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
      let crash = grounding.compiled.program.crash
      func isCompared(_ tuple: TupleID, _ store: TupleStore) -> Bool {
        store.relation(of: store.row(of: tuple)) != crash
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

  private static func disagreement(_ example: RunCase, _ space: ReferenceFaultSpace) -> String? {
    guard let program = try? Program(text: example.source.text) else { return nil }
    let space = ReferenceFaultSpace(
      nodes: example.nodes, eot: example.eot, eff: min(space.eff, example.eot), crashes: space.crashes)
    let possible = Set(space.faults)
    guard example.faults.allSatisfy(possible.contains) else { return nil }
    return Grounded(program, space, example.crashView).disagreement(under: example.faults)
  }

  @Test("on random programs, ten admissible fault sets each")
  func randomPrograms() {
    var compared = 0
    let seeds = Campaign.seeds(2000)
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 17 &+ 3)
      let space = ReferenceFaultSpace(
        nodes: generated.nodes, eot: generated.eot, eff: random.number(in: 1...generated.eot),
        crashes: random.pick([0, 1, 1, 2]))
      let crashView = random.pick(ReferenceCrashView.allCases)
      let grounded = Grounded(generated.program, space, crashView)
      if grounded.grounding.interruption != nil { continue }
      compared += 1
      for _ in 0..<10 {
        let faults = space.randomSet(using: &random)
        if grounded.disagreement(under: faults) == nil { continue }
        let smallest = shrink(
          RunCase(generated, crashView: crashView, faults: faults), candidates: \.simplifications
        ) { Self.disagreement($0, space) != nil }
        Issue.record("seed \(seed): \(Self.disagreement(smallest, space) ?? "")\n\(smallest)")
        return
      }
    }
    #expect(compared * 100 >= 98 * seeds.count, "the budget stopped too many groundings")
  }
}

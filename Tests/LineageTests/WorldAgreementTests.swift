import Dedalus
import Evaluation
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Lineage

/// One implementation answers for one run and for all: its gates must say under each set of faults what the
/// run's truth values say, and the reference evaluator must say the same.
@Suite("The world of one run and of all")
struct WorldAgreementTests {
  /// The answers to every question about a world, as text.
  private func answers<Algebra: TruthAlgebra, Faults: FaultSource>(
    _ world: World<Algebra, Faults>, _ setting: Setting, _ algebra: inout Algebra,
    _ isTrue: ([Algebra.Truth]) -> Bool
  ) -> [String] {
    var found: [String] = []
    for round in 1...setting.eot.position {
      for node in setting.nodes.ids {
        var conditions: [Algebra.Truth] = []
        world.addConditions(ofActing: node, in: Round(round), to: &conditions, &algebra)
        found.append("\(node) acts in \(round): \(isTrue(conditions))")
        conditions = []
        world.addConditions(ofPlacingAt: node, in: Round(round), to: &conditions, &algebra)
        found.append("\(node) gets facts in \(round): \(isTrue(conditions))")
        for other in setting.nodes.ids {
          conditions = []
          let link = Link(from: node, to: other)
          world.addConditions(ofArrivalOn: link, sentIn: Round(round), to: &conditions, &algebra)
          found.append("\(node) reaches \(other) in \(round): \(isTrue(conditions))")
        }
      }
    }
    return found
  }

  @Test("gates and truth values agree under random admissible sets, in both views")
  func agreement() throws {
    let program = try Program(text: #"p("a")@1; p("b")@1; p("c")@1; q(N) :- p(N);"#)
    let nodes = Nodes(["a", "b", "c"])
    var (struck, tried) = (0, 0)
    for seed in Campaign.seeds(200) {
      var random = SplitMix64(seed: seed)
      let space = ReferenceFaultSpace(nodes: ["a", "b", "c"], eot: 5, eff: 4, crashes: 2)
      let reference = space.randomSet(using: &random)
      let view = CrashView.allCases[Int(seed % 2)]
      let setting = Setting(nodes: nodes, eot: 5, crashView: view)
      let faults = FaultSet(reference, among: nodes)
      let possible = PossibleFaults(setting, eff: 4, crashes: 2)
      var circuit = Circuit()
      let all = World(setting, possible, &circuit)
      var gates: [[Edge]] = []
      _ = answers(all, setting, &circuit) {
        gates.append($0)
        return true
      }
      circuit.checkInvariants()
      let values = circuit.values(possible.values(under: faults))
      let byGates = gates.map { $0.allSatisfy { values[$0.gate] != $0.isNegated } }
      var run = OneRun()
      var byRun: [Bool] = []
      let text = answers(RunWorld(setting, faults), setting, &run) {
        byRun.append($0.allSatisfy { $0 })
        return byRun.last ?? true
      }
      #expect(byGates == byRun, "seed \(seed): \(zip(text, byGates).filter { "\($1)" != $0.suffix(4) })")
      #expect(
        text
          == expected(
            ReferenceRun(
              program: program, nodes: ["a", "b", "c"], eot: 5,
              crashView: view == .silent ? .silent : .failStop,
              faults: reference)), "seed \(seed)")
      tried += 1
      if byRun.contains(false) { struck += 1 }
    }
    #expect(struck > tried / 2, "\(struck) of \(tried)")
  }

  /// What the reference evaluator's reading of faults says.
  private func expected(_ run: ReferenceRun) -> [String] {
    var found: [String] = []
    for round in 1...run.eot {
      for (number, node) in run.nodes.enumerated() {
        let id = NodeID(number)
        found.append("\(id) acts in \(round): \(run.acts(node, in: round))")
        found.append("\(id) gets facts in \(round): \(run.getsFacts(node, in: round))")
        for (other, receiver) in run.nodes.enumerated() {
          let arrives = !run.copies(from: node, to: receiver, sentIn: round).isEmpty
          found.append("\(id) reaches \(NodeID(other)) in \(round): \(arrives)")
        }
      }
    }
    return found
  }
}

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
import Texts

@Suite("The circuit agrees with concrete runs")
struct CircuitAgreementTests {
  private static func disagreement(_ example: RunCase, _ space: ReferenceFaultSpace) -> String? {
    guard let program = try? Program(text: example.source.text) else { return nil }
    let space = space.with(eot: example.eot, for: program)
    guard space.admits(example.faults) else { return nil }
    let grounded = try? GroundedProgram(program, space, example.crashView)
    guard let grounded, grounded.grounding.faults.inputs.admits(Inputs(example.inputs)) else { return nil }
    return grounded.disagreement(under: example.faults, example.inputs)
  }

  /// Compares each of many random programs with ten runs, within the spaces that `space` draws.
  private func compare(
    _ seeds: Range<UInt64>, salt: UInt64, _ shares: inout Shares,
    space: (GeneratedProgram, inout SplitMix64) -> ReferenceFaultSpace
  ) throws {
    var compared = 0
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 17 &+ salt)
      let space = space(generated, &random)
      let crashView = random.pick(ReferenceCrashView.allCases)
      let grounded = try GroundedProgram(generated.program, space, crashView)
      if grounded.grounding.interruption != nil { continue }
      compared += 1
      var kinds: [String] = []
      for _ in 0..<10 {
        let faults = space.randomSet(using: &random)
        let inputs = generated.program.randomInputs(upTo: generated.eot, using: &random)
        kinds += faults.map(\.name) + (inputs.isEmpty ? [] : ["chosen"])
        if grounded.disagreement(under: faults, inputs) == nil { continue }
        let smallest = shrink(
          RunCase(generated, crashView: crashView, faults: faults, inputs: inputs),
          candidates: \.simplifications
        ) { Self.disagreement($0, space) != nil }
        Issue.record("seed \(seed): \(Self.disagreement(smallest, space) ?? "")\n\(smallest)")
        return
      }
      if kinds.contains("restart"), !generated.program.durable.isEmpty { kinds.append("durable") }
      shares.note(kinds)
    }
    #expect(compared * 100 >= 98 * seeds.count, "the budget stopped too many groundings: \(compared)")
  }

  @Test("on random programs, ten admissible sets of crashes and omissions each")
  func randomPrograms() throws {
    var shares = Shares()
    try compare(Campaign.seeds(2000), salt: 3, &shares) { generated, random in
      ReferenceFaultSpace(
        nodes: generated.nodes, eot: generated.eot, eff: random.number(in: 1...generated.eot),
        crashes: random.pick([0, 1, 1, 2]))
    }
  }

  @Test("on random programs, ten admissible sets of all kinds of faults each")
  func everyKind() throws {
    let seeds = Campaign.seeds(3000)
    var shares = Shares()
    try compare(seeds, salt: 5, &shares) { generated, random in
      ReferenceFaultSpace(
        for: generated.program, nodes: generated.nodes, eot: generated.eot, using: &random)
    }
    #expect(shares.below(15, of: seeds.count, ReferenceFault.Kind.allCases.map(\.name)) == [])
    #expect(shares.below(30, of: shares["restart"], ["durable"]) == [])
    #expect(shares.below(20, of: seeds.count, ["chosen"]) == [])
  }

  @Test("on the examples of every kind of fault", arguments: FaultExample.all.indices)
  func examples(_ index: Int) throws {
    let example = FaultExample.all[index]
    let program = try Program(text: example.program)
    let nodes = Nodes(example.nodes.map { Text($0) })
    let faults = FaultSet(
      try example.faults.map { try Fault($0, nodes: nodes, facts: program.configuredFacts) })
    let most = Dictionary(grouping: faults.faults, by: \.kind).mapValues { $0.count + 1 }
    let bounds = try Bounds(
      eot: example.eot, eff: example.eot, budgets: Budgets(most), nodes: nodes,
      facts: program.configuredFacts)
    #expect(bounds.admits(faults))
    let grounded = GroundedProgram(program, bounds, .silent)
    #expect(grounded.disagreement(under: faults) == nil, "\(example.name)")
    #expect(grounded.disagreement(under: FaultSet.none) == nil, "\(example.name)")
  }
}

// An execution that starts from the rounds that it shares with another one must be the execution from
// scratch, to the number of every tuple, or answers would depend on what was run before.

import Dedalus
import Evaluation
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@Suite("Resuming an execution")
struct ResumingTests {
  /// All that an execution records, numbers included.
  private func record(_ execution: Execution) -> [String] {
    let store = execution.store
    var lines = store.tuples.map {
      "\($0) \(store.round(of: $0)) \(store.row(of: $0)) \(execution.text(of: store.row(of: $0)))"
    }
    lines += execution.firingIDs.map { firing in
      let premises = execution.premises(of: firing).map { premise in
        if case .absence(let absence) = premise { return "\(absence) \(execution.absence(absence))" }
        return "\(premise)"
      }
      return "\(execution.rule(of: firing)) \(String(describing: execution.head(of: firing))) \(premises)"
    }
    lines += execution.messages.map { "\($0)" }
    return lines + ["\(execution.ending) \(store.rowCount) \(execution.faults.faults)"]
  }

  @Test("gives what a run from scratch gives, on random programs, along chains of executions")
  func randomPrograms() throws {
    var (compared, resumed, otherInputs) = (0, 0, 0)
    for seed in Campaign.seeds(600) {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &+ 77)
      let setting = Setting(
        nodes: Nodes(generated.nodes), eot: generated.eot + 3, crashView: random.pick(CrashView.allCases))
      let compiled = CompiledProgram(generated.program, nodes: setting.nodes)
      let budget = Budget(tuples: 3000, firings: 6000)
      var earlier = compiled.run(setting, budget: budget)
      for step in 0..<6 {
        let faults = FaultSet(
          earlier.faults.faults.filter { _ in random.chance(70) }
            + FaultSet(
              arbitraryFaults(among: generated.nodes, eot: generated.eot + 3, using: &random)
                .filter { _ in random.chance(step % 2 == 0 ? 20 : 5) }, among: setting.nodes
            ).faults.filter { step % 3 == 2 || !$0.isCrash })
        let inputs = Inputs(
          random.chance(30)
            ? generated.program.randomInputs(upTo: generated.eot + 3, using: &random)
            : earlier.inputs.reference)
        let scenario = Scenario(faults, inputs)
        let scratch = compiled.run(setting, under: scenario, budget: budget)
        let next = compiled.run(setting, under: scenario, resuming: earlier, budget: budget)
        next.store.checkInvariants()
        if earlier.inputs != inputs, let shared = earlier.lastRoundShared(with: scenario), shared > Round(1) {
          otherInputs += 1
        }
        try #require(
          record(next) == record(scratch), "seed \(seed), \(faults.faults)\n\(generated.source.text)")
        compared += 1
        if earlier.lastRoundShared(with: scenario).map({ $0 > Round(1) }) == true { resumed += 1 }
        earlier = next
      }
    }
    #expect(compared >= 3000 && resumed >= 500, "\(resumed) of \(compared)")
    #expect(otherInputs >= 20, "\(otherInputs) with other inputs")
  }

  @Test("and under faults of every kind")
  func everyKind() throws {
    var (compared, resumed, shares) = (0, 0, Shares())
    let seeds = Campaign.seeds(600)
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &+ 79)
      let eot = generated.eot + 3
      var space = ReferenceFaultSpace(
        for: generated.program, nodes: generated.nodes, eot: eot, using: &random)
      // Runs share nothing where the world states their faults, so there are few of those.
      for kind in [ReferenceFault.Kind.crash, .pause, .restart, .wipe] where random.chance(70) {
        space.budgets[kind] = 0
      }
      let setting = Setting(
        nodes: Nodes(generated.nodes), eot: eot, crashView: random.pick(CrashView.allCases))
      let compiled = CompiledProgram(generated.program, nodes: setting.nodes)
      let budget = Budget(tuples: 3000, firings: 6000)
      var earlier = compiled.run(setting, budget: budget)
      for _ in 0..<6 {
        let kept = earlier.faults.faults.filter { _ in random.chance(75) }
        let drawn = FaultSet(space.randomSet(using: &random), among: setting.nodes).faults
        let faults = FaultSet(kept + drawn.filter { _ in random.chance(25) })
        if faults.conflict != nil { continue }
        let scratch = compiled.run(setting, under: faults, budget: budget)
        let next = compiled.run(setting, under: faults, resuming: earlier, budget: budget)
        next.store.checkInvariants()
        try #require(
          record(next) == record(scratch),
          "seed \(seed), \(faults.faults) after \(earlier.faults.faults)\n\(generated.source.text)")
        compared += 1
        if earlier.lastRoundShared(with: faults).map({ $0 > Round(1) }) == true { resumed += 1 }
        shares.note(faults.faults.map(\.meaning.name))
        earlier = next
      }
    }
    #expect(compared >= 3000 && resumed >= 500, "\(resumed) of \(compared)")
    #expect(shares.below(3, of: compared, KindID.all.map(\.name)) == [])
  }

  /// Faults are ordered by kind first, so the first that differs need not be the earliest.
  @Test("shares what lies before every fault that differs, of whatever kind")
  func sharedAcrossKinds() throws {
    let nodes = Nodes(["a", "b"])
    let setting = Setting(nodes: nodes, eot: 8)
    let compiled = CompiledProgram(try Program(text: Self.program), nodes: nodes)
    func faults(_ texts: String...) throws -> FaultSet {
      FaultSet(try texts.map { try Fault($0, nodes: nodes) })
    }
    let execution = compiled.run(setting, under: try faults("omit a b 6", "partition a 2 3"))
    #expect(execution.lastRoundShared(with: try faults("omit a b 7")) == Round(2))
    #expect(execution.lastRoundShared(with: try faults("omit a b 6", "delay a b 4 1")) == Round(2))
    #expect(execution.lastRoundShared(with: try faults("omit a b 5", "partition a 2 3")) == Round(5))
    #expect(
      execution.lastRoundShared(with: try faults("omit a b 6", "partition a 2 3", "duplicate b a 4 2"))
        == Round(4))
  }

  private static let program =
    #"p("a", "b")@1; p(N, M)@next :- p(N, M); q(M, N)@async :- p(N, M); q(N, M)@next :- q(N, M);"#

  @Test("shares what lies before the first fault that differs")
  func sharedRounds() throws {
    let setting = Setting(nodes: Nodes(["a", "b"]), eot: 6)
    let (a, b) = (NodeID(0), NodeID(1))
    func omit(_ rounds: UInt32...) -> FaultSet {
      FaultSet(rounds.map { .omission(from: a, to: b, Round(rawValue: $0)) })
    }
    let compiled = CompiledProgram(try Program(text: Self.program), nodes: setting.nodes)
    let execution = compiled.run(setting, under: omit(2, 4))
    let cases: [(FaultSet, Round?)] = [
      (omit(2, 4), Round(5)), (omit(2, 4, 5), Round(5)), (omit(2), Round(4)), (omit(2, 3, 4), Round(3)),
      (.none, Round(2)), (omit(1, 2, 4), Round(1)),
      (FaultSet([.crash(a, Round(5))] + omit(2, 4).faults), nil),
    ]
    for (faults, shared) in cases { #expect(execution.lastRoundShared(with: faults) == shared, "\(faults)") }
  }

  @Test("an execution that ended early has nothing to share")
  func failed() throws {
    let program = try Program(text: #"p("a", 1)@1; p(N, 1 / (C - C))@next :- p(N, C); q(N) :- p(N, _);"#)
    let setting = Setting(nodes: Nodes(["a"]), eot: 3)
    let execution = CompiledProgram(program, nodes: setting.nodes).run(setting)
    #expect(execution.ending != .complete && execution.lastRoundShared(with: .none) == nil)
  }
}

extension Fault {
  fileprivate var isCrash: Bool { kind == .crash }
}

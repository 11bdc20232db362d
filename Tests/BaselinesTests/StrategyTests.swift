// The strategies check each other: exhaustive and circuit must give the same answer; what random search finds
// must break in a run of its own, and never where the circuit proves that nothing breaks.

import Dedalus
import Evaluation
import QuestionSupport
import Support
import Testing

@testable import Answers
@testable import Baselines
@testable import Properties
@testable import Scenarios
@testable import Search

@Suite("Strategies")
struct StrategyTests {
  @Test("circuit, exhaustive and loop agree on random protocols; random never contradicts them")
  func agreement() throws {
    var (compared, broken, vacuous, found) = (0, 0, 0, 0)
    for seed in Campaign.seeds(1100) {
      let generated = GeneratedProtocol(seed: seed, limit: 200)
      guard let example = try SmallQuestion(generated) else { continue }
      let circuit = try check(example.question)
      compared += 1
      if circuit.verdict == .counterexample { broken += 1 }
      if circuit.isVacuous { vacuous += 1 }
      let others = [
        try checkExhaustively(example.question, symmetry: seed % 2 == 1),
        try checkByLoop(example.question, symmetry: seed % 4 > 1),
      ]
      for other in others {
        try #require(
          summary(circuit) == summary(other), "seed \(seed), \(other.strategy)\n\(generated.source.text)")
      }
      let random = checkRandomly(example.question, seed: seed, runs: 20, symmetry: seed % 2 == 0)
      guard random.verdict == .counterexample else { continue }
      found += 1
      try #require(circuit.verdict == .counterexample, "seed \(seed)")
      try expectBreak(random)
    }
    #expect(compared >= 1000 && broken >= 300 && found >= 100, "\(compared), \(broken), \(vacuous), \(found)")
  }

  @Test("circuit, exhaustive and random agree on random protocols with faults of every kind")
  func everyKind() throws {
    var (broken, found, shares) = (0, 0, Shares())
    let seeds = Campaign.seeds(500)
    for seed in seeds {
      let generated = GeneratedProtocol(seed: seed, limit: 300, hasEveryKind: true)
      let bounds = try Bounds(generated.space)
      let question = try Question(
        program: generated.program, bounds: bounds, crashView: CrashView.allCases[Int(seed % 2)])
      shares.note(PossibleFaults(bounds).all.map(\.fault.meaning.name))
      let circuit = try check(question)
      let exhaustive = try checkExhaustively(question, symmetry: seed % 4 > 1)
      try #require(summary(circuit) == summary(exhaustive), "seed \(seed)\n\(generated.source.text)")
      if circuit.verdict == .counterexample { broken += 1 }
      let log = RunLog()
      let random = checkRandomly(
        question, seed: seed, runs: 30, symmetry: seed % 3 == 0, patience: log.listening(Patience()))
      try #require(
        log.runs.allSatisfy {
          bounds.admits($0.faults) && generated.space.admits($0.faults.reference(bounds.nodes))
        },
        "seed \(seed)")
      guard random.verdict == .counterexample else { continue }
      found += 1
      try #require(circuit.verdict == .counterexample, "seed \(seed)")
      try expectBreak(random)
    }
    #expect(broken >= 100 && found >= 75, "\(broken), \(found)")
    #expect(shares.below(15, of: seeds.count, KindID.all.map(\.name)) == [])
  }

  /// Random programs have what protocols lack: recursion, aggregates, and arithmetic that fails under some
  /// faults only. A computation that fails leaves no tuple, and the loop looks at tuples: it sees failures in
  /// the runs that it makes and in no others, and where the program may fail to compute it proves nothing.
  @Test(
    "circuit, exhaustive and loop agree on random programs, but for failures in runs that the loop does not make"
  )
  func randomPrograms() throws {
    var tally: [String: Int] = [:]
    for seed in Campaign.seeds(900) {
      let generated = GeneratedProgram(seed: seed, choices: false)
      guard let question = try question(about: generated) else { continue }
      let (circuit, exhaustive) = (try check(question), try checkExhaustively(question))
      try #require(summary(circuit) == summary(exhaustive), "seed \(seed)\n\(generated.source.text)")
      guard (try? question.checkLoop()) != nil else { continue }
      let loop = try checkByLoop(question, symmetry: seed % 2 == 0)
      tally["\(circuit.verdict)", default: 0] += 1
      if summary(loop) == summary(circuit) {
        tally["equal", default: 0] += 1
      } else {
        tally["different", default: 0] += 1
        let mayFail = question.program.mayFailToCompute
        let isExcused =
          circuit.verdict == .error || loop.limit == .arithmetic && circuit.verdict == .holds
          || circuit.verdict == .counterexample && loop.counterexample?.minimum == false
            && loop.counterexample?.faults == circuit.counterexample?.faults
        try #require(mayFail && isExcused, "seed \(seed): \(summary(loop))\n\(generated.source.text)")
      }
    }
    for (name, least) in ["holds": 30, "counterexample": 100, "error": 2, "equal": 250] {
      #expect(tally[name, default: 0] >= least, "\(tally)")
    }
  }

  /// One of its relations is the outcome.
  private func question(about generated: GeneratedProgram) throws -> Question? {
    var random = SplitMix64(seed: generated.seed)
    let relations = generated.program.relations.map(\.name).filter { $0 != "crash" }
    let bounds = try [(3, 1), (2, 2), (2, 1), (1, 2)].map { eff, crashes in
      try Bounds(
        eot: generated.eot, eff: eff, crashes: min(crashes, generated.nodes.count),
        nodes: Nodes(generated.nodes))
    }
    guard let chosen = bounds.filter({ $0.admissibleSetCount <= 300 }).randomElement(using: &random) else {
      return nil
    }
    let outcome = random.pick(relations)
    return try Question(
      program: generated.program, bounds: chosen, crashView: random.pick(CrashView.allCases),
      outcome: outcome, properties: [outcome])
  }

  static let smallScenarios = Result {
    try ProgramLibrary.scenarios.get().filter {
      let bounds = try $0.question.bounds
      return bounds.freeFaultCount <= 16 && bounds.admissibleSetCount * bounds.possibleInputs.count <= 20_000
    }
  }

  @Test(
    "circuit, exhaustive and loop agree on every scenario that is small enough",
    arguments: try smallScenarios.get())
  func scenarios(_ scenario: LibraryScenario) throws {
    let circuit = try check(scenario.question)
    let exhaustive = try checkExhaustively(scenario.question)
    #expect(summary(exhaustive) == summary(circuit))
    guard (try? scenario.question.checkLoop()) != nil else { return }
    let loop = try checkByLoop(scenario.question)
    if try scenario.question.program.mayFailToCompute { return }
    #expect(summary(loop) == summary(circuit))
  }

  private func summary(_ answer: Answer) -> String {
    let first = answer.counterexample
    return "\(answer.verdict) \(answer.isVacuous) \(first?.faults.faults ?? []) \(first?.violations ?? []) "
      + "\(first?.minimum ?? false) \(answer.failing?.faults ?? []) \(answer.violations)"
  }

  /// The reported faults are admissible, and break the outcome when the program is run under them again.
  private func expectBreak(_ answer: Answer) throws {
    let counterexample = try #require(answer.counterexample)
    let question = answer.question
    #expect(question.bounds.admits(counterexample.faults))
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    let again = compiled.run(question.setting, under: counterexample.faults)
    #expect(question.violations(in: again, baseline: answer.baseline) == counterexample.violations)
  }

  @Test(
    "every admissible set comes once, in canonical order",
    arguments: [(3, 2, 1), (4, 2, 2), (2, 0, 2), (1, 1, 1)])
  func admissibleSets(eot: Int, eff: Int, crashes: Int) throws {
    let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(["a", "b", "c"]))
    let sets = Array(AdmissibleFaultSets(bounds))
    #expect(sets.first == FaultSet.none && Set(sets).count == sets.count)
    #expect(bounds.admissibleSetCount == sets.count)
    #expect(sets.allSatisfy { bounds.admits($0) })
    for (left, right) in zip(sets, sets.dropFirst()) {
      #expect(
        left.count < right.count
          || left.count == right.count && left.faults.lexicographicallyPrecedes(right.faults))
    }
  }

  private func question(_ path: String, _ eot: Int, _ eff: Int, _ crashes: Int) throws -> Question {
    let program = try ProgramLibrary.program(path)
    let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(program.defaultNodes))
    return try Question(program: program, bounds: bounds)
  }

  @Test("exhaustive search names the size that it refuses")
  func refusal() throws {
    let small = try question("delivery/simple-deliv.ded", 6, 4, 0)
    #expect(throws: InvalidQuestion.self) { try checkExhaustively(small) }
    do throws(InvalidQuestion) { _ = try checkExhaustively(small) } catch {
      #expect(error.message == "an exhaustive search would need 262144 runs; the most is 200000")
    }
    let large = try question("delivery/simple-deliv.ded", 600, 400, 0)
    do throws(InvalidQuestion) { _ = try checkExhaustively(large) } catch {
      #expect(error.message == "an exhaustive search would need more than 2^2394 runs; the most is 200000")
    }
  }

  @Test("exhaustive search counts a run for every set")
  func exhaustive() throws {
    let answer = try checkExhaustively(question("delivery/retry-deliv.ded", 4, 2, 1))
    #expect(answer.cost[.executions] == 640)
    #expect(answer.verdict == .counterexample && answer.strategy == .exhaustive)
    #expect(
      answer.counterexample?.faults == (try check(answer.question)).counterexample?.faults)
  }

  @Test("random search depends on its seed and on nothing else")
  func seeds() throws {
    let question = try question("commit/3pc.ded", 9, 7, 1)
    let answers = [1, 1, 2].map { checkRandomly(question, seed: $0, runs: 2000) }
    let faults = answers.map { $0.counterexample?.faults }
    #expect(faults[0] != nil && faults[0] == faults[1] && faults[0] != faults[2])
    #expect(answers[0].cost[.executions] == answers[1].cost[.executions])
    #expect(answers[0].counterexample?.minimum == false)
  }

  @Test("random search that finds nothing is inconclusive")
  func nothingFound() throws {
    let answer = checkRandomly(try question("delivery/redun-deliv.ded", 6, 3, 1), seed: 7, runs: 50)
    #expect(answer.verdict == .inconclusive && answer.limit == .runs && answer.cost[.executions] == 51)
  }

  @Test("random sets have the rates of the paper")
  func rates() throws {
    let bounds = try Bounds(eot: 6, eff: 4, crashes: 2, nodes: Nodes(["a", "b", "c", "d"]))
    var random = SplitMix(seed: 1)
    let possible = PossibleFaults(bounds)
    let sets = (0..<4000).map { _ in FaultSet(random: &random, from: possible, within: bounds) }
    #expect(sets.allSatisfy { bounds.admits($0) })
    let crashes = sets.reduce(0) { $0 + $1.faults(of: .crash).count }
    let omissions = sets.reduce(0) { $0 + $1.count } - crashes
    #expect(abs(Double(crashes) / 4000 - 1) < 0.05)
    #expect(abs(Double(omissions) / 4000 - 36.0 / 8) < 0.15)
  }
}

extension Answer {
  /// The faults under which a computation fails.
  fileprivate var failing: FaultSet? {
    if case .error(_, let scenario, _, _) = finding { scenario.faults } else { nil }
  }
}

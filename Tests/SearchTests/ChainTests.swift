// Chains are made in the circuit of the runs under subsets of their faults. Here they are judged in the
// circuit of all admissible faults, in which every other fault is assumed not to happen, by a solver of our
// own.

import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import QuestionSupport
import Satisfiability
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

/// The circuit of a question, to be asked about single scenarios.
private final class Judge {
  private let question: Question
  private let grounding: Grounding
  private var circuit: Circuit
  private let violations: [(violation: Violation, condition: Edge)]
  private var solver = Solver()
  private var encoder = TseitinEncoder()
  private let quiet: [Edge]
  private let scenario: Scenario
  private let tuples: [Key: TupleID]

  private struct Key: Hashable {
    let relation: RelationID
    let values: [Constant]
    let round: Round
  }

  /// Judges chains of the run of `question` in `scenario`.
  init(_ question: Question, _ scenario: Scenario) {
    (self.question, self.scenario) = (question, scenario)
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    let baseline = compiled.run(question.setting, under: scenario.withoutFaults)
    let grounding = Grounding(compiled, question.setting, question.possibleFaults)
    var circuit = grounding.circuit
    violations = question.possibleViolations(
      in: grounding, expecting: question.expectedRows(in: baseline), &circuit)
    circuit.checkInvariants()
    let values = grounding.faults.values(under: scenario)
    var quiet: [Edge] = []
    for (choice, fault) in grounding.faults.all where !scenario.faults.faults.contains(fault) {
      quiet.append(!circuit.input(choice.position))
    }
    for choice in grounding.faults.inputs.entries.flatMap(\.choices).map(\.choice) {
      let input = circuit.input(choice.position)
      quiet.append(values[choice.position] ? input : !input)
    }
    (self.grounding, self.circuit, self.quiet) = (grounding, circuit, quiet)
    let stated = Set(question.program.statedRelations.values)
    var tuples: [Key: TupleID] = [:]
    for tuple in grounding.store.tuples {
      let row = grounding.store.row(of: tuple)
      let key = Key(
        relation: grounding.store.relation(of: row),
        values: grounding.store.symbols(of: row).map { grounding.constants[$0] },
        round: grounding.store.round(of: tuple))
      if !stated.contains(key.relation) { tuples[key] = tuple }
    }
    self.tuples = tuples
  }

  private func edge(_ claim: CausalChain.Claim) -> Edge {
    let tuple = tuples[Key(relation: claim.relation, values: claim.values, round: claim.round)]
    let gate = tuple.map { grounding.gate(of: $0) } ?? .never
    return claim.holds ? gate : !gate
  }

  private func edge(_ fault: Fault) -> Edge {
    grounding.faults.choice(of: fault).map { circuit.input($0.position) } ?? .always
  }

  /// Whether `assumed` leave no room for the opposite of `concluded`, if nothing else happens.
  private func follows(_ concluded: Edge, from assumed: [Edge]) -> Bool {
    let graph = CircuitGraph(circuit: circuit)
    let literals = (quiet + assumed + [!concluded]).map {
      encoder.encode($0.rawValue, .both, of: graph, in: &solver)
    }
    return solver.solve(assuming: literals) == .unsatisfiable
  }

  /// What is wrong with `reasoning`; nil where nothing is.
  func objection(to reasoning: Reasoning) -> String? {
    let chain = reasoning.chain
    var used: Set<Int> = Set(chain.ends.compactMap(\.step))
    for (number, step) in chain.steps.enumerated().reversed() {
      if !used.contains(number) { return "step \(number) is not needed" }
      for case .step(let earlier) in step.reasons {
        if earlier >= number { return "step \(number) rests on step \(earlier)" }
        used.insert(earlier)
      }
      let reasons = step.reasons.flatMap { reason -> [Edge] in
        switch reason {
        case .fault(let fault): [edge(fault)]
        case .step(let number): chain.steps[number].claims.map { self.edge($0) }
        }
      }
      for claim in step.claims where !follows(edge(claim), from: reasons) {
        return "\(claim) does not follow"
      }
    }
    return objection(toEndsOf: reasoning)
  }

  private func objection(toEndsOf reasoning: Reasoning) -> String? {
    let faults = reasoning.core.map { edge($0) }
    var broken: [Edge] = []
    for breach in reasoning.breaches {
      guard let goal = violations.first(where: { $0.violation == breach.violation })?.condition else {
        return "\(breach.violation) is no possible violation"
      }
      broken.append(goal)
      let ends = ([breach.demand].compactMap { $0 } + breach.lacks).map { reasoning.chain.ends[$0] }
      let last = ends.flatMap { end in
        end.step.map { reasoning.chain.steps[$0].claims.map { self.edge($0) } } ?? [edge(end.claim)]
      }
      if !follows(goal, from: last) { return "the ends of the chain are not enough for \(breach.violation)" }
    }
    let all = circuit.and(broken)
    if !follows(all, from: faults) { return "the core is not enough" }
    for place in faults.indices {
      var fewer = faults
      fewer.remove(at: place)
      if follows(all, from: fewer) { return "\(reasoning.core[place]) can be left out of the core" }
    }
    return nil
  }
}

@Suite("Explanations that suffice")
struct ChainTests {
  @Test("of every counterexample of the scenario lines each step follows, and so does the violation")
  func library() throws {
    var explained = 0
    for scenario in try ProgramLibrary.scenarios.get() where scenario.line.expected == .counterexample {
      let question = try scenario.question
      let found = try #require(try check(question).counterexample, "\(scenario)")
      let reasoning = try question.reasoning(about: found.violations, in: found.execution)
      let judge = Judge(question, found.execution.scenario)
      let objection = try judge.objection(to: #require(reasoning))
      #expect(objection == nil, "\(scenario)")
      #expect(reasoning?.core == found.faults.faults, "\(scenario): a smallest set has no fault to spare")
      explained += 1
    }
    #expect(explained >= 180, "\(explained)")
  }

  @Test("so it is on random protocols under random faults of every kind, one of which may be idle")
  func random() throws {
    var (explained, idle, several) = (0, 0, 0)
    for seed in Campaign.seeds(2400) {
      let generated = GeneratedProtocol(seed: seed &+ 70_000, limit: 5000, hasEveryKind: true)
      var random = SplitMix64(seed: seed)
      let question = try Question(
        program: generated.program, bounds: Bounds(generated.space),
        crashView: random.pick(CrashView.allCases))
      let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
      let baseline = compiled.run(question.setting)
      for _ in 0..<6 {
        let faults = FaultSet(generated.space.randomSet(using: &random), among: question.bounds.nodes)
        let run = compiled.run(question.setting, under: faults)
        let found = run.ending == .complete ? question.violations(in: run, baseline: baseline) : []
        guard !found.isEmpty, faults.count > 0 else { continue }
        let reasoning = try #require(try question.reasoning(about: found, in: run))
        let judge = Judge(question, run.scenario)
        if let objection = judge.objection(to: reasoning) {
          Issue.record("seed \(seed), \(faults.faults): \(objection)\n\(generated.source.text)")
          return
        }
        explained += 1
        if reasoning.core.count < faults.count { idle += 1 }
        if reasoning.core.count > 1 { several += 1 }
      }
    }
    #expect(
      explained >= 1000 && idle * 10 >= explained && several * 10 >= explained,
      "\(explained), \(idle), \(several)")
  }
}

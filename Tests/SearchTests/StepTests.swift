// The core of an explanation are faults, and none can be left out: see ChainTests. Between them and the
// violated rows are steps. Here each step is held against all its alternatives: everything that could be
// against an instance of its row, or every instance that derives it. What a step tells is a set of reasons
// that decides the row by itself, and it decides it no longer where any one of them is left out.
//
// That is said of reasons, one instance after the other, and not of what follows in the circuit. There a row
// that stays over rounds follows from any later round in which it is missing, and where two rules split the
// cases, `p :- q` and `p :- r, notin q`, the row follows without `q`, though no instance derives it whichever
// holds. A person who reads a step needs the instance; so that is the level at which nothing is to spare.

import Dedalus
import Evaluation
import Indices
import Properties
import QuestionSupport
import Scenarios
import Support
import Testing

@testable import Lineage
@testable import Search

/// Holds the steps of a chain against the options of their rows.
private struct StepJudge {
  private let record: RecordedGrounding
  private let decisions: Decisions
  private let chain: CausalChain
  private var numbers: [TupleID: Int] = [:]

  /// Judges the steps of `chain`, about the run of `question` in `scenario`.
  init(_ chain: CausalChain, of question: Question, _ scenario: Scenario) {
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    record = RecordedGrounding(compiled, question.setting, scenario)
    decisions = Decisions(record)
    self.chain = chain
    for (number, step) in chain.steps.enumerated() {
      for claim in step.claims {
        if let tuple = record.tuple(claim.relation, claim.values, in: claim.round) { numbers[tuple] = number }
      }
    }
  }

  /// What is wrong with step `number`; nil where nothing is.
  func objection(to number: Int) -> String? {
    let step = chain.steps[number]
    guard step.claims.count == 1, let tuple = numbers.first(where: { $0.value == number })?.key else {
      return step.claims.count > 1 ? nil : "the row of \(step) is not in the circuit"
    }
    let groups = decisions.groups(of: tuple).map { $0.compactMap { reasons($0, among: number) } }
    let told = Set(step.reasons)
    if !decides(told, groups) { return "\(step) does not decide its row" }
    for reason in told where decides(told.subtracting([reason]), groups) {
      return "\(reason) can be left out of \(step)"
    }
    return nil
  }

  private func decides(_ told: Set<CausalChain.Reason>, _ groups: [[Set<CausalChain.Reason>]]) -> Bool {
    groups.allSatisfy { $0.contains { $0.isSubset(of: told) } }
  }

  /// The reasons of `option` as the chain names them; nil where it tells one of them nowhere before the step.
  private func reasons(_ option: Decisions.Option, among number: Int) -> Set<CausalChain.Reason>? {
    var reasons: Set<CausalChain.Reason> = []
    for reason in option.reasons {
      switch reason {
      case .fault(let fault): reasons.insert(.fault(record.faults[fault]))
      case .tuple(let tuple):
        let grounding = record.grounding
        if grounding.statesFaults(grounding.store.relation(of: grounding.store.row(of: tuple))) {
          let inputs = grounding.circuit.inputs(of: [grounding.gate(of: tuple)])
          reasons.formUnion(inputs.map { .fault(record.faults[$0]) })
        } else {
          guard let earlier = numbers[tuple], earlier < number else { return nil }
          reasons.insert(.step(earlier))
        }
      }
    }
    return reasons
  }
}

@Suite("Steps of explanations")
struct StepTests {
  private var (judged, several) = (0, 0)

  private mutating func objection(
    to reasoning: Reasoning, of question: Question, _ scenario: Scenario
  ) -> String? {
    let judge = StepJudge(reasoning.chain, of: question, scenario)
    for (number, step) in reasoning.chain.steps.enumerated() {
      if let objection = judge.objection(to: number) { return objection }
      judged += step.claims.count == 1 ? 1 : 0
      several += step.reasons.count > 1 ? 1 : 0
    }
    return nil
  }

  @Test("of every counterexample of the scenario lines no step has a reason to spare")
  mutating func library() throws {
    for scenario in try ProgramLibrary.scenarios.get() where scenario.line.expected == .counterexample {
      let question = try scenario.question
      let found = try #require(try check(question).counterexample, "\(scenario)")
      let reasoning = try #require(try question.reasoning(about: found.violations, in: found.execution))
      let objection = objection(to: reasoning, of: question, found.execution.scenario)
      #expect(objection == nil, "\(scenario)")
    }
    #expect(judged >= 5000 && several >= 1000, "\(judged), \(several)")
  }

  @Test("nor has one on random protocols under random faults of every kind")
  mutating func random() throws {
    var explained = 0
    for seed in Campaign.seeds(2400) {
      let generated = GeneratedProtocol(seed: seed &+ 90_000, limit: 5000, hasEveryKind: true)
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
        if let objection = objection(to: reasoning, of: question, run.scenario) {
          Issue.record("seed \(seed), \(faults.faults): \(objection)\n\(generated.source.text)")
          return
        }
        explained += 1
      }
    }
    #expect(explained >= 1000 && judged >= 5000 && several >= 1000, "\(explained), \(judged), \(several)")
  }
}

// Random programs know nothing of specifications, so each of their relations is as good an outcome as any
// other. They bring what protocols lack: recursion, aggregates, arithmetic that fails under some faults only.

import Answers
import Dedalus
import Evaluation
import Properties
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@Suite("The search agrees with brute force on random programs")
struct RandomOutcomeTests {
  /// What is asked: whether the rows of `outcome` survive.
  private struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: ReferenceCrashView
    let outcome: String

    var description: String {
      "\(source.text)// \(space), \(crashView), outcome \(outcome)"
    }

    /// The answers of both; nil where there is no such question.
    func answers() -> (brute: BruteForce.Verdict, search: BruteForce.Verdict?)? {
      guard let program = try? Program(text: source.text), let relation = program.relation(named: outcome),
        let bounds = try? Bounds(
          eot: space.eot, eff: space.eff, crashes: space.crashes, nodes: Nodes(space.nodes)),
        let question = try? Question(
          program: program, bounds: bounds, crashView: CrashView(crashView), outcome: outcome,
          properties: [outcome])
      else { return nil }
      let search = BruteForce(
        program: program, space: space, specification: .survival(of: relation), crashView: crashView)
      return (Self.definition(search), (try? check(question)).flatMap { verdict(of: $0) })
    }

    /// A run that fails matters more than one that breaks the outcome, but not more than the baseline.
    private static func definition(_ search: BruteForce) -> BruteForce.Verdict {
      if case .badBaseline(let violated, _) = search.verdict(upToSize: 0) {
        return .badBaseline(violated: violated)
      }
      if let faults = search.firstFailure() { return .failed(faults, .tupleLimit(round: 0)) }
      return search.verdict()
    }

    private func verdict(of answer: Answer) -> BruteForce.Verdict? {
      switch answer.finding {
      case .holds(let vacuous): return .holds(isVacuous: !vacuous.isEmpty)
      case .counterexample(let first, _, _, _):
        guard first.minimum else { return nil }
        return .broken(.init(faults: reference(first.faults, answer), violated: first.violations.rows))
      case .badBaseline(let violations): return .badBaseline(violated: violations.rows)
      case .error(_, let scenario, _, _):
        return .failed(reference(scenario.faults, answer), .tupleLimit(round: 0))
      case .inconclusive: return nil
      }
    }

    private func reference(_ faults: FaultSet, _ answer: Answer) -> [ReferenceFault] {
      let nodes = answer.question.bounds.nodes
      return faults.faults.compactMap { fault in
        ReferenceFault(
          fault.meaning.name, fault.subject.nodes.map { nodes[$0] }, round: fault.round.position)
      }
    }

    var simplifications: [Case] {
      source.simplifications.map { source in
        var simpler = self
        simpler.source = source
        return simpler
      }
    }

    var disagrees: Bool { answers().map { $0.brute != $0.search } ?? false }
  }

  @Test("every relation in turn is the outcome")
  func outcomes() {
    var tally = (holding: 0, broken: 0, failing: 0)
    for seed in Campaign.seeds(500) {
      let generated = GeneratedProgram(seed: seed, choices: false)
      var random = SplitMix64(seed: seed)
      guard let space = space(for: generated, using: &random) else { continue }
      let relations = generated.program.relations.elements.map(\.name).filter { $0 != "crash" }
      let example = Case(
        source: generated.source, space: space, crashView: random.pick(ReferenceCrashView.allCases),
        outcome: random.pick(relations))
      guard let answers = example.answers() else { continue }
      switch answers.brute {
      case .holds: tally.holding += 1
      case .broken: tally.broken += 1
      case .failed: tally.failing += 1
      case .badBaseline: break
      }
      if answers.brute == answers.search { continue }
      let smallest = shrink(example, candidates: \.simplifications) { $0.disagrees }
      Issue.record("seed \(seed): \(String(describing: smallest.answers()))\n\(smallest)")
      return
    }
    #expect(tally.holding >= 20 && tally.broken >= 20 && tally.failing >= 2, "\(tally)")
  }

  /// Bounds with few enough fault sets to try them all.
  private func space(
    for generated: GeneratedProgram, using random: inout SplitMix64
  ) -> ReferenceFaultSpace? {
    let spaces = [(3, 1), (3, 0), (2, 2), (2, 1), (1, 2), (1, 1)].map { eff, crashes in
      ReferenceFaultSpace(
        nodes: generated.nodes, eot: generated.eot, eff: eff, crashes: min(crashes, generated.nodes.count))
    }
    return spaces.filter { $0.count <= 300 }.randomElement(using: &random)
  }
}

// The search for faults of every kind against the definition of its answer: every admissible fault set, run
// by the plain evaluator. The verdict, the first smallest set, the list of all minimal sets and the rows that
// each violates must be equal; and of every set, the circuit must tell what its run violates.

import Dedalus
import Evaluation
import Lineage
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Faults of every kind")
struct EveryKindTests {
  /// A question small enough to try every fault set.
  private struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: CrashView

    var description: String { "\(source.text)// \(space), \(crashView)" }

    /// Cases with less of the program.
    var simplifications: [Case] {
      source.simplifications.map { Case(source: $0, space: space, crashView: crashView) }
    }

    /// What brute force and the search say; nil where there is nothing to be asked.
    func answers() -> (brute: Summary, search: Summary)? {
      guard let program = try? Program(text: source.text),
        let specification = ReferenceSpecification(of: program)
      else { return nil }
      let space = space.with(eot: space.eot, for: program)
      guard let bounds = try? Bounds(space),
        let question = try? Question(program: program, bounds: bounds, crashView: crashView)
      else { return nil }
      let search = BruteForce(
        program: program, space: space, specification: specification,
        crashView: crashView == .silent ? .silent : .failStop)
      do throws(Disagreement) {
        return (Summary(of: search, bounds.nodes), Summary(of: try checkAll(question)))
      } catch {
        return (Summary(of: search, bounds.nodes), Summary(verdict: error.description))
      }
    }
  }

  /// An answer in comparable words.
  private struct Summary: Equatable, CustomStringConvertible {
    var verdict: String
    /// Each minimal set and what it costs.
    var minimal: [FaultSet] = []
    var violated: [[[Constant]]] = []

    var description: String { "\(verdict) \(minimal.map(\.faults)) \(violated)" }

    init(verdict: String) { self.verdict = verdict }

    init(of search: BruteForce, _ nodes: Nodes) {
      switch search.verdict() {
      case .holds(let isVacuous): verdict = "holds\(isVacuous ? " vacuously" : "")"
      case .badBaseline(let violated, _): verdict = "bad baseline \(violated)"
      case .failed: verdict = "failed"
      case .broken(let first):
        let all = BruteForce.minimal(among: search.allCounterexamples())
        verdict = "broken, first by \(FaultSet(first.faults, among: nodes).faults)"
        minimal = all.map { FaultSet($0.faults, among: nodes) }
        violated = all.map(\.violated)
      }
    }

    init(of answer: Answer) {
      switch answer.finding {
      case .holds(let vacuous): verdict = "holds\(vacuous.isEmpty ? "" : " vacuously")"
      case .badBaseline(let violations): verdict = "bad baseline \(violations.rows)"
      case .error: verdict = "failed"
      case .inconclusive: verdict = "inconclusive"
      case .counterexample(let first, let sets, _, _):
        verdict = "broken, first by \(first.minimum ? first.faults.faults : [])"
        minimal = sets?.elements.map(\.faults) ?? []
        violated = sets?.elements.map(\.violations.rows) ?? []
      }
    }
  }

  @Test("the answer and all minimal sets are those of brute force, on random protocols")
  func bruteForce() {
    let seeds = Campaign.seeds(1500)
    let kinds = ReferenceFault.Kind.allCases.map(\.name)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProtocol(seed: seed, limit: 250, hasEveryKind: true)
      let example = Case(
        source: generated.source, space: generated.space, crashView: CrashView.allCases[Int(seed % 2)])
      guard let (brute, search) = example.answers() else { continue }
      shares.note(features(of: generated, brute))
      if brute == search { continue }
      let smallest = shrink(example, candidates: \.simplifications) { candidate in
        candidate.answers().map { $0.brute != $0.search } ?? false
      }
      Issue.record(
        "seed \(seed): \(smallest.answers().map { "\($0.brute)\n\($0.search)" } ?? "")\n\(smallest)")
      return
    }
    #expect(shares["compared"] == seeds.count)
    #expect(shares.below(15, of: shares["compared"], kinds) == [])
    #expect(shares.below(30, of: shares["restart"], ["durable"]) == [])
    #expect(shares.below(25, of: shares["broken"], ["broken by several only"]) == [])
    #expect(shares.below(4, of: shares["compared"], ["counts"]) == [])
    #expect(shares.below(2, of: shares["broken"], ["count broken"]) == [])
    #expect(shares.below(1, of: shares["broken"], kinds.map { "\($0) breaks" }) == [])
  }

  private func features(of generated: GeneratedProtocol, _ answer: Summary) -> [String] {
    var features = ["compared"] + generated.space.faults.map(\.name)
    if features.contains("restart"), !generated.program.durable.isEmpty { features.append("durable") }
    let counts = generated.program.rules.contains { !$0.counts.isEmpty }
    if counts { features.append("counts") }
    guard let first = answer.minimal.first else { return features }
    if counts { features.append("count broken") }
    features += ["broken"] + (first.count > 1 ? ["broken by several only"] : [])
    for set in answer.minimal { features += set.faults.map { "\($0.meaning.name) breaks" } }
    return features
  }

  @Test("the circuit tells what each run violates, under ten admissible sets of each of many protocols")
  func violations() throws {
    var violated = 0
    for seed in Campaign.seeds(1000) {
      let generated = GeneratedProtocol(seed: seed &+ 50_000, limit: 5000, hasEveryKind: true)
      var random = SplitMix64(seed: seed)
      let question = try Question(
        program: generated.program, bounds: Bounds(generated.space),
        crashView: random.pick(CrashView.allCases))
      let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
      let possible = question.possibleFaults
      let baseline = compiled.run(question.setting)
      let grounding = Grounding(compiled, question.setting, possible)
      var circuit = grounding.circuit
      let predicted = question.possibleViolations(
        in: grounding, expecting: question.expectedRows(in: baseline), &circuit)
      grounding.checkInvariants()
      circuit.checkInvariants()
      for _ in 0..<10 {
        let faults = FaultSet(generated.space.randomSet(using: &random), among: question.bounds.nodes)
        let values = circuit.values(possible.values(under: faults))
        let run = compiled.run(question.setting, under: faults)
        guard run.ending == .complete else { continue }
        let found = question.violations(in: run, baseline: baseline)
        let gates = predicted.filter { values[$0.condition.gate] != $0.condition.isNegated }.map(\.violation)
        try #require(gates == found, "seed \(seed), \(faults.faults)\n\(generated.source.text)")
        if !found.isEmpty { violated += 1 }
      }
    }
    #expect(violated >= 500, "\(violated)")
  }
}

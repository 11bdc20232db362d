// The search over faults and inputs against the definition of its answer: every admissible fault set with
// every way to choose the inputs, in canonical order, run by the plain evaluator. The verdict, the first
// counterexample with its inputs, the list of all minimal sets, each with its first inputs, and the rows that
// each violates must be equal.

import Baselines
import Dedalus
import Evaluation
import Lineage
import Properties
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Inputs that are chosen, in searches")
struct ChoiceTests {
  private struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: CrashView

    var description: String { "\(source.text)// \(space), \(crashView)" }

    var simplifications: [Case] {
      source.simplifications.map { Case(source: $0, space: space, crashView: crashView) }
    }

    /// Brute force and the question that the search is asked; nil where there is nothing to be asked.
    func asked() -> (brute: BruteForce, question: Question)? {
      guard let program = try? Program(text: source.text),
        let specification = ReferenceSpecification(of: program)
      else { return nil }
      let space = space.with(eot: space.eot, for: program)
      guard let bounds = try? Bounds(space).with(openFacts: program.openFacts),
        let question = try? Question(program: program, bounds: bounds, crashView: crashView)
      else { return nil }
      let brute = BruteForce(
        program: program, space: space, specification: specification,
        crashView: crashView == .silent ? .silent : .failStop)
      return (brute, question)
    }

    /// What brute force and `answer` say; nil where there is nothing to be asked.
    func answers(_ answer: (Question) throws -> Answer) -> (brute: Summary, search: Summary)? {
      guard let (brute, question) = asked() else { return nil }
      let expected = Summary(of: brute, question.bounds.nodes)
      do {
        return (expected, Summary(of: try answer(question)))
      } catch {
        return (expected, Summary(verdict: "\(error)"))
      }
    }
  }

  /// An answer in comparable words.
  private struct Summary: Equatable, CustomStringConvertible {
    var verdict: String
    /// What decides it.
    var first: Scenario?
    /// Each minimal set with its inputs, and what it costs.
    var minimal: [Scenario] = []
    var violated: [[[Constant]]] = []

    var description: String { "\(verdict) \(first as Scenario?) \(minimal) \(violated)" }

    init(verdict: String) { self.verdict = verdict }

    init(of search: BruteForce, _ nodes: Nodes) {
      func scenario(_ faults: [ReferenceFault], _ inputs: [ReferenceFact]) -> Scenario {
        Scenario(FaultSet(faults, among: nodes), Inputs(inputs))
      }
      switch search.verdict() {
      case .holds(let isVacuous): verdict = "holds\(isVacuous ? " vacuously" : "")"
      case .badBaseline(let rows, let inputs):
        (verdict, first, violated) = ("bad baseline", scenario([], inputs), [rows])
      case .failed, .broken:
        verdict = "broken"
        // A failure under any faults and inputs comes before a counterexample.
        if let failing = search.firstFailingScenario() {
          (verdict, first) = ("failed", scenario(failing.faults, failing.inputs))
          return
        }
        let all = BruteForce.minimal(among: search.allCounterexamples())
        first = all.first.map { scenario($0.faults, $0.inputs) }
        minimal = all.map { scenario($0.faults, $0.inputs) }
        violated = all.map(\.violated)
      }
    }

    init(of answer: Answer) {
      switch answer.finding {
      case .holds(let vacuous): verdict = "holds\(vacuous.isEmpty ? "" : " vacuously")"
      case .badBaseline(let violations):
        (verdict, first) = ("bad baseline", answer.baseline?.scenario)
        violated = [violations.rows]
      case .error(_, let scenario, _, _): (verdict, first) = ("failed", scenario)
      case .inconclusive: verdict = "inconclusive"
      case .counterexample(let found, let sets, _, _):
        (verdict, first) = ("broken", found.minimum ? found.execution.scenario : nil)
        minimal = sets?.elements.map(\.scenario) ?? []
        violated = sets?.elements.map(\.violations.rows) ?? [found.violations.rows]
        #expect(answer.baseline?.scenario == found.execution.scenario.withoutFaults)
      }
    }

    /// The same without the list.
    var head: Summary {
      var head = self
      head.minimal = []
      head.violated = Array(violated.prefix(1))
      return head
    }
  }

  @Test("the answer, its inputs and all minimal sets are those of brute force, on random protocols")
  func bruteForce() {
    let seeds = Campaign.seeds(1500)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProtocol(
        seed: seed, limit: 120, hasEveryKind: seed % 2 == 0, hasChoices: true)
      let example = Case(
        source: generated.source, space: generated.space, crashView: CrashView.allCases[Int(seed / 2 % 2)])
      guard let (brute, search) = example.answers({ try checkAll($0) }) else { continue }
      shares.note(features(of: generated, brute))
      if brute == search { continue }
      let smallest = shrink(example, candidates: \.simplifications) { candidate in
        candidate.answers { try checkAll($0) }.map { $0.brute != $0.search } ?? false
      }
      Issue.record(
        "seed \(seed): \(smallest.answers { try checkAll($0) }.map { "\($0.brute)\n\($0.search)" } ?? "")\n\(smallest)"
      )
      return
    }
    #expect(shares["compared"] == seeds.count)
    #expect(shares.below(15, of: seeds.count, ["holds", "broken"]) == [])
    #expect(shares.below(5, of: seeds.count, ["bad baseline"]) == [])
    #expect(shares.below(10, of: shares["broken"], ["needs a choice and a fault"]) == [])
    #expect(shares.below(10, of: shares["bad baseline"], ["needs a choice"]) == [])
    #expect(shares.below(5, of: shares["broken"], ["several inputs in the list"]) == [])
    #expect(shares.below(40, of: seeds.count, ["maybe"]) == [])
    #expect(shares.below(3, of: seeds.count, ["rounds after the last"]) == [])
  }

  private func features(of generated: GeneratedProtocol, _ answer: Summary) -> [String] {
    let possible = PossibleInputs(generated.program.openFacts, upTo: generated.space.eot)
    var features = ["compared", answer.verdict]
    if generated.program.choices.contains(where: \.isOptional) { features.append("maybe") }
    if generated.program.choices.contains(where: { $0.rounds.upperBound > generated.space.eot }) {
      features.append("rounds after the last")
    }
    if answer.verdict.hasPrefix("holds") { features.append("holds") }
    if let first = answer.first, first.inputs != possible.first {
      features.append(first.faults.count > 0 ? "needs a choice and a fault" : "needs a choice")
    }
    if Set(answer.minimal.map(\.inputs)).count > 1 { features.append("several inputs in the list") }
    return features
  }

  @Test("an exhaustive search, with symmetry or without, and one without a list have the same answer")
  func strategies() throws {
    var shares = Shares()
    for seed in Campaign.seeds(400) {
      let generated = GeneratedProtocol(
        seed: seed &+ 90_000, limit: 60, hasEveryKind: seed % 2 == 0, hasChoices: true)
      let example = Case(source: generated.source, space: generated.space, crashView: .silent)
      let (_, question) = try #require(example.asked())
      let circuit = Summary(of: try check(question)).head
      let exhaustive = Summary(of: try checkExhaustively(question)).head
      try #require(circuit == exhaustive, "seed \(seed)\n\(example)")
      let symmetric = Summary(of: try checkExhaustively(question, symmetry: true)).head
      try #require(circuit == symmetric, "seed \(seed), with symmetry\n\(example)")
      let drawn = checkRandomly(question, seed: seed, runs: 40)
      let found = drawn.counterexample.map { question.bounds.admits($0.execution.scenario) }
      try #require(found != false, "seed \(seed): drawn \(drawn.counterexample?.faults.faults ?? [])")
      // With other inputs, the run without faults may be broken already.
      if found == true { try #require(!circuit.verdict.hasPrefix("holds"), "seed \(seed)\n\(example)") }
      shares.note([circuit.verdict] + (found == true ? ["drawn"] : []))
    }
    #expect(shares["broken"] >= 50 && shares["holds"] >= 50 && shares["drawn"] >= 20)
  }
}

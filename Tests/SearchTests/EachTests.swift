// Every property by itself against the definition of its answer: every admissible fault set, run by the plain
// evaluator, for that property alone. And against the search that is asked for that property alone.

import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Every property by itself")
struct EachTests {
  /// A program with several properties, small enough to try every fault set.
  private struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: ReferenceCrashView

    var description: String { "\(source.text)// \(space), \(crashView)" }

    var simplifications: [Case] {
      source.simplifications.map { Case(source: $0, space: space, crashView: crashView) }
    }

    var question: Question? {
      guard let program = try? Program(text: source.text) else { return nil }
      return try? Question(
        program: program,
        bounds: Bounds(space.with(eot: space.eot, for: program)).with(openFacts: program.openFacts),
        crashView: crashView == .silent ? .silent : .failStop)
    }

    /// The verdicts of brute force and of the search on each property, in comparable words, and those of the
    /// search that is asked for one property; nil where there is nothing to be asked.
    func answers() -> (brute: [String], search: [String], alone: [String])? {
      guard let question, question.outcome != nil,
        let specification = ReferenceSpecification(of: question.program)
      else { return nil }
      let specifications =
        [specification] + question.program.properties.map { ReferenceSpecification($0.form) }
      let bruteForce = BruteForce(
        program: question.program, space: space.with(eot: space.eot, for: question.program),
        specification: specification, crashView: crashView)
      let nodes = question.bounds.nodes
      let brute = zip(specifications, bruteForce.verdicts(of: specifications)).map {
        Self.words($1, canBeVacuous: $0.canBeVacuous, nodes)
      }
      do {
        let each = try checkEach(question).answers
        let alone = try question.parts.map { try check($0) }
        return (brute, each.map(Self.words), alone.map(Self.words))
      } catch {
        return (brute, ["\(error)"], [])
      }
    }

    private static func words(
      _ verdict: BruteForce.Verdict, canBeVacuous: Bool, _ nodes: Nodes
    ) -> String {
      switch verdict {
      case .holds(let isVacuous): "holds\(isVacuous && canBeVacuous ? " vacuously" : "")"
      case .badBaseline(let violated, let inputs):
        "bad baseline \(violated)\(words(Inputs(inputs)))"
      case .failed: "failed"
      case .broken(let first):
        "broken by \(FaultSet(first.faults, among: nodes).faults), which costs \(first.violated)"
          + words(Inputs(first.inputs))
      }
    }

    private static func words(_ inputs: Inputs) -> String {
      inputs.facts.isEmpty ? "" : " with \(inputs.facts.map(\.text))"
    }

    private static func words(_ answer: Answer) -> String {
      switch answer.finding {
      case .holds: "holds\(answer.isVacuous ? " vacuously" : "")"
      case .badBaseline(let violations): "bad baseline \(violations.rows)\(words(answer.inputs))"
      case .error: "failed"
      case .inconclusive: "inconclusive"
      case .counterexample(let first, _, let harmless, _):
        first.minimum && harmless == first.faults.count - 1
          ? "broken by \(first.faults.faults), which costs \(first.violations.rows)" + words(first.inputs)
          : "not minimum"
      }
    }
  }

  @Test("each answer is that of brute force for the property alone, and that of a search for it alone")
  func bruteForce() {
    let seeds = Campaign.seeds(2000)
    var shares = Shares()
    var properties = 0
    for seed in seeds {
      let demanding = DemandingProtocol(seed: seed, limit: 120, hasChoices: seed % 4 == 0)
      let example = Case(
        source: demanding.source, space: demanding.generated.space, crashView: demanding.crashView)
      guard let answers = example.answers() else { continue }
      properties += answers.brute.count
      if demanding.generated.program.choices.isEmpty {
        shares.note(
          ["compared"] + features(answers.brute) + demanding.source.properties.map(\.word.rawValue))
      } else {
        shares.note(["open"] + features(answers.brute).map { "open \($0)" })
      }
      if answers.brute == answers.search, answers.search == answers.alone { continue }
      let smallest = shrink(example, candidates: \.simplifications) { candidate in
        candidate.answers().map { $0.brute != $0.search || $0.search != $0.alone } ?? false
      }
      Issue.record("seed \(seed): \(String(describing: smallest.answers()))\n\(smallest)")
      return
    }
    #expect(shares["compared"] >= 1500 * Campaign.factor, "\(shares)")
    #expect(shares["open"] >= 400 * Campaign.factor, "\(shares)")
    #expect(properties >= 3 * (shares["compared"] + shares["open"]), "\(properties)")
    let words = SourceProperty.Word.allCases.map(\.rawValue).filter { $0 != "never" }
    #expect(shares.below(20, of: shares["compared"], words + ["two are broken", "broken by several"]) == [])
    let rarer = ["never", "bad baseline", "vacuous", "some hold and some break"]
    #expect(shares.below(8, of: shares["compared"], rarer) == [], "\(shares)")
    let open = ["with inputs", "bad with inputs", "two are broken", "some hold and some break"]
    #expect(shares.below(8, of: shares["open"], open.map { "open \($0)" }) == [], "\(shares)")
  }

  private func features(_ verdicts: [String]) -> [String] {
    let broken = Set(verdicts.filter { $0.hasPrefix("broken") })
    var features: [String] = []
    if broken.count >= 2 { features.append("two are broken") }
    if broken.contains(where: { $0.prefix { $0 != "]" }.contains("), ") }) {
      features.append("broken by several")
    }
    if verdicts.contains(where: { $0.hasPrefix("bad") }) { features.append("bad baseline") }
    if verdicts.contains(where: { $0.hasPrefix("bad") && $0.contains(" with [") }) {
      features.append("bad with inputs")
    }
    if broken.contains(where: { $0.contains(" with [") }) { features.append("with inputs") }
    if verdicts.contains("holds vacuously") { features.append("vacuous") }
    if verdicts.contains("holds"), !broken.isEmpty { features.append("some hold and some break") }
    return features
  }

  @Test("the frontier of each property is that of the property alone")
  func frontiers() throws {
    var tables = 0
    for seed in Campaign.seeds(200) {
      let demanding = DemandingProtocol(seed: 2 * seed + 1, limit: 120, hasChoices: seed % 3 == 0)
      let example = Case(
        source: demanding.source, space: demanding.generated.space, crashView: demanding.crashView)
      guard let question = example.question else { continue }
      let shape = FrontierShape(showsEveryEFF: seed % 3 == 0)
      let each = try frontierOfEach(question, shape)
      for (part, found) in zip(question.parts, each.frontiers) {
        let alone = try frontier(part, shape)
        try #require(found.frontiers == alone.frontiers, "seed \(seed)\n\(example)")
        #expect(found.answer.verdict == alone.answer.verdict && found.limit == nil)
        tables += found.frontiers.count
      }
    }
    #expect(tables >= 400, "\(tables)")
  }

  @Test("a search that is cut off says so of every property that it has not answered")
  func interruption() throws {
    let question = try Question(
      program: Program(text: #"p("a")@1; p(N)@next :- p(N); q("b")@2; never p; always p => q; stable p;"#),
      bounds: Bounds(eot: 3, eff: 2, crashes: 1, nodes: Nodes(["a", "b"])))
    let cut = try checkEach(question, patience: Patience(isInterrupted: { true }))
    #expect(cut.answers.map(\.verdict) == [.badBaseline, .badBaseline, .inconclusive])
    #expect(cut.answers.map(\.limit) == [nil, nil, .interrupted])
    let whole = try checkEach(question)
    #expect(whole.answers.map(\.verdict) == [.badBaseline, .badBaseline, .holds])
    #expect(whole.answers.map(\.question.restriction) == [["never p"], ["always p => q"], ["stable p"]])
    #expect(whole.cost[.executions] == 1)
  }
}

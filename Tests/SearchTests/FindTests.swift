// The search for a run in which a row holds against its definition: every admissible fault set with every way
// to choose the inputs, in canonical order, run by the plain evaluator, until one has a row that matches.

import Answers
import Baselines
import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@Suite("Rows that are looked for")
struct FindTests {
  private struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: ReferenceCrashView
    let sought: RowMatch

    var description: String { "\(source.text)// \(sought.text) in \(space), \(crashView)" }

    var simplifications: [Case] {
      source.simplifications.map {
        Case(source: $0, space: space, crashView: crashView, sought: sought)
      }
    }

    /// What brute force and the search say; nil where there is nothing to be asked.
    func answers() -> (brute: String, search: String)? {
      guard let program = try? Program(text: source.text),
        let relation = program.relation(named: sought.relation)
      else { return nil }
      let space = space.with(eot: space.eot, for: program)
      guard let bounds = try? Bounds(space).with(openFacts: program.openFacts),
        let question = try? Question(
          program: program, bounds: bounds, crashView: CrashView(crashView), seeking: sought)
      else { return nil }
      let brute = brute(program, space, relation, bounds.nodes)
      do {
        return (brute, words(try check(question)))
      } catch {
        return (brute, "\(error)")
      }
    }

    /// A run without faults that fails goes before one that has the row, and any other that fails, after.
    private func brute(
      _ program: Program, _ space: ReferenceFaultSpace, _ relation: RelationID, _ nodes: Nodes
    ) -> String {
      let inputs = program.allInputs(upTo: space.eot)
      func execution(_ faults: [ReferenceFault], _ inputs: [ReferenceFact]) -> ReferenceExecution {
        ReferenceRun(
          program: program, nodes: space.nodes, eot: space.eot, crashView: crashView, faults: faults,
          inputs: inputs
        ).execution(recordingFirings: false)
      }
      func rows(_ execution: ReferenceExecution) -> [[Constant]] {
        var seen: Set<[Constant]> = []
        return (1...space.eot).flatMap { round in
          execution.rows(of: relation, in: round).filter { sought.matches($0, in: Round(round)) }
        }.filter { seen.insert($0).inserted }
      }
      func found(_ faults: [ReferenceFault], _ inputs: [ReferenceFact], _ rows: [[Constant]]) -> String {
        "found \(rows) under \(FaultSet(faults, among: nodes).faults) \(Inputs(inputs).facts.map(\.text))"
      }
      let first = execution([], inputs[0])
      if first.failure != nil { return "failed" }
      if !rows(first).isEmpty { return found([], inputs[0], rows(first)) }
      let quiet = inputs.map { ($0, execution([], $0)) }
      if quiet.contains(where: { $0.1.failure != nil }) { return "failed" }
      if let (inputs, run) = quiet.first(where: { !rows($0.1).isEmpty }) {
        return found([], inputs, rows(run))
      }
      var answer: String?
      for size in 1...max(1, space.largestSize) {
        for faults in space.sets(ofSize: size) {
          for inputs in inputs {
            let run = execution(faults, inputs)
            if run.failure != nil { return "failed" }
            if answer == nil, !rows(run).isEmpty { answer = found(faults, inputs, rows(run)) }
          }
        }
      }
      return answer ?? "none"
    }

    private func words(_ answer: Answer) -> String {
      switch answer.finding {
      case .counterexample(let first, _, _, _):
        return "found \(first.violations.rows) under \(first.minimum ? first.faults.faults : []) "
          + "\(first.inputs.facts.map(\.text))"
      case .holds: return "none"
      case .error: return "failed"
      case .badBaseline, .inconclusive: return "\(answer.verdict)"
      }
    }
  }

  @Test("whether there is one, with how few faults, and the first run are those of brute force")
  func bruteForce() {
    var shares = Shares()
    let seeds = Campaign.seeds(1500)
    for seed in seeds {
      let generated = GeneratedProtocol(
        seed: seed &+ 30_000, limit: 60, hasEveryKind: seed % 2 == 0, hasChoices: seed % 3 == 0)
      var random = SplitMix64(seed: seed)
      let (source, drawn) = generated.soughtRows(using: &random)
      // What faults state holds whether or not the program reads it.
      let sought = seed % 8 == 5 ? RowMatch("crash", [nil, nil, nil]) : drawn
      let example = Case(
        source: source, space: generated.space, crashView: random.pick(ReferenceCrashView.allCases),
        sought: sought)
      guard let (brute, search) = example.answers() else { continue }
      let isOpen = !generated.program.choices.isEmpty
      shares.note(
        [
          "compared",
          brute == "none" ? "none" : brute.contains("under []") ? "without faults" : "with faults",
        ]
          + (isOpen ? ["open"] : []) + (sought.relation == "crash" && brute != "none" ? ["crash"] : []))
      if brute == search { continue }
      let smallest = shrink(example, candidates: \.simplifications) { candidate in
        candidate.answers().map { $0.brute != $0.search } ?? false
      }
      Issue.record("seed \(seed): \(String(describing: smallest.answers()))\n\(smallest)")
      return
    }
    #expect(shares["compared"] == seeds.count)
    #expect(shares.below(10, of: seeds.count, ["none", "without faults", "with faults", "open"]) == [])
    #expect(shares.below(3, of: seeds.count, ["crash"]) == [])
  }

  private static let program = #"""
    maybe go("a", 1)@{1..2}; go("a", 2)@{2..3};
    got("b", V)@async :- go("a", V); got(N, V)@next :- got(N, V);
    alone(N) :- time(_, _, _), go("a", 2)@2, got(N, 1), notin got(N, 2);
    """#

  private func answer(_ sought: RowMatch, eff: Int = 0) throws -> Answer {
    let program = try Program(text: Self.program)
    let bounds = try Bounds(eot: 4, eff: eff, nodes: Nodes(["a", "b"])).with(openFacts: program.openFacts)
    return try check(Question(program: program, bounds: bounds, seeking: sought))
  }

  @Test("a run of fewest faults is found, with the first inputs; or that there is none is proved")
  func examples() throws {
    let late = try answer(RowMatch("got", ["b", 2], in: 3))
    #expect(late.counterexample?.faults == FaultSet.none && late.counterexample?.minimum == true)
    #expect(late.inputs.facts.map(\.text) == [#"go("a", 2)@2"#])
    #expect(
      try answer(RowMatch("got", ["b", 1], in: 3)).inputs.facts.map(\.text) == [
        #"go("a", 1)@1"#, #"go("a", 2)@2"#,
      ])
    #expect(try answer(RowMatch("got", ["a", nil])).verdict == .holds)
    #expect(try answer(RowMatch("alone", [nil], in: 4)).verdict == .holds)
    let alone = try answer(RowMatch("alone", [nil], in: 4), eff: 4)
    #expect(alone.counterexample?.faults == FaultSet([.omission(from: NodeID(0), to: NodeID(1), Round(2))]))
    #expect(alone.inputs.facts.map(\.text) == [#"go("a", 1)@1"#, #"go("a", 2)@2"#])
  }

  @Test("wrong rows are refused")
  func wrong() throws {
    #expect(throws: InvalidQuestion.self) { try answer(RowMatch("gat", [nil, nil])) }
    #expect(throws: InvalidQuestion.self) { try answer(RowMatch("got", [nil])) }
  }
}

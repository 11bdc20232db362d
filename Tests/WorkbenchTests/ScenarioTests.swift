import Answers
import QuestionSupport
import Search
import Testing

/// The acceptance suite: what the programs of this repository promise about themselves.
@Suite("Scenario lines of the programs")
struct ScenarioTests {
  @Test("every scenario comes out as its line says", arguments: try ProgramLibrary.scenarios.get())
  func expected(_ scenario: LibraryScenario) throws {
    let answer = try check(scenario.question, patience: Patience())
    #expect(scenario.line.discrepancy(in: answer) == nil)
    guard answer.verdict == scenario.line.expected else { return }

    switch answer.verdict {
    case .holds: #expect(!answer.isVacuous, "nothing was promised in any run")
    case .counterexample: try expectMinimum(in: answer, of: scenario)
    case .badBaseline, .inconclusive, .error: break
    }
  }

  private func expectMinimum(in answer: Answer, of scenario: LibraryScenario) throws {
    let counterexample = try #require(answer.counterexample)
    #expect(counterexample.minimum)
    #expect(!counterexample.violations.isEmpty)
    #expect(answer.question.bounds.admits(counterexample.faults))
    #expect(scenario.line.minimum != nil, "the line must state the exact minimum")
  }

  /// Computed by another method: the programs translated into answer set programs, in which the solver clingo
  /// chooses the faults and minimises their number; the first of all optimal sets in canonical order.
  @Test(
    "the answer is the first of the minimum fault sets",
    arguments: [
      Expected("delivery/simple-deliv.ded", (6, 3, 0), "omit a b 1"),
      Expected("delivery/retry-deliv.ded", (6, 3, 1), "crash a 2, omit a b 1"),
      Expected("delivery/classic-deliv.ded", (6, 3, 0), "omit a b 1, omit c b 2"),
      Expected("commit/2pc.ded", (6, 3, 1), "crash a 1"),
      Expected("commit/2pc-timeout.ded", (6, 0, 2), "crash C 2"),
      Expected("commit/2pc-ctp.ded", (8, 0, 1), "crash C 2"),
      Expected("commit/3pc.ded", (9, 7, 1), "crash a 3, omit C b 6"),
      Expected("commit/3pc.ded", (9, 7, 0), "omit C a 3, omit C b 6"),
      Expected("kafka/kafka.ded", (7, 4, 1), "crash a 5, omit b Z 1, omit c Z 1"),
      Expected("kafka/kafka.ded", (6, 4, 1), "crash a 5, omit b Z 1, omit c Z 1"),
      Expected("language/alarm.ded", (5, 3, 0), "omit p w 1, omit w p 2"),
      Expected("language/ledger.ded", (4, 3, 0), "omit a b 1"),
      Expected("language/ledger.ded", (4, 3, 0), outcome: "range", "omit a c 2"),
      Expected("language/ledger.ded", (4, 3, 0), outcome: "mean", "omit a c 2"),
      Expected(
        "language/link-state.ded", (5, 4, 0),
        "omit a b 1, omit a d 1, omit a b 2, omit a d 2, omit a b 3, omit a d 3"),
      Expected("language/quorum.ded", (5, 2, 0), outcome: "done", "omit w a 1, omit w b 1"),
      Expected("language/views.ded", (5, 0, 1), "crash s 3"),
    ])
  func canonicalAnswer(_ expected: Expected) throws {
    let scenario = try #require(ProgramLibrary.scenarios.get().first(where: expected.isAbout))
    let answer = try check(scenario.question)
    let counterexample = try #require(answer.counterexample)
    let nodes = answer.question.bounds.nodes
    #expect(counterexample.faults.faults.map { $0.text(nodes) }.joined(separator: ", ") == expected.faults)
  }

  /// A scenario with a counterexample, and its faults in canonical order.
  struct Expected: CustomTestStringConvertible {
    let path: String
    let bounds: [Int]
    let outcome: String?
    let faults: String

    init(_ path: String, _ bounds: (Int, Int, Int), outcome: String? = nil, _ faults: String) {
      self.path = path
      self.bounds = [bounds.0, bounds.1, bounds.2]
      self.outcome = outcome
      self.faults = faults
    }

    func isAbout(_ scenario: LibraryScenario) -> Bool {
      let line = scenario.line
      return scenario.path == path && [line.inquiry.eot, line.inquiry.eff, line.crashes] == bounds
        && line.inquiry.namedOutcome == outcome
        && line.expected == .counterexample
    }

    var testDescription: String { "\(path) \(bounds) \(outcome ?? "post")" }
  }
}

import FaultInjection
import Testing

/// The acceptance suite: what the programs of this repository promise about themselves.
@Suite("Scenario lines of the programs")
struct ScenarioTests {
  @Test("every scenario comes out as its line says", arguments: try ProgramLibrary.scenarios.get())
  func expected(_ scenario: Scenario) throws {
    let answer = try check(scenario.question, patience: Patience())
    #expect(answer.verdict == scenario.line.expected)
    guard answer.verdict == scenario.line.expected else { return }

    switch answer.verdict {
    case .holds: #expect(!answer.vacuous, "nothing was promised in any run")
    case .counterexample: try expectMinimum(in: answer, of: scenario)
    case .badBaseline, .inconclusive, .error: break
    }
  }

  private func expectMinimum(in answer: Answer, of scenario: Scenario) throws {
    let counterexample = try #require(answer.counterexamples.first)
    #expect(counterexample.minimum)
    #expect(!counterexample.violated.isEmpty)
    #expect(answer.question.bounds.admits(counterexample.faults))
    let size = try #require(scenario.line.minimum, "the line must state the exact minimum")
    #expect(counterexample.faults.faults.count == size)
  }
}

import Dedalus
import Support
import Testing

@testable import Answers
@testable import Documents
@testable import Search
@testable import Workbench

@Suite("Scenarios and their answers")
struct ScenarioJudgingTests {
  private static let program = UnrepeatedBroadcast.program

  @Test(
    "an answer is held against all that the line says",
    arguments: [
      ("eff=2 expect=counterexample", nil),
      ("eff=2 expect=counterexample minimum=1", nil),
      ("eff=2 expect=counterexample minimum=2", "expected minimum=2, but 1 fault will do"),
      ("eff=0 expect=holds", nil),
      ("eff=2 expect=holds", "expected holds, found counterexample"),
      ("eff=0 expect=counterexample minimum=1", "expected counterexample, found holds"),
      ("eff=0 outcome=say expect=bad-baseline", nil),
      ("eff=0 outcome=say expect=error", "expected error, found bad-baseline"),
    ])
  func discrepancy(line: String, expected: String?) throws {
    let scenario = try scenario(line)
    let answer = try check(scenario.question(about: Program(text: Self.program)))
    #expect(scenario.discrepancy(in: answer) == expected)
  }

  private func scenario(_ line: String) throws -> ScenarioLine {
    let text = "//! scenario eot=4 nodes=a,b,c " + line
    return try #require(
      try ScenarioLine.all(in: SourceFile(path: "p.ded", bytes: Array(text.utf8))).first)
  }

  @Test("a set that is larger, or not proved to be the smallest, is not what was expected")
  func sizes() throws {
    var scenario = try scenario("eff=2 expect=counterexample minimum=1")
    let answer = try check(scenario.question(about: Program(text: Self.program)))
    let found = try #require(answer.counterexample)
    let unproved = Counterexample(
      minimum: false, violations: found.violations, execution: found.execution)
    let partial = answer.finding(
      .counterexample(unproved, minimalSets: nil, harmlessUpTo: nil, limit: .time))
    #expect(
      scenario.discrepancy(in: partial) == "expected minimum=1; 1 fault will do, and perhaps fewer")
    scenario.minimum = 0
    #expect(scenario.discrepancy(in: answer) == "expected minimum=0, but it takes 1 fault")
  }

  @Test("where a limit was reached, it is named")
  func limit() throws {
    let scenario = try scenario("eff=2 expect=holds")
    let answer = try check(
      scenario.question(about: Program(text: Self.program)), patience: Patience(isInterrupted: { true }))
    #expect(scenario.discrepancy(in: answer) == "expected holds, found inconclusive (interrupted)")
  }
}

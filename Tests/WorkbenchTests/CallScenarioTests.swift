import Dedalus
import Scenarios
import Testing

@testable import Workbench

@Suite("Scenarios of calls")
struct CallScenarioTests {

  private func scenario(_ faults: [String], choosing chosen: [String] = []) throws -> Scenario {
    try Scenario(
      faults: faults, choosing: chosen, of: Program(text: #"p("a", 1)@1; log(N, X)@next :- p(N, X);"#),
      Nodes(["a", "b"]), eot: 4)
  }

  @Test("have each fault once, in order")
  func faults() throws {
    let nodes = Nodes(["a", "b"])
    let found = try scenario(["omit a b 2", "crash b 3", "omit a b 2"])
    #expect(found.faults.faults.map { $0.text(nodes) } == ["crash b 3", "omit a b 2"])
    #expect(try scenario([]) == Scenario(.none))
  }

  @Test(
    "refuse what cannot happen together, and what is no fault",
    arguments: [
      (["crash a 1", "crash a 2"], "conflicting-faults"), (["omit a c 1"], "unknown-node"),
      (["omit a b"], "bad-fault"),
    ])
  func refusals(faults: [String], code: String) {
    #expect {
      _ = try scenario(faults)
    } throws: { error in
      Refusal(error).text(coloured: false).contains("[\(code)]")
    }
  }

  @Test("refuse to choose what the program does not let choose")
  func choices() {
    #expect(throws: (any Error).self) { try scenario([], choosing: [#"p("a", 2)@1"#]) }
  }
}

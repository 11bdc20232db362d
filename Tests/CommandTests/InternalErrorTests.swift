import Dedalus
import Evaluation
import Foundation
import Testing

@testable import Properties
@testable import Reports
@testable import Scenarios
@testable import Search
@testable import faultline

@Suite("A fault of ours")
struct InternalErrorTests {
  @Test("exits with 70 and saves what reproduces it", arguments: [nil, "post"])
  func report(outcome: String?) throws {
    let here = try Workplace()
    let text = "p(\"a\", 1)@1; pre(X) :- p(X, _); post(X) :- p(X, _);"
    let nodes = Nodes(["a", "b c"])
    let question = try Question(
      program: Program(text: text, path: "p.ded"), bounds: Bounds(eot: 4, eff: 2, crashes: 1, nodes: nodes),
      outcome: outcome)
    let disagreement = Disagreement(
      question: question, scenario: Scenario(FaultSet([try Fault("omit a \"b c\" 1", nodes: nodes)])),
      description: "1 is not 2")
    let status = InternalError(disagreement).report(Console(), folders: ["/nowhere", here.path])
    #expect(status == .internalError && status.rawValue == 70)
    let name = try #require(here.names.first)
    let record = try json(here.read(name))
    #expect(
      record["call"] as? String
        == "faultline check p.ded --eot 4 --eff 2 --crashes 1 --nodes 'a,\"b c\"'"
        + (outcome == nil ? "" : " --outcome post"))
    #expect((record["faults"] as? [[String: Any]])?.first?["to"] as? String == "b c")
    #expect(((record["sources"] as? [[String: Any]])?.first)?["text"] as? String == text)
  }
}

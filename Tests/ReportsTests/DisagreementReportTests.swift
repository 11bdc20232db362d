import Dedalus
import Documents
import Evaluation
import Foundation
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports

@Suite("A fault of ours")
struct DisagreementReportTests {
  private func disagreement(outcome: String? = nil, _ text: String) throws -> Disagreement {
    let nodes = Nodes(["a", "b c"])
    let question = try Question(
      program: Program(text: text, path: "p.ded"), bounds: Bounds(eot: 4, eff: 2, crashes: 1, nodes: nodes),
      outcome: outcome)
    return Disagreement(
      question: question, scenario: Scenario(FaultSet([try Fault("omit a \"b c\" 1", nodes: nodes)])),
      description: "1 is not 2")
  }

  @Test("is told, with the file that reproduces it", arguments: [nil, "post"])
  func report(outcome: String?) throws {
    let here = try TestFolder()
    let text = "p(\"a\", 1)@1; pre(X) :- p(X, _); post(X) :- p(X, _);"
    let told = DisagreementReport(try disagreement(outcome: outcome, text))
      .save(in: ["/nowhere", here.path])
    let path = here["faultline-disagreement-\(getpid()).json"]
    #expect(
      told == """
        internal error: 1 is not 2
          this is a fault of Faultline, not of the program
          faults: 'omit a "b c" 1'
          what reproduces it: \(path); please report it

        """)
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(contents(of: path).utf8)) as? [String: Any])
    #expect(
      record["call"] as? String
        == "faultline check p.ded --eot 4 --eff 2 --crashes 1 --nodes 'a,\"b c\"'"
        + (outcome == nil ? "" : " --outcome post"))
    #expect((record["faults"] as? [[String: Any]])?.first?["to"] as? String == "b c")
    #expect(((record["sources"] as? [[String: Any]])?.first)?["text"] as? String == text)
  }

  @Test("is told where it cannot be saved, too")
  func unsaved() throws {
    let told = DisagreementReport(try disagreement("p(\"a\")@1; pre(X) :- p(X); post(X) :- p(X);"))
      .save(in: ["/nowhere"])
    #expect(told.hasPrefix("internal error: 1 is not 2\n") && !told.contains("what reproduces it"))
  }
}

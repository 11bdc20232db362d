import Foundation
import Testing

@Suite("--strict and --property")
struct StrictTests {
  private let here: Workplace

  init() throws {
    here = try Workplace([
      "idle.ded": "p(\"a\")@1; p(N)@next :- p(N); post(N) :- p(N); durable q; q(\"a\")@1;",
      "clean.ded": """
      ask("a", "b")@1; got(M, N)@async :- ask(N, M); got(M, N)@next :- got(M, N);
      post(M) :- got(M, _); never nothing; nothing(M) :- got(M, _), M == "c";
      """,
      "vacuous.ded": "p(\"a\", 1)@1; pre(X) :- p(X, V), V > 5; post(X) :- p(X, _); p(X, V)@next :- p(X, V);",
    ])
  }

  struct Expectation: CustomTestStringConvertible {
    let call: String
    let status: Int32
    let strictStatus: Int32
    /// The beginning of standard output, which is empty where nothing was computed.
    let output: String
    /// What the last line of standard error ends with.
    let error: String
    var testDescription: String { call }
  }

  @Test(
    "a warning makes a strict call fail, and nothing else does",
    arguments: [
      Expectation(
        call: "check idle.ded --eot 3 --crashes 1", status: 0, strictStatus: 2, output: "",
        error: "[unused-declaration]"),
      Expectation(
        call: "run idle.ded --eot 3", status: 0, strictStatus: 2, output: "", error: "[unused-declaration]"),
      Expectation(
        call: "frontier idle.ded --eot 3 --crashes 1", status: 0, strictStatus: 2, output: "",
        error: "[unused-declaration]"),
      Expectation(
        call: "sweep idle.ded --crashes 1 --time-limit 1", status: 0, strictStatus: 2, output: "",
        error: "[unused-declaration]"),
      Expectation(
        call: "check clean.ded --eot 3 --nodes a,b", status: 0, strictStatus: 2, output: "HOLDS",
        error: "error: the answer has 1 warning, and --strict makes it an error [strict]"),
      Expectation(
        call: "check vacuous.ded --eot 3 --crashes 1", status: 0, strictStatus: 2, output: "HOLDS",
        error: "error: the answer has 1 warning, and --strict makes it an error [strict]"),
      Expectation(
        call: "check clean.ded --eot 4 --eff 2 --nodes a,b", status: 1, strictStatus: 1,
        output: "COUNTEREXAMPLE", error: ""),
      Expectation(
        call: "run clean.ded --eot 4 --nodes a,b", status: 0, strictStatus: 0, output: "round 1", error: ""),
    ])
  func strictness(_ expected: Expectation) throws {
    #expect(try here.shell("$FAULTLINE \(expected.call)").status == expected.status)
    let strict = try here.shell("$FAULTLINE \(expected.call) --strict")
    #expect(strict.status == expected.strictStatus)
    #expect(strict.output.isEmpty == expected.output.isEmpty && strict.output.hasPrefix(expected.output))
    if expected.error.isEmpty {
      #expect(strict.errors == "")
    } else {
      #expect(strict.errors.contains("error: ") && strict.errors.contains(expected.error))
      #expect(!strict.errors.contains("warning: "))
    }
  }

  @Test("a strict call has the warning as an error in its document")
  func document() throws {
    let outcome = try here.faultline("check", "idle.ded", "--eot", "3", "--strict", "--json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(document["verdict"] as? String == "error")
    #expect(diagnostics.map { $0["severity"] as? String } == ["error"])
    #expect(diagnostics.map { $0["code"] as? String } == ["unused-declaration"])
  }

  @Test("several properties may be asked for")
  func properties() throws {
    let call = ["check", "clean.ded", "--eot", "4", "--eff", "2", "--nodes", "a,b"]
    let one = try here.faultline(call + ["--property", "never nothing"])
    #expect(one.status == 0)
    let both = try here.faultline(call + ["--property", "never nothing", "--property", "post"])
    #expect(both.status == 1 && both.errors == "")
  }
}

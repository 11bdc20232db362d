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
      post(M) :- got(M, _); never nothing; nothing(M) :- got(M, _), notin got(M, "a");
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
    #expect(diagnostics.map { $0["severity"] as? String } == ["error", "error"])
    #expect(diagnostics.map { $0["code"] as? String } == ["unused-declaration", "unread-relation"])
  }

  /// `odd` is read by nobody, unless somebody asks for it.
  private static let asked = """
    //! scenario eot=4 eff=2 nodes=a,b expect=counterexample minimum=1
    ask("a", "b")@1; got(M, N)@async :- ask(N, M); got(M, N)@next :- got(M, N);
    post(M) :- got(M, _); odd(M) :- got(M, _);
    """

  @Test("a scenario with a warning fails a strict test, and each program is told its warnings once")
  func scenarios() throws {
    let here = try Workplace([
      "asked.ded": Self.asked.replacing(
        "minimum=1", with: "minimum=1\n//! scenario eot=5 eff=2 nodes=a,b expect=counterexample")
    ])
    let plain = try here.faultline("test", "asked.ded")
    let warning =
      "asked.ded:4:23: warning: no rule reads 'odd', and no property asks for it [unread-relation]"
    #expect(plain.status == 0 && plain.errors.hasPrefix(warning))
    #expect(plain.errors.components(separatedBy: "unread-relation").count == 2)
    let strict = try here.faultline("test", "asked.ded", "--strict")
    #expect(strict.status == 2 && strict.output.contains("\n0 of 2 scenarios as expected"))
    #expect(
      strict.output.contains(
        "asked.ded:1: FAILED  there is a warning: no rule reads 'odd', and no property asks for it [unread-relation]"
      ))
    let found = try json(try here.faultline("test", "asked.ded", "--json").output)
    let scenarios = try #require(found["scenarios"] as? [[String: Any]])
    #expect(
      scenarios.map { codes($0["found"] as? [String: Any] ?? [:]) } == [
        ["unread-relation"], ["unread-relation"],
      ])
  }

  @Test("a warning of either kind fails a strict test, and only a strict one")
  func cautionsOfScenarios() throws {
    let here = try Workplace([
      "calm.ded": Self.asked.replacing(/odd.*;/, with: "").replacing("eff=2", with: "eff=1")
        .replacing("counterexample minimum=1", with: "holds")
    ])
    let plain = try here.faultline("test", "calm.ded")
    #expect(plain.status == 0 && plain.errors.isEmpty)
    let strict = try here.faultline("test", "calm.ded", "--strict")
    #expect(strict.status == 2 && strict.output.contains("FAILED  there is a warning: No fault was admitted"))
  }

  @Test("what a scenario line asks for is read")
  func askedElsewhere() throws {
    let here = try Workplace([
      "asked.ded": "//! scenario eot=4 outcome=odd expect=holds\n" + Self.asked
    ])
    #expect(try here.faultline("check", "asked.ded", "--eot", "4", "--nodes", "a,b").errors.isEmpty)
  }

  @Test("every document has the warnings of the program, where there are some")
  func documents() throws {
    let here = try Workplace([
      "asked.ded": Self.asked, "bare.ded": Self.asked.replacing("post(M)", with: "late(M)"),
    ])
    for verb in ["check", "run", "frontier", "sweep", "find 'odd(_)'", "find 'got(_, _)'"] {
      let bounds = verb == "sweep" ? "--time-limit 20" : "--eot 4\(verb == "run" ? "" : " --eff 2")"
      let call = "$FAULTLINE \(verb) asked.ded \(bounds) --nodes a,b --json 2>/dev/null"
      let found = codes(try json(try here.shell(call).output))
      #expect(found == (verb.contains("odd") || verb == "run" ? [] : ["unread-relation"]), "\(verb)")
    }
    let idle = "p(\"a\")@1; p(N)@next :- p(N); post(N) :- p(N); durable q; q(\"a\")@1;"
    try here.write("idle.ded", Data(idle.utf8))
    let run = codes(try json(try here.faultline("run", "idle.ded", "--eot", "2", "--json").output))
    #expect(run == ["unused-declaration"])
    let bare = try here.shell(
      "$FAULTLINE find 'got(_, _)' bare.ded --eot 4 --nodes a,b --json; $FAULTLINE run bare.ded --eot 2 --nodes a,b"
    )
    #expect(bare.errors.isEmpty)
  }

  private func codes(_ document: [String: Any]) -> [String] {
    (document["warnings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
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

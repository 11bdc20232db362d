// Results of scenario lines in all four forms.

import Answers
import Dedalus
import Documents
import Evaluation
import Files
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports
@testable import Workbench

@Suite("Scenario results as reports")
struct TestReportTests {
  private static func line(_ text: String) throws -> ScenarioLine {
    let source = SourceFile(path: "p.ded", bytes: Array("//! scenario \(text)".utf8))
    return try #require(try ScenarioLine.all(in: source).first)
  }

  private static func answer(_ path: String, _ text: String, eff: Int = 2) throws -> ScenarioAnswer {
    let line = try line("eot=4 eff=\(eff) nodes=a,b,c \(text)")
    let answer = try check(line.question(about: Program(text: UnrepeatedBroadcast.program)))
    return ScenarioAnswer(
      path: path, scenario: .success(line),
      outcome: .found(.init(answer, warnings: []), discrepancy: line.discrepancy(in: answer)), seconds: 0.125)
  }

  private static func refused(_ path: String) -> ScenarioAnswer {
    let error = InvalidFile(
      path: path, position: .init(line: 3, column: 14), code: "bad-scenario", message: "'eot' is missing")
    return ScenarioAnswer(path: path, scenario: .failure(error), outcome: .refused(.file(error)), seconds: 0)
  }

  private static let report = Result {
    TestReport(
      [
        try answer("lib/one.ded", "expect=counterexample minimum=1"),
        try answer("lib/one.ded", "expect=holds because=\"so it was proved\""),
        try answer("lib/two/three.ded", "expect=holds", eff: 0), refused("lib/two/three.ded"),
      ], seconds: 1.5)
  }

  @Test("as text: the failures, the matrix, the summary")
  func text() throws {
    #expect(
      try Self.report.get().text(coloured: false, written: ["m.html"]) == """
        lib/one.ded:1: FAILED  expected holds, found counterexample
          because  so it was proved
          found    what a sends to b in round 1 is lost
          again    faultline check lib/one.ded --eot 4 --eff 2 --nodes a,b,c

        lib/two/three.ded:3: FAILED  it does not run: 'eot' is missing

        MATRIX  lib/: each program's scenarios in order, as ⟨EOT, EFF, crashes⟩ and what was found
        one.ded        ⟨4,2,0⟩ 1 fault    ⟨4,2,0⟩ ✗ 1 fault
        two/three.ded  ⟨4,0,0⟩ holds      ✗ does not run

        2 of 4 scenarios as expected, in 2 programs
        written      m.html
        seconds      1.500

        """)
  }

  @Test("what is not as expected is red, and told once")
  func colours() throws {
    let report = try Self.report.get()
    let text = report.text(coloured: true, written: [])
    #expect(text.contains("\u{1B}[1;31m2 of 4 scenarios as expected, in 2 programs\u{1B}[0m"))
    #expect(text.contains("\u{1B}[1;31m⟨4,2,0⟩ ✗ 1 fault\u{1B}[0m") && text.contains("  ⟨4,0,0⟩ holds"))
    #expect(
      report.diagnosis(coloured: false) == "lib/two/three.ded:3:14: error: 'eot' is missing [bad-scenario]\n")
    let twice = TestReport([Self.refused("x.ded"), Self.refused("x.ded")], seconds: 0)
    #expect(twice.diagnosis(coloured: false) == "x.ded:3:14: error: 'eot' is missing [bad-scenario]\n")
  }

  @Test(
    "the common folder is that of all programs",
    arguments: [
      ([], ""), (["p.ded"], ""), (["a/p.ded"], "a/"), (["a/p.ded", "a/q.ded"], "a/"),
      (["a/p.ded", "b/q.ded"], ""),
      (["ab/p.ded", "ac/q.ded"], ""), (["a/b/p.ded", "a/bc/q.ded"], "a/"), (["/x/p.ded", "/y/q.ded"], "/"),
      (["a/p.ded", "q.ded"], ""),
    ])
  func folders(paths: [String], folder: String) {
    #expect(TestReport(paths.map(Self.refused), seconds: 0).commonFolder == folder)
  }

  /// A scenario at ⟨4,2,0⟩ as an entry of the document, with what was expected and what is said of it.
  private static func entry(
    expect: String, minimum: String = "null", because: String = "null", asExpected: Bool,
    complaint: String = "null"
  ) -> String {
    """
        {
          "file": "lib/one.ded",
          "line": 1,
          "scenario": {
            "eot": 4,
            "eff": 2,
            "crashes": 0,
            "nodes": ["a", "b", "c"],
            "oracle": "implication",
            "outcome": null,
            "crashView": "silent",
            "expect": "\(expect)",
            "minimum": \(minimum),
            "because": \(because)
          },
          "found": {
            "verdict": "counterexample",
            "vacuous": false,
            "faults": [{"kind": "omission", "from": "a", "to": "b", "round": 1}],
            "minimum": true,
            "violated": [["c", "hello"]],
            "limit": null
          },
          "asExpected": \(asExpected),
          "complaint": \(complaint),
          "seconds": {"total": 0.125}
        },

    """
  }

  @Test("as a document")
  func json() throws {
    let text = try Self.report.get().json.text
    let entries =
      Self.entry(expect: "counterexample", minimum: "1", asExpected: true)
      + Self.entry(
        expect: "holds", because: "\"so it was proved\"", asExpected: false,
        complaint: "\"expected holds, found counterexample\"")
    #expect(
      text.part(from: "    {\n      \"file\": \"lib/one.ded\"", to: "    {\n      \"file\": \"lib/two")
        == entries)
    #expect(
      text.hasSuffix(
        """
          "counts": {"programs": 2, "scenarios": 4, "asExpected": 2},
          "seconds": {"total": 1.5}
        }

        """))
  }

  @Test("as test results, a suite for each program")
  func junit() throws {
    let text = try Self.report.get().junit.text(at: 1_433_062_800)
    #expect(text.contains(#"<testsuite name="lib/one.ded" tests="2" failures="1" errors="0" time="0.250""#))
    #expect(
      text.contains(#"<testsuite name="lib/two/three.ded" tests="2" failures="0" errors="1" time="0.125""#))
    #expect(
      text.contains(#"timestamp="2015-05-31T09:00:00" hostname="localhost" id="1" package="faultline">"#))
    #expect(
      text.contains(
        #"<testcase name="line 1: ⟨4,2,0⟩ counterexample" classname="lib/one.ded" time="0.125"></testcase>"#))
    #expect(
      text.contains(
        """
        <failure message="expected holds, found counterexample" type="faultline">
        lib/one.ded:1
        because: so it was proved
        found: what a sends to b in round 1 is lost
        again: faultline check lib/one.ded --eot 4 --eff 2 --nodes a,b,c</failure>
        """))
    #expect(text.contains(#"<testcase name="line 3" classname="lib/two/three.ded" time="0.000">"#))
  }

  @Test("the call that asks again has what is not usual")
  func again() throws {
    let rows = [
      (
        "eot=4 nodes=a,b,c outcome=log expect=holds",
        "faultline check 'a b.ded' --eot 4 --nodes a,b,c --outcome log"
      ),
      (
        "eot=4 eff=3 crashes=1 nodes=a,b,c crash-view=fail-stop expect=holds",
        "faultline check 'a b.ded' --eot 4 --eff 3 --crashes 1 --nodes a,b,c --crash-view fail-stop"
      ),
      ("eot=2 oracle=molly expect=holds", "faultline check 'a b.ded' --eot 2 --oracle molly"),
    ]
    for (text, call) in rows {
      let answer = ScenarioAnswer(
        path: "a b.ded", scenario: .success(try Self.line(text)), outcome: .refused(.silent), seconds: 0)
      #expect(answer.notes.last?.text == call)
    }
    #expect(Self.refused("x").notes.isEmpty && Self.refused("x").bounds == nil)
  }

  @Test("on the page, colours tell verdicts")
  func page() throws {
    let page = try Self.report.get().page.text
    #expect(
      page.contains("Scenarios of lib/") && page.contains("2 of 4 scenarios as expected, in 2 programs"))
    #expect(page.contains("⟨4,2,0⟩") && page.contains("two/three.ded") && page.contains("does not run"))
  }
}

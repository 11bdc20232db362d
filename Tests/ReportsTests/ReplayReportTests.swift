// Replays in all four forms: text, document, annotations, JUnit.

import Dedalus
import Documents
import Evaluation
import Files
import Properties
import Scenarios
import Support
import Testing

@testable import Reports
@testable import Workbench

@Suite("Replays as reports")
struct ReplayReportTests {
  private static let nodes = Nodes(["a", "b c", "d"])

  private static func answer(
    _ path: String, _ result: ReplayResult, faults: [String] = ["omit a \"b c\" 1"], inert: [String] = [],
    changed: Bool = false, violated: [[Constant]] = [], difference: String? = nil, places: [Place] = []
  ) throws -> ReplayAnswer {
    let findings = ReplayAnswer.Findings(
      result: result, faults: FaultSet(try faults.map { try Fault($0, nodes: nodes) }), inputs: .none,
      nodes: nodes,
      inert: try inert.map { try Fault($0, nodes: nodes) }, hasProgramChanged: changed,
      violations: violated.map { Violation(property: "post", round: Round(4), row: $0) },
      question: try question.get(),
      difference: difference, places: places)
    return ReplayAnswer(path: path, outcome: .ran(findings), seconds: 0.25)
  }

  private static let question = Result {
    try Question(
      program: Program(text: #"post(X) :- p(X); p("a")@1;"#), bounds: Bounds(eot: 4, nodes: nodes))
  }

  private static let refusal = Refusal.file(
    InvalidFile(
      path: "z.cex.json", position: .init(line: 2, column: 5), code: "bad-counterexample",
      message: "expected ','"))

  private static let answers = Result {
    [
      try answer("a.cex.json", .fixed, changed: true, difference: "post(\"x\") holds now"),
      try answer(
        "b.cex.json", .stillBroken, faults: ["omit a \"b c\" 1", "crash d 3"], inert: ["crash d 3"],
        violated: [["x", 1]], places: [Place(file: "p.ded", line: 4, column: 2, endLine: 6)]),
      try answer("c.cex.json", .changed, violated: [["y"]], difference: "post(\"y\") is violated now"),
      try answer(
        "d,1.cex.json", .inert, inert: ["omit a \"b c\" 1"], places: [Place(file: "q.ded", line: 9)]),
    ]
  }

  private static let unreadable = ReplayAnswer(path: "z.cex.json", outcome: .unreadable(refusal), seconds: 0)

  @Test("as text, a line or two for each")
  func text() throws {
    let report = ReplayReport(try Self.answers.get() + [Self.unreadable], expected: .fixed)
    #expect(
      report.text(coloured: false, written: ["r.xml"]) == """
        fixed         a.cex.json  (the program has changed since)
                      post("x") holds now
        still broken  b.cex.json
                      warning: 'crash d 3' touches nothing any more: d does nothing from round 3 on
        changed       c.cex.json
                      post("y") is violated now
        inert         d,1.cex.json
                      a sends nothing to b c in round 1
        unreadable    z.cex.json
                      expected ','
        1 of 5 as expected
        written: r.xml

        """)
    #expect(
      report.text(coloured: true, written: []).contains("\u{1B}[1;32mfixed         \u{1B}[0ma.cex.json"))
    #expect(report.diagnosis(coloured: false) == "z.cex.json:2:5: error: expected ',' [bad-counterexample]\n")
    let twice = ReplayReport([Self.unreadable, Self.unreadable], expected: .fixed)
    #expect(twice.diagnosis(coloured: false) == report.diagnosis(coloured: false))
  }

  @Test("what is expected decides the exit code")
  func status() throws {
    let answers = try Self.answers.get()
    let rows: [(answers: [ReplayAnswer], expected: ReplayReport.Expectation, code: Int32)] = [
      ([], .fixed, 0), ([answers[0]], .fixed, 0), ([answers[0]], .broken, 1), ([answers[1]], .broken, 0),
      ([answers[1]], .fixed, 1), ([answers[2]], .broken, 1), ([answers[2]], .fixed, 1),
      ([answers[3]], .broken, 1), ([answers[0], answers[1]], .fixed, 1),
      ([answers[0], Self.unreadable], .fixed, 2),
    ]
    for row in rows { #expect(ReplayReport(row.answers, expected: row.expected).status.rawValue == row.code) }
    #expect(
      ReplayReport([], expected: .broken).complaint(about: answers[2])
        == "expected still broken, found changed")
  }

  @Test("as a document")
  func json() throws {
    let text = ReplayReport(Array(try Self.answers.get()[1...1]), expected: .broken).json.text
    #expect(
      text == """
        {
          "format": "faultline-replay/1",
          "expected": "still broken",
          "replays": [
            {
              "file": "b.cex.json",
              "result": "still broken",
              "asExpected": true,
              "programChanged": false,
              "violated": [["x", 1]],
              "difference": null,
              "inertFaults": [{"kind": "crash", "node": "d", "round": 3}],
              "rules": [{"file": "p.ded", "line": 4, "column": 2}],
              "diagnostics": [],
              "seconds": {"total": 0.25}
            }
          ]
        }

        """)
    let unreadable = ReplayReport([Self.unreadable], expected: .fixed).json.text
    #expect(unreadable.contains("\"result\": \"unreadable\"") && unreadable.contains("\"column\": 5"))
  }

  @Test("as annotations, where one looks first")
  func annotations() throws {
    let report = ReplayReport(try Self.answers.get() + [Self.unreadable], expected: .fixed)
    #expect(
      report.annotations == """
        ::error file=p.ded,line=4,endLine=6,col=2,title=faultline%3A still broken::b.cex.json: expected fixed, found \
        still broken; under 'crash d 3', 'omit a "b c" 1'
        ::warning file=b.cex.json,line=1,col=1,title=faultline%3A inert faults::'crash d 3' touches nothing any more: d \
        does nothing from round 3 on
        ::error file=c.cex.json,line=1,col=1,title=faultline%3A changed::c.cex.json: expected fixed, found changed; under \
        'omit a "b c" 1'; post("y") is violated now
        ::error file=d%2C1.cex.json,line=1,col=1,title=faultline%3A inert::d,1.cex.json: expected fixed, found inert; \
        under 'omit a "b c" 1'; a sends nothing to b c in round 1
        ::error file=z.cex.json,line=2,col=5,title=faultline%3A unreadable::z.cex.json: expected fixed, found unreadable; \
        expected ','

        """)
    let places = (1...9).map { Place(file: "p%.ded", line: $0) }
    let many = ReplayReport([try Self.answer("x", .stillBroken, places: places)], expected: .fixed)
    #expect(
      many.annotations.split(separator: "\n").count == 3 && many.annotations.contains("file=p%25.ded,line=3,")
    )
  }

  @Test("as test results")
  func junit() throws {
    let report = ReplayReport(try Self.answers.get() + [Self.unreadable], expected: .fixed)
    let text = report.junit.text(at: 0)
    #expect(
      text.contains(
        #"<testsuite name="faultline replay" tests="5" failures="3" errors="1" time="1.000" timestamp="1970-01-01T00:00:00""#
      ))
    #expect(
      text.contains(#"<testcase name="a.cex.json" classname="faultline.replay" time="0.250"></testcase>"#))
    #expect(
      text.contains(
        """
        <failure message="expected fixed, found still broken" type="faultline">
        d crashes in round 3
        """))
    #expect(text.contains("\np.ded:4</failure>"))
    #expect(
      text.contains(
        "<error message=\"expected &#39;,&#39;\" type=\"faultline\">\nz.cex.json:2:5: error: expected &#39;,&#39; "
          + "[bad-counterexample]</error>"))
  }
}

import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Support
import Testing

@testable import Reports
@testable import Workbench

@Suite("Runs as reports")
struct RunReportTests {
  private func report(
    _ text: String = UnrepeatedBroadcast.program, _ faults: [String] = [], eot: Int = 2,
    budget: Budget = .standard
  ) throws -> RunReport {
    var inquiry = Inquiry(eot: eot)
    inquiry.nodes = Example.nodes
    let set = FaultSet(try faults.map { try Fault($0, nodes: Example.nodes) })
    return RunReport(
      try Trial(Program(text: text, path: "p.ded"), inquiry, Scenario(set), budget: budget), files: ["p.ded"])
  }

  @Test("as tables, with what was sent and what became of it")
  func text() throws {
    #expect(
      try report(UnrepeatedBroadcast.program, ["omit a b 1"]).text(coloured: false) == """
        round 1
          node("a", "b")
          node("a", "c")
          say("a", "hello")
          a -> c  log("c", "hello")
          a -> b  log("b", "hello")  LOST: omission

        round 2
          log("c", "hello")
          pre("c", "hello")

        VIOLATED  under 'omit a b 1'
          in round 2 pre("c", "hello") holds and post("c", "hello") does not

        """)
  }

  @Test("end with what the run says of the specification")
  func verdicts() throws {
    let plain = try report()
    #expect(plain.text(coloured: false).hasSuffix("\nMET  without faults\n") && plain.status.rawValue == 0)
    let crashed = try report(UnrepeatedBroadcast.program, ["crash a 1"])
    #expect(crashed.text(coloured: false).hasSuffix("\nMET  under 'crash a 1'\n"))
    #expect(crashed.text(coloured: false).contains("log(\"b\", \"hello\")  LOST: the sender has crashed\n"))
    let broken = try report(UnrepeatedBroadcast.program, ["omit a c 1"])
    #expect(
      broken.status.rawValue == 1 && broken.text(coloured: true).contains("\u{1B}[1;31mVIOLATED\u{1B}[0m"))
    let silent = try report(#"p("a", "b")@1; m("b", X)@async :- p("a", X);"#)
    #expect(silent.text(coloured: false).hasSuffix("\nNO SPECIFICATION  there is no relation 'post'\n"))
    #expect(silent.json.text.contains("\"verdict\": \"no-specification\"") && silent.status.rawValue == 0)
  }

  @Test("of a run that was cut show a part, and say so")
  func cut() throws {
    let text = #"p("a", 0)@1; p(N, X + 1) :- p(N, X), X < 900; p(N, X)@next :- p(N, X); post(N) :- p(N, _);"#
    let report = try report(text, budget: Budget(tuples: 400, firings: 10_000))
    let shown = report.text(coloured: false)
    #expect(
      shown.contains("  p(\"a\", 99)\n  p: ")
        && shown.hasSuffix(" more\n\nround 2\n\nINCOMPLETE  without faults\n"))
    #expect(report.status.rawValue == 3)
    #expect(report.json.text.contains("\"complete\": false") && report.json.text.contains("\"incomplete\""))
  }

  @Test("as a document")
  func json() throws {
    let text = try report(UnrepeatedBroadcast.program, ["omit a b 1"]).json.text
    #expect(
      text.withoutLines("    \"digest\"") == """
        {
          "format": "faultline-run/1",
          "program": {
            "files": ["p.ded"],
          },
          "eot": 2,
          "nodes": ["a", "b", "c"],
          "crashView": "silent",
          "faults": [{"kind": "omission", "from": "a", "to": "b", "round": 1}],
          "complete": true,
          "verdict": "violated",
          "violated": [["c", "hello"]],
          "rounds": [
            {
              "round": 1,
              "tuples": {"node": [["a", "b"], ["a", "c"]], "say": [["a", "hello"]]},
              "messages": [
                {
                  "from": "a",
                  "to": "c",
                  "relation": "log",
                  "row": ["c", "hello"],
                  "fate": "delivered",
                  "arrives": [2]
                },
                {
                  "from": "a",
                  "to": "b",
                  "relation": "log",
                  "row": ["b", "hello"],
                  "fate": "omitted",
                  "arrives": []
                }
              ]
            },
            {"round": 2, "tuples": {"log": [["c", "hello"]], "pre": [["c", "hello"]]}, "messages": []}
          ]
        }

        """)
  }

  @Test("show what a terminal would interpret by its number")
  func hostile() throws {
    let report = try report(#"p("a", "x\#u{1B}[2J")@1; m("b", X)@async :- p("a", X); post(N) :- p(N, _);"#)
    let text = report.text(coloured: false)
    #expect(!text.contains("\u{1B}") && text.contains("p(\"a\", \"x\\u{1B}[2J\")"))
    #expect(text.contains("a -> b  m(\"b\", \"x\\u{1B}[2J\")"))
  }
}

import Answers
import Documents
import Evaluation
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports

@Suite("Answers as documents")
struct ReportJSONTests {
  private func json(_ finding: (Counterexample) -> Finding) throws -> String {
    let answer = try check(Example.question())
    let found = try #require(answer.counterexample)
    return Example.report(answer.finding(finding(found))).json.text
  }

  @Test("a document has what was asked, what was found, and what it cost")
  func whole() throws {
    let report = Example.report(try check(Example.question()))
    #expect(
      report.json.text.withoutLines("  \"seconds\"").withoutLines("    \"digest\"") == """
        {
          "format": "faultline-verdict/1",
          "program": {
            "files": ["p.ded"],
          },
          "bounds": {"eot": 4, "eff": 2, "crashes": 0, "nodes": ["a", "b", "c"]},
          "oracle": "implication",
          "outcome": "post",
          "crashView": "silent",
          "strategy": "circuit",
          "verdict": "counterexample",
          "vacuous": false,
          "warnings": [],
          "settled": null,
          "forever": {"from": 3, "period": 1},
          "faultSpace": "4096",
          "counterexamples": [
            {
              "faults": [{"kind": "omission", "from": "a", "to": "b", "round": 1}],
              "minimum": true,
              "confirmed": true,
              "violated": [["c", "hello"]]
            }
          ],
          "executions": 2,
          "circuit": {"tuples": 21, "gates": 8, "faultVariables": 2},
          "cnf": {"variables": 11, "clauses": 13},
          "solver": {"conflicts": 2, "decisions": 4, "propagations": 28, "calls": 4},
          "proofs": {"checked": 2, "steps": 5},
          "certificate": null,
        }

        """)
  }

  @Test("a limit is told with all that belongs to it")
  func stopped() throws {
    let rows: [(limit: Limit, harmless: Int?, json: String)] = [
      (.time, nil, #"{"by": "time limit", "harmlessUpTo": null}"#),
      (.interrupted, 2, #"{"by": "interrupted", "harmlessUpTo": 2}"#),
      (.budget(.gates, nil), 0, #"{"by": "gate budget", "harmlessUpTo": 0}"#),
      (
        .memory(MemoryLimit(mebibytes: 12)), nil,
        #"{"by": "memory limit", "harmlessUpTo": null, "memoryLimit": 12}"#
      ),
      (.candidates, nil, #"{"by": "no candidate left", "harmlessUpTo": null}"#),
    ]
    for row in rows {
      let text = try json { _ in .inconclusive(row.limit, harmlessUpTo: row.harmless) }
      #expect(text.hasSuffix(",\n  \"stopped\": \(row.json)\n}\n"), "\(text)")
      #expect(text.contains("\"verdict\": \"inconclusive\"") && text.contains("\"counterexamples\": []"))
      let partial = try json {
        .counterexample($0, minimalSets: nil, harmlessUpTo: row.harmless, limit: row.limit)
      }
      #expect(partial.hasSuffix(",\n  \"stopped\": \(row.json)\n}\n"), "\(partial)")
    }
    #expect(!(try json { _ in .holds(vacuous: ["post"]) }).contains("stopped"))
  }

  @Test("a budget names the relation that filled it")
  func largestRelation() throws {
    let text = #"p("a", 0)@1; p(N, X + 1) :- p(N, X), X < 90; q(N) :- p(N, _); post(N) :- p(N, _);"#
    let answer = try check(
      Example.question(text), patience: Patience(budget: Budget(tuples: 60, firings: 1000)))
    #expect(
      Example.report(answer).json.text.part(from: "  \"stopped\"", to: "\u{0}") == """
          "stopped": {
            "by": "tuple budget",
            "harmlessUpTo": null,
            "largestRelation": {"name": "p", "tuples": 61, "of": 61}
          }
        }

        """)
  }

  @Test("a bad baseline has its rows, as a counterexample without faults, where there are any")
  func badBaseline() throws {
    let broken = UnrepeatedBroadcast.program.replacing(
      "post(\"c\", P) :- log(\"b\", P), log(\"c\", P);", with: "")
    #expect(
      Example.report(try check(Example.question(broken))).json.text.part(
        from: "  \"counterexamples\"", to: "  \"executions\"") == """
            "counterexamples": [{"faults": [], "minimum": true, "confirmed": true, "violated": [["c", "hello"]]}],

          """)
    let empty = Example.report(try check(Example.question(outcome: "say")))
    #expect(empty.json.text.contains("  \"counterexamples\": [],\n") && empty.status == .badBaseline)
  }

  @Test("minimal sets are all counterexamples, with how often each part occurs")
  func minimalSets() throws {
    let text = Example.report(try checkAll(Example.question(), symmetry: true)).json.text
    #expect(
      text.part(from: "  \"symmetry\"", to: "\n") == #"  "symmetry": {"renamings": 1, "skipped": 0},"#)
    #expect(
      text.part(from: "  \"minimalSets\"", to: "\u{0}") == """
          "minimalSets": {
            "complete": true,
            "renamings": [1, 1],
            "byFault": [
              {"fault": {"kind": "omission", "from": "a", "to": "b", "round": 1}, "sets": 1},
              {"fault": {"kind": "omission", "from": "a", "to": "c", "round": 1}, "sets": 1}
            ],
            "byLink": [{"from": "a", "to": "b", "sets": 1}, {"from": "a", "to": "c", "sets": 1}],
            "byNode": [],
            "byRound": [{"round": 1, "sets": 2}]
          }
        }

        """)
  }

  @Test("a strategy has its parameters")
  func strategies() throws {
    let answer = try check(Example.question())
    let rows: [(strategy: Strategy, json: String)] = [
      (.circuit, "\n  \"strategy\": \"circuit\",\n  \"verdict\""),
      (.exhaustive, "\n  \"strategy\": \"exhaustive\",\n  \"verdict\""),
      (.random(seed: 7, runs: 9), "\n  \"strategy\": \"random\",\n  \"seed\": 7,\n  \"verdict\""),
      (.loop(.ignore), "\n  \"strategy\": \"loop\",\n  \"negation\": \"ignore\",\n  \"verdict\""),
    ]
    for row in rows {
      let changed = Answer(
        to: answer.question, by: row.strategy, answer.finding, baseline: answer.baseline)
      #expect(Example.report(changed).json.text.contains(row.json))
    }
  }

  @Test("cautions are warnings, with what to try")
  func cautions() throws {
    let text = Example.report(try check(Example.question(eff: 0))).json.text
    #expect(
      text.part(from: "  \"warnings\"", to: "  \"settled\"") == """
          "warnings": [
            {
              "severity": "warning",
              "code": "no-fault-admitted",
              "message": "No fault was admitted: EFF and crashes are 0. Only one run was judged, that without faults.",
              "fix": "try --eff 2 --crashes 1"
            }
          ],

        """)
  }

  @Test("the exit code is the verdict's")
  func status() throws {
    let answer = try check(Example.question())
    let found = try #require(answer.counterexample)
    let rows: [(finding: Finding, code: Int32)] = [
      (.holds(vacuous: []), 0),
      (.counterexample(found, minimalSets: nil, harmlessUpTo: 0, limit: nil), 1),
      (.counterexample(found, minimalSets: nil, harmlessUpTo: 0, limit: .time), 1),
      (.inconclusive(.time, harmlessUpTo: nil), 3), (.badBaseline([]), 4),
    ]
    for row in rows { #expect(Example.report(answer.finding(row.finding)).status.rawValue == row.code) }
  }
}

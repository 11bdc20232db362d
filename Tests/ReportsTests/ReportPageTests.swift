// What a page says about an analysis, apart from its runs.

import Answers
import Dedalus
import Evaluation
import LineageViz
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports

@Suite("Answers on pages")
struct ReportPageTests {
  private func page(_ change: (inout ReportPage) -> Void = { _ in }, verdict: Verdict?) throws
    -> ReportedAnalysis
  {
    var page = ReportPage(question: try Example.question(), verdict: verdict, strategy: .loop(.reach))
    change(&page)
    return page.analysis
  }

  @Test("each verdict is explained")
  func explanations() throws {
    let rows: [(verdict: Verdict?, words: String)] = [
      (.counterexample, "The runs below show it."),
      (.holds, "Proved for every run within the bounds, not sampled."),
      (.inconclusive, "The search stopped early."),
      (
        .badBaseline,
        "The run without faults already breaks the specification, or its outcome is empty: look at that run first."
      ),
      (.error, "Under some faults within the bounds arithmetic has no result, which ends the run."),
      (nil, "The search was stopped from outside. What it had tried until then is here."),
    ]
    for row in rows { #expect(try page(verdict: row.verdict).explanation == row.words) }
    #expect(
      try page({ $0.isVacuous = true }, verdict: .holds).explanation
        == "Vacuously: no run within the bounds has a row that demands something.")
  }

  @Test("each limit is explained, and named where the search was cut off")
  func limits() throws {
    let rows: [(limit: Limit.Kind, words: String)] = [
      (.interrupted, "The search was interrupted. What it had tried until then is here."),
      (.runs, "All runs were made, and none breaks it. That proves nothing."),
      (
        .candidates,
        "All that the lineage of the runs suggests was tried, and none breaks it. That proves nothing."
      ),
      (
        .arithmetic,
        "All that the lineage of the runs suggests was tried, and none breaks it. But a run that was not made may fail."
      ),
      (.time, "The search stopped at its time limit. What it had tried until then is here."),
      (.memory, "The search stopped at its memory limit. What it had tried until then is here."),
      (.gates, "The search stopped at its gate budget. What it had tried until then is here."),
      (.tuples, "The search stopped at its tuple budget. What it had tried until then is here."),
      (.firings, "The search stopped at its firing budget. What it had tried until then is here."),
    ]
    #expect(Set(rows.map(\.limit)) == Set(Limit.Kind.allCases))
    for row in rows {
      let analysis = try page({ $0.stoppedBy = row.limit }, verdict: .inconclusive)
      #expect(analysis.explanation == row.words)
      let fact = analysis.facts.first { $0.name == "Ended early" }
      #expect(fact?.text == (row.limit.isCutOff ? row.limit.rawValue : nil))
    }
  }

  @Test("a counterexample says how many sets there are, and what is proved")
  func sets() throws {
    let confirmed = ". Each was confirmed by a run under exactly these faults."
    let rows: [(sets: (Int, Int, Bool), harmless: Int?, words: String)] = [
      ((1, 1, false), 0, "1 fault suffices; it holds without faults"),
      ((1, 1, false), nil, "1 fault suffices"),
      ((1, 2, false), nil, "2 faults suffice"), ((1, 3, false), 1, "3 faults suffice"),
      ((1, 3, false), 2, "3 faults suffice; fewer is impossible, which was proved"),
      (
        (4, 2, false), 1,
        "4 fault sets break it, the smallest with 2 faults; fewer is impossible, which was proved"
      ),
      (
        (4, 1, true), 0,
        "4 fault sets break it, the smallest with 1 fault; it holds without faults; these are all minimal sets, which "
          + "was proved"
      ),
    ]
    for row in rows {
      let analysis = try page(
        {
          $0.sets = row.sets
          $0.harmlessUpTo = row.harmless
        }, verdict: .counterexample)
      #expect(analysis.explanation == row.words + confirmed)
    }
  }

  @Test("facts are the bounds, the strategy and the figures")
  func facts() throws {
    var cost = Cost()
    cost[.executions] = 1
    let plain = try page({ $0.cost = cost }, verdict: .inconclusive)
    #expect(plain.facts.map(\.name) == ["Program", "Bounds", "Reading", "Fault space", "Strategy"])
    #expect(
      plain.facts.map(\.text).dropFirst() == [
        "EOT 4, EFF 2, 0 crashes, nodes a, b, c", "oracle implication, crash view silent",
        "4096 combinations",
        "loop, 1 run",
      ])
    #expect(plain.facts[0].text.hasPrefix("p.ded, sha256:") && plain.name == "p.ded")
    for (counter, value) in [(Cost.Counter.gates, 9), (.tuples, 1), (.solverCalls, 3), (.clauses, 1)] {
      cost[counter] = value
    }
    let more = try page(
      {
        $0.cost = cost
        $0.harmlessUpTo = 2
      }, verdict: .inconclusive)
    #expect(
      more.facts.dropFirst(5).map(\.text) == [
        "1 tuple, 9 gates, 0 fault variables", "0 variables, 1 clause, 3 calls, 0 conflicts",
        "every set of 2 faults or fewer",
      ])
    #expect(try page(verdict: nil).facts.last?.text == "loop", "nothing is counted of what has not ended")
  }

  @Test("an answer and the page made of it agree")
  func answers() throws {
    let report = Example.report(try checkAll(Example.question()))
    let analysis = ReportPage(report).analysis
    #expect(analysis.verdict == .counterexample && analysis.cost?[.proofs] == report.answer.cost[.proofs])
    #expect(
      analysis.explanation
        == "2 fault sets break it, the smallest with 1 fault; it holds without faults; these are "
        + "all minimal sets, which was proved. Each was confirmed by a run under exactly these faults.")
    let held = ReportPage(Example.report(try check(Example.question(eff: 0)))).analysis
    #expect(
      held.explanation
        == "Proved for every run within the bounds, not sampled. No fault was admitted: EFF and crashes "
        + "are 0. Only one run was judged, that without faults. Try --eff 2 --crashes 1.")
    #expect(
      held.facts.last
        == .init(
          "Proof", "2 steps, checked; not kept; 'check --certificate FOLDER' keeps it, for 'verify' to check")
    )
  }

  @Test("the page has every counter and time")
  func counters() throws {
    let report = Example.report(try check(Example.question()))
    var page = HTMLReport(title: "t", shouldStop: { false })
    page.add(report)
    let text = try page.finish()
    for counter in Cost.Counter.allCases {
      #expect(
        text.contains(
          "<dt>\(counter.rawValue): \(counter.help)</dt><dd>\(report.answer.cost.words(counter))</dd>"))
    }
    for phase in Cost.Phase.allCases {
      let help = phase.help.replacing("'", with: "&#39;")
      #expect(text.contains("<dt>\(phase.rawValue): \(help)</dt><dd>0.0"))
    }
  }
}

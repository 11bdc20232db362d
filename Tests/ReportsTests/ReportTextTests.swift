// The first lines of an answer, and what is said of what is not known, for each finding.

import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Search
import Support
import Testing

@testable import Reports

@Suite("Answers in words")
struct ReportTextTests {
  /// The answer to a question with EFF 2 in which `finding` is put in place of what was found.
  private func text(_ finding: (Counterexample) -> Finding) throws -> String {
    let answer = try check(Example.question())
    let found = try #require(answer.counterexample)
    return Example.report(answer.finding(finding(found))).text(coloured: false)
  }

  private static func unproved(_ found: Counterexample) -> Counterexample {
    Counterexample(
      minimum: false, violations: found.violations, execution: found.execution)
  }

  @Test("a counterexample: its faults, its rows, and why fewer do not suffice")
  func counterexample() throws {
    let text = try text { .counterexample($0, minimalSets: nil, harmlessUpTo: 0, limit: nil) }
    #expect(
      text.hasPrefix(
        """
        COUNTEREXAMPLE  1 fault takes 'post' away

          what a sends to b in round 1 is lost

          in round 4 pre("c", "hello") holds and post("c", "hello") does not

        Fewer is impossible: it holds without faults.
        Confirmed: the program was run under exactly these faults.
        Broken for ever: from round 3 on every round is the same.

        Without faults
        """))
    #expect(
      text.hasSuffix(
        """

        bounds       EOT 4, EFF 2, 0 crashes, nodes a, b, c; oracle implication, crash view silent
        fault space  4096 combinations
        circuit      21 tuples, 8 gates, 2 fault variables
        solver       11 variables, 13 clauses, 4 calls, 2 conflicts
        proofs       2 proofs of 5 steps checked

        """ + text.part(from: "seconds ", to: "\u{0}")))
  }

  @Test("a counterexample of which less is proved says what is not known")
  func limits() throws {
    let rows: [(isMinimum: Bool, harmless: Int?, limit: Limit?, words: String)] = [
      (true, 0, .time, "Whether another set of that size comes first in order is not known: time limit.\n"),
      (false, nil, .interrupted, "Whether fewer suffice is not known: interrupted.\n"),
      (false, 0, .time, "Whether fewer suffice is not known: time limit; it holds without faults.\n"),
      (
        false, 2, .budget(.gates, nil),
        "Whether fewer suffice is not known: gate budget; no set of 2 faults or fewer breaks it.\n"
      ),
      (
        false, 1, .memory(MemoryLimit(mebibytes: 7)),
        "Whether fewer suffice is not known: memory limit of 7 MiB; no single fault breaks it.\n"
      ),
      (
        false, nil, nil,
        "Whether fewer suffice is not known: the strategy 'circuit' takes the first that it meets.\n"
      ),
    ]
    for row in rows {
      let text = try text { found in
        .counterexample(
          row.isMinimum ? found : Self.unproved(found), minimalSets: nil, harmlessUpTo: row.harmless,
          limit: row.limit)
      }
      #expect(text.contains(row.words), "\(text)")
      #expect(text.contains("Fewer is impossible") == row.isMinimum)
    }
  }

  @Test("what holds, and what holds because nothing is demanded")
  func holds() throws {
    let text = try text { _ in .holds(vacuous: []) }
    #expect(
      text.hasPrefix(
        """
        HOLDS  no set of faults within the bounds breaks 'post'

        Proved for every run within the bounds, not sampled.


        """.dropLast()))
    #expect(
      try self.text { _ in .holds(vacuous: ["post"]) }.contains(
        "\nVacuously: no run within the bounds has a row in 'pre', so the specification demands nothing.\n"))
  }

  @Test("what no fault could break says so, and what to try")
  func noFault() throws {
    let text = Example.report(try check(Example.question(eff: 0))).text(coloured: false)
    #expect(
      text.hasPrefix(
        """
        HOLDS  no set of faults within the bounds breaks 'post'
        No fault was admitted: EFF and crashes are 0. Only one run was judged, that without faults.
        Try --eff 2 --crashes 1.

        Proved for every run within the bounds, not sampled.
        """))
  }

  @Test("an inconclusive search says which limit ended it, and what is known")
  func inconclusive() throws {
    let rows: [(limit: Limit, headline: String, reason: String)] = [
      (.time, "time limit", "The time limit was reached before a counterexample was found or excluded."),
      (
        .memory(MemoryLimit(mebibytes: 9)), "memory limit of 9 MiB",
        "The memory limit was reached before a counterexample was found or excluded; --memory-limit raises it."
      ),
      (.interrupted, "interrupted", "Interrupted before a counterexample was found or excluded."),
      (
        .budget(.tuples, nil), "tuple budget",
        "The tuple budget was used up, perhaps growing without end inside a round."
      ),
      (
        .budget(.firings, nil), "firing budget",
        "The firing budget was used up; rules match in very many ways."
      ),
      (
        .budget(.gates, nil), "gate budget",
        "The gate budget was used up; the circuit of all executions is too large for these bounds."
      ),
      (
        .runs, "run limit",
        "All runs were made, and none broke it. That proves nothing: 'circuit' looks at every run."
      ),
      (
        .candidates, "no candidate left",
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. Negated premises were "
          + "ignored, so that proves nothing: '--negation reach' follows them."
      ),
      (
        .arithmetic, "arithmetic may fail",
        "Every fault set that the lineage of the runs suggests was tried, and none broke it. But the program computes "
          + "more than a clock does, and under faults that were not tried a computation may fail: 'circuit' sees that."
      ),
    ]
    #expect(rows.map(\.limit.kind).count == Limit.Kind.allCases.count)
    for row in rows {
      let text = try text { _ in .inconclusive(row.limit, harmlessUpTo: 2) }
      #expect(
        text.hasPrefix(
          """
          INCONCLUSIVE  \(row.headline)

          \(row.reason)
          Known so far: no set of 2 faults or fewer breaks it; that is proved; 2 runs were made, and none broke it.

          """))
    }
  }

  @Test("a used-up budget is told with the relation that filled it, and how to raise it")
  func budget() throws {
    let text = #"p("a", 0)@1; p(N, X + 1) :- p(N, X), X < 90; q(N) :- p(N, _); post(N) :- p(N, _);"#
    let answer = try check(
      Example.question(text), patience: Patience(budget: Budget(tuples: 60, firings: 1000)))
    #expect(
      Example.report(answer).text(coloured: false).hasPrefix(
        """
        INCONCLUSIVE  tuple budget

        The tuple budget was used up: 'p' has 61 of 61 tuples, perhaps growing without end inside a round.
        '--memory-limit' raises this budget with the others.

        bounds  
        """))
  }

  @Test("a bad baseline: rows that are broken, or an outcome that is empty")
  func badBaseline() throws {
    let broken = UnrepeatedBroadcast.program.replacing(
      "post(\"c\", P) :- log(\"b\", P), log(\"c\", P);", with: "")
    #expect(
      Example.report(try check(Example.question(broken))).text(coloured: false).hasPrefix(
        """
        BAD BASELINE  'post' is broken without any fault

          in round 4 pre("c", "hello") holds and post("c", "hello") does not

        How it comes about without faults
        """))
    #expect(
      Example.report(try check(Example.question(outcome: "say"))).text(coloured: false).hasPrefix(
        """
        BAD BASELINE  'say' is empty without any fault

        'say' has no row in round 4 of the failure-free run: there is nothing that faults could take away.
        The last round that has one is round 1, with say("a", "hello").
        Perhaps the row is not kept: a rule with @next would carry it on.
        To see the whole run: faultline run p.ded --eot 4 --nodes a,b,c --outcome say

        bounds  
        """))
  }

  @Test("an error says what failed, and has no other answer")
  func error() throws {
    let report = Example.report(try check(Example.question(Example.failing)))
    #expect(
      report.text(coloured: false).hasPrefix("ERROR  the program computes what has no result\n\nbounds  "))
    #expect(report.status == .refused)
    let failure = try #require(report.failure)
    #expect(failure.text(coloured: false).contains("in round 1, '1 / 0' divides by zero"))
    #expect(
      report.json.text.contains("\"verdict\": \"error\"") && !report.json.text.contains("counterexamples"))
  }

  @Test("many minimal sets are listed with what they share; a list that is cut says why")
  func minimalSets() throws {
    let answer = try checkAll(Example.question())
    #expect(
      Example.report(answer).text(coloured: false).part(from: "All minimal", to: "\nbounds") == """
        All minimal fault sets: 2, each confirmed by a run; proved that there are no others.
          omit a b 1
          omit a c 1

        How many of them contain
          fault     omit a b 1: 1, omit a c 1: 1
          link      a to b: 1, a to c: 1
          round     1: 2

        """)
    guard case .counterexample(let first, let sets, let harmless, _) = answer.finding else { return }
    let cut = answer.finding(
      .counterexample(first, minimalSets: sets, harmlessUpTo: harmless, limit: .time))
    #expect(!Example.report(cut).text(coloured: false).contains("comes first in order is not known"))
    let one = try checkAll(Example.question(), atMost: 1)
    #expect(
      Example.report(one).text(coloured: false).contains(
        "\nMinimal fault sets: the first, each confirmed by a run; there may be others.\n"))
  }

  @Test("sets that differ in the round of a crash share a line")
  func crashGroups() throws {
    let answer = try checkAll(Example.question(eff: 2, crashes: 1, outcome: "log"))
    let text = Example.report(answer).text(coloured: false)
    #expect(
      text.contains("Sets that differ only in the round of one crash share a line.\n")
        == text.contains(" at the latest"))
    #expect(answer.minimalSets?.elements.count ?? 0 > 1)
  }

  @Test("rows of the table tell strategy and symmetry")
  func strategies() throws {
    let question = try Example.question()
    let answer = try check(question)
    func row(_ strategy: Strategy, renamings: Int?, skipped: Int = 0) -> String {
      var cost = Cost()
      cost[.executions] = 5
      cost[.skipped] = skipped
      let changed = Answer(
        to: question, by: strategy, answer.finding, baseline: answer.baseline, renamings: renamings,
        cost: cost)
      return Example.report(changed).text(coloured: false).part(from: "strategy ", to: "seconds ")
    }
    #expect(row(.circuit, renamings: nil).isEmpty)
    #expect(row(.exhaustive, renamings: nil) == "strategy     exhaustive, 5 runs\n")
    #expect(row(.random(seed: 7, runs: 9), renamings: nil) == "strategy     random, seed 7, 5 runs\n")
    #expect(row(.loop(.reach), renamings: nil) == "strategy     loop, negation followed, 5 runs\n")
    #expect(
      row(.loop(.ignore), renamings: 1) == """
        strategy     loop, negation ignored, 5 runs
        symmetry     no two nodes are interchangeable

        """)
    #expect(
      row(.exhaustive, renamings: 6, skipped: 1) == """
        strategy     exhaustive, 5 runs
        symmetry     6 ways to name the nodes, 1 fault set skipped

        """)
  }

  @Test("a long number is shortened")
  func shortened() {
    #expect(Report.shortened("4096") == "4096")
    #expect(Report.shortened(String(repeating: "9", count: 40)) == String(repeating: "9", count: 40))
    #expect(Report.shortened("7" + String(repeating: "2", count: 2345)) == "about 7.22e2345")
  }

  @Test("colours change nothing but colours")
  func colours() throws {
    let report = Example.report(try check(Example.question()))
    let coloured = report.text(coloured: true)
    #expect(coloured.hasPrefix("\u{1B}[1;31mCOUNTEREXAMPLE\u{1B}[0m  1 fault"))
    #expect(
      coloured.replacing("\u{1B}[1;31m", with: "").replacing("\u{1B}[0m", with: "")
        == report.text(coloured: false))
    #expect(Paint(isOn: false).green("x") == "x" && Paint(isOn: true).yellow("x") == "\u{1B}[1;33mx\u{1B}[0m")
    #expect(Paint(isOn: true).green("x") == "\u{1B}[1;32mx\u{1B}[0m")
  }
}

// Limits and Ctrl-C from outside: whatever the strategy, the process ends within moments, says what it knows,
// and claims nothing.

import Foundation
import Reports
import Testing

@Suite("Limits and progress")
struct LimitTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  /// Searches that take minutes at least, by name.
  static let searches = [
    ("circuit", "check $PROGRAMS/consensus/paxos-synod.ded -t 20 -f 12 -c 1 --memory-limit 2000"),
    ("all", "check $PROGRAMS/kafka/kafka.ded -t 30 -f 26 -c 3 -N a,b,c,C,Z --all --memory-limit 2000"),
    ("loop", loop), ("exhaustive", exhaustive), ("random", random),
    (
      "frontier",
      "frontier $PROGRAMS/consensus/paxos-synod.ded -t 20 -f 12 -c 1 --every-eff --memory-limit 2000"
    ),
  ]
  private static let loop = "check $PROGRAMS/membership/bully-le.ded -t 10 -f 9 -c 1 --strategy loop"
  private static let exhaustive =
    "check $PROGRAMS/delivery/ack-deliv.ded -t 16 -f 3 -c 1 --strategy exhaustive"
  private static let random =
    "check $PROGRAMS/delivery/ack-deliv.ded -t 40 -f 39 -c 1 --strategy random --runs 2000000000"

  /// The time limit is one of the clock, and a busy machine may get little done by then: nothing is demanded
  /// but that the process ends, which its search would not before long, and says why.
  @Test("a time limit ends every search", arguments: searches)
  func timeLimit(_ name: String, _ call: String) throws {
    let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.2")
    #expect(outcome.status == 3 || name == "all" && outcome.output.hasPrefix("COUNTEREXAMPLE"))
    #expect(outcome.output.contains("time limit"), "\(outcome.output)")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.allSatisfy { $0.contains(" s; ") }, "nothing but progress: \(outcome.errors)")
  }

  @Test("a time limit that is over at once leaves no time for a second run, or to solve", arguments: searches)
  func noTime(_ name: String, _ call: String) throws {
    let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.000001 --json")
    let document = try json(outcome.output)
    #expect(outcome.status == 3 && document["verdict"] as? String == "inconclusive")
    #expect((document["stopped"] as? [String: Any])?["by"] as? String == "time limit")
    #expect(document["executions"] as? Int == 1, "\(outcome.output)")
    let solver = try #require(document["solver"] as? [String: Any])
    #expect(solver["conflicts"] as? Int == 0, "\(solver)")
  }

  @Test("Ctrl-C ends every search, and the answer says so", arguments: searches)
  func interrupt(_ name: String, _ call: String) throws {
    let outcome = try here.interrupted("\(call) --json", once: .hasComputed(0.3))
    let document = try json(outcome.output)
    if name == "frontier" { return #expect(outcome.status == 3) }
    #expect(outcome.status == (document["verdict"] as? String == "counterexample" ? 1 : 3))
    let stopped = try #require(document["stopped"] as? [String: Any])
    #expect(stopped["by"] as? String == "interrupted")
    if ["loop", "exhaustive"].contains(name) { #expect(stopped["harmlessUpTo"] is Int) }
  }

  /// All single faults are among the first 60 sets that loop and exhaustive search run.
  @Test(
    "what is known when a search is interrupted is told",
    arguments: [
      (loop, "Known so far: no single fault breaks it; that is proved; "),
      (exhaustive, "Known so far: no single fault breaks it; that is proved; "),
      (random, " runs were made, and none broke it.\n"),
      (
        "check $PROGRAMS/kafka/kafka.ded -t 30 -f 26 -c 3 -N a,b,c,C,Z --all",
        "Minimal fault sets: the first "
      ),
    ])
  func known(_ call: String, _ known: String) throws {
    let outcome = try here.interrupted(
      "\(call) --store runs.sqlite", once: .hasTold("([6-9][0-9]|[0-9]{3}) runs are saved"))
    #expect(outcome.output.contains("interrupted") && outcome.output.contains(known), "\(outcome.output)")
  }

  /// A join of seven relations of thirty rows, none of whose 20 billion rows is as large as it should be: it
  /// derives nothing, so no budget is used up.
  @Test("a time limit, and Ctrl-C, end a join that never derives anything", arguments: ["circuit", "random"])
  func barren(_ strategy: String) throws {
    let facts = (1...30).map { "d(\"a\", \($0))@1;\n" }.joined()
    let body = (1...7).map { "d(N, X\($0))" }.joined(separator: ", ")
    let sum = (1...7).map { "X\($0)" }.joined(separator: " + ")
    try here.write("barren.ded", Data((facts + "post(N) :- \(body), \(sum) > 1000;").utf8))
    let call = "check barren.ded --eot 2 --eff 1 --strategy \(strategy)"
    let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.1")
    #expect(outcome.status == 3 && outcome.output.hasPrefix("INCONCLUSIVE  time limit"), "\(outcome.output)")
    let interrupted = try here.interrupted(call)
    #expect(interrupted.status == 3 && interrupted.output.hasPrefix("INCONCLUSIVE  interrupted"))
  }

  @Test(
    "with a store the same call, each time interrupted, comes further each time",
    arguments: [loop, random, "check $PROGRAMS/kafka/kafka.ded -t 30 -f 26 -c 3 -N a,b,c,C,Z --all"])
  func continuing(_ call: String) throws {
    var runs = [0]
    for round in 1...2 {
      // It tells of the first runs that are saved, and whenever there are twice as many; what is continued
      // tells of those that are there already.
      let outcome = try here.interrupted(
        "\(call) --store runs.sqlite",
        once: .succeeds("(($(grep -Ec '^runs.sqlite: [0-9]+ runs? (is|are) saved' told) >= \(round)))"))
      #expect([1, 3].contains(outcome.status), "\(outcome.errors)")
      #expect(outcome.errors.contains("analysis 1 ended early (interrupted); the same call continues it\n"))
      runs.append(
        try StoreContents.number(
          "SELECT count(*) FROM runs WHERE analysis = 1", in: here.path + "/runs.sqlite"))
    }
    #expect(runs[1] > 0 && runs[2] > runs[1], "\(runs)")
  }

  @Test("a memory limit ends a search whose solver grows")
  func memoryLimit() throws {
    let outcome = try here.shell(
      "$FAULTLINE check $PROGRAMS/consensus/paxos-synod.ded -t 18 -f 10 -c 1 --memory-limit 60")
    #expect(
      outcome.status == 3 && outcome.output.hasPrefix("INCONCLUSIVE  memory limit"), "\(outcome.output)")
    #expect(outcome.output.contains("The memory limit was reached before"))
  }

  @Test("on a terminal one line shows what goes on, and is gone at the end")
  func terminal() throws {
    let call = "$FAULTLINE check $PROGRAMS/consensus/paxos-synod.ded -t 18 -f 10 -c 1"
    let outcome = try here.shell(
      """
      TERM=xterm script -qfec "bash -c 'echo \\$\\$ > pid; exec \(call)'" /dev/null > shown &
      while kill -0 $! 2>/dev/null && ! grep -q 'solving for any' shown; do sleep 0.05; done
      kill -INT $(cat pid); wait; cat shown
      """)
    let erase = "\r\u{1B}[K"
    let lines = outcome.output.components(separatedBy: erase).dropFirst().dropLast()
    let line = #/solving for any number of faults; \d+\.\d s; 1 run; .*/#
    #expect(lines.contains { $0.wholeMatch(of: line) != nil }, "\(lines)")
    #expect(lines.allSatisfy { $0.count < 80 && !$0.contains("\n") })
    let answer = try #require(outcome.output.components(separatedBy: erase).last)
    #expect(answer.contains("interrupted"))
    let seconds = try #require(try #/seconds +(\d+\.\d+)/#.firstMatch(in: answer))
    #expect(
      Double(lines.count) <= 4 * (Double(seconds.1) ?? 0) + 1, "four a second at most, by its own clock")
  }
}

// Limits and Ctrl-C from outside: whatever the strategy, the process ends within moments, says what it knows, and
// claims nothing.

import Foundation
import Testing

@Suite("Limits and progress")
struct LimitTests {
  private let here: Workplace

  init() throws { here = try Workplace() }

  /// Searches that take far longer than the limit, with what is known by then.
  static let searches = [
    ("circuit", "check $PROGRAMS/consensus/paxos-synod.ded -t 20 -f 12 -c 1 --memory-limit 2000", ""),
    ("all", "check $PROGRAMS/kafka/kafka.ded -t 30 -f 26 -c 3 -N a,b,c,C,Z --all --memory-limit 2000", ""),
    (
      "loop", "check $PROGRAMS/membership/bully-le.ded -t 10 -f 9 -c 1 --strategy loop",
      "Known so far: no set of 1 fault or fewer breaks it; that is proved; "
    ),
    (
      "exhaustive", "check $PROGRAMS/delivery/ack-deliv.ded -t 16 -f 3 -c 1 --strategy exhaustive",
      "Known so far: no set of "
    ),
    (
      "random",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 40 -f 39 -c 1 --strategy random --runs 2000000000",
      " runs were made, and none broke it.\n"
    ),
    (
      "frontier",
      "frontier $PROGRAMS/consensus/paxos-synod.ded -t 20 -f 12 -c 1 --every-eff --memory-limit 2000", ""
    ),
  ]

  @Test("a time limit ends every search in time", arguments: searches)
  func timeLimit(_ name: String, _ call: String, _ known: String) throws {
    let start = ContinuousClock.now
    let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.7")
    #expect(ContinuousClock.now - start < .seconds(20), "far less than the search would take")
    #expect(outcome.status == (name == "all" ? 1 : 3), "\(outcome.output)")
    for words in ["time limit", known] where !words.isEmpty {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(outcome.errors.isEmpty, "no progress before ten seconds are over")
  }

  @Test("Ctrl-C ends every search, and the answer says so", arguments: searches)
  func interrupt(_ name: String, _ call: String, _ known: String) throws {
    let outcome = try here.shell("timeout --foreground --preserve-status -s INT 2 $FAULTLINE \(call) --json")
    #expect(outcome.status == (name == "all" ? 1 : 3), "\(outcome.output)")
    let document = try json(outcome.output)
    if name == "frontier" { return }
    let stopped = try #require(document["stopped"] as? [String: Any])
    #expect(stopped["by"] as? String == "interrupted")
    if ["loop", "exhaustive"].contains(name) { #expect(stopped["harmlessUpTo"] is Int) }
  }

  /// A join of seven relations of thirty rows, none of whose 20 billion rows is as large as it should be: it derives
  /// nothing, so no budget is used up.
  @Test("a time limit, and Ctrl-C, end a join that never derives anything", arguments: ["circuit", "random"])
  func barren(_ strategy: String) throws {
    let facts = (1...30).map { "d(\"a\", \($0))@1;\n" }.joined()
    let body = (1...7).map { "d(N, X\($0))" }.joined(separator: ", ")
    let sum = (1...7).map { "X\($0)" }.joined(separator: " + ")
    try here.write("barren.ded", Data((facts + "post(N) :- \(body), \(sum) > 1000;").utf8))
    let call = "check barren.ded --eot 2 --eff 1 --strategy \(strategy)"
    let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.5")
    #expect(outcome.status == 3 && outcome.output.hasPrefix("INCONCLUSIVE  time limit"), "\(outcome.output)")
    let interrupted = try here.shell("timeout --foreground --preserve-status -s INT 2 $FAULTLINE \(call)")
    #expect(interrupted.status == 3 && interrupted.output.hasPrefix("INCONCLUSIVE  interrupted"))
  }

  @Test(
    "with a store the same call, with the same time limit, comes further each time",
    arguments: [
      "check $PROGRAMS/membership/bully-le.ded -t 10 -f 9 -c 1 --strategy loop",
      "check $PROGRAMS/kafka/kafka.ded -t 30 -f 26 -c 3 -N a,b,c,C,Z --all",
      "check $PROGRAMS/delivery/ack-deliv.ded -t 40 -f 39 -c 1 --strategy random --runs 2000000000",
    ])
  func continuing(_ call: String) throws {
    var runs = [0]
    for _ in 0..<3 {
      let outcome = try here.shell("$FAULTLINE \(call) --time-limit 0.8 --store runs.sqlite")
      #expect([1, 3].contains(outcome.status), "\(outcome.errors)")
      #expect(outcome.errors.contains("analysis 1 ended early (time limit); the same call continues it\n"))
      runs.append(
        try StoreContents.number(
          "SELECT count(*) FROM runs WHERE analysis = 1", in: here.path + "/runs.sqlite"))
    }
    #expect(runs == runs.sorted() && runs[3] > runs[1], "\(runs)")
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
    let call = "$FAULTLINE check $PROGRAMS/consensus/paxos-synod.ded -t 18 -f 10 -c 1 --time-limit 1.6"
    let outcome = try here.shell("TERM=xterm script -qec \"\(call)\" /dev/null")
    let erase = "\r\u{1B}[K"
    let lines = outcome.output.components(separatedBy: erase).dropFirst().dropLast()
    #expect((1...8).contains(lines.count), "four a second at most: \(lines.count)")
    let line = #/solving for any number of faults; \d+\.\d s; 1 run; .*/#
    #expect(lines.contains { $0.wholeMatch(of: line) != nil }, "\(lines)")
    #expect(outcome.output.components(separatedBy: erase).last?.contains("time limit") == true)
    #expect(lines.allSatisfy { $0.count < 80 && !$0.contains("\n") })
  }
}

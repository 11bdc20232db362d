import Dedalus
import Evaluation
import Files
import Indices
import Lineage
import Scenarios
import Testing
import Texts

@testable import RunStore

@Suite("What a store says to a query")
struct ViewTests {
  @Test("what held, what was sent and what it rests on, of a small analysis")
  func smallAnalysis() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    #expect(
      try store.table(
        "SELECT run, round, relation, location, row FROM held WHERE round = 2 ORDER BY run, row") == [
          ["1", "2", "here", "b", #"here("b", 7)"#], ["1", "2", "log", "b", #"log("b", "x")"#],
          ["1", "2", "post", "x", #"post("x")"#], ["1", "2", "pre", "x", #"pre("x")"#],
          ["1", "2", "total#3", "b", #"total#3("b", 7)"#], ["1", "2", "total", "b", #"total("b", 7)"#],
          ["2", "2", "here", "b", #"here("b", 7)"#], ["2", "2", "pre", "x", #"pre("x")"#],
          ["2", "2", "silent", "b", #"silent("b")"#],
          ["2", "2", "total#3", "b", #"total#3("b", 7)"#], ["2", "2", "total", "b", #"total("b", 7)"#],
        ])
    #expect(
      try store.table("SELECT run, round, sender, receiver, relation, row, fate FROM sent ORDER BY run") == [
        ["1", "1", "a", "b", "log", #"log("b", "x")"#, "delivered"],
        ["2", "1", "a", "b", "log", #"log("b", "x")"#, "omitted"],
      ])
    #expect(
      try store.table(
        "SELECT rule, premise_round, premise_row FROM lineage WHERE run = 1 AND row LIKE 'log(%'")
        == [["lossy.ded:2", "1", #"bcast("a", "x")"#]])
    #expect(try store.table("SELECT * FROM lineage WHERE run = 2 AND row LIKE 'log(%'").isEmpty)
    #expect(
      try store.table(
        "SELECT rule, absence_round, pattern FROM absent WHERE run = 2 AND round = 2 AND row LIKE 'silent(%'")
        == [["lossy.ded:5", "2", #"log("b", _)"#]])
    #expect(
      try store.table("SELECT kind, node, receiver, round FROM faults WHERE run = 2") == [
        ["omission", "a", "b", "1"]
      ])
    #expect(
      try store.table("SELECT role, minimum, violated FROM runs") == [
        ["baseline", "NULL", "[]"], ["counterexample", "1", #"[["x"]]"#],
      ])
    #expect(try store.table("SELECT verdict, nodes FROM analyses") == [["counterexample", #"["a", "b"]"#]])
    try store.checkInvariants()
  }

  @Test("the views say what the executions say")
  func agreement() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    for (number, answer) in try [Example.kafka(), Example.threePhaseCommit(), Example.retry()].enumerated() {
      try store.record(answer)
      let bad = try #require(answer.counterexample).execution
      for (run, execution) in [try #require(answer.baseline), bad].enumerated() {
        let place = "analysis = \(number + 1) AND run = \(run + 1)"
        let held = try store.table("SELECT round, row FROM held WHERE \(place)").map { "\($0[0]) \($0[1])" }
        #expect(
          Set(held) == Set(execution.store.tuples.map(execution.line))
            && held.count == execution.store.tupleCount)
        let sent = try store.table("SELECT round, sender, receiver, row, fate FROM sent WHERE \(place)")
        #expect(
          sent.map { $0.joined(separator: " ") }.sorted() == execution.messages.map(execution.line).sorted())
      }
    }
    try store.checkInvariants()
  }

  /// The query of the documentation.
  private func lineage(of row: String, round: Int, run: Int) -> String {
    """
    WITH RECURSIVE why (tuple) AS (
      SELECT tuple FROM held WHERE analysis = 1 AND run = \(run) AND round = \(round) AND row = '\(row)'
      UNION
      SELECT premise FROM why CROSS JOIN lineage USING (tuple) WHERE analysis = 1 AND run = \(run))
    SELECT round, row FROM why CROSS JOIN held USING (tuple) WHERE analysis = 1 AND run = \(run) ORDER BY round, row
    """
  }

  @Test("the recursive query finds the tuples of the derivation graph")
  func recursiveLineage() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let answer = try Example.kafka()
    try store.record(answer)
    let bad = try #require(answer.counterexample).execution
    let pre = try #require(answer.question.outcome?.pre)
    let root = try #require(bad.tuple(pre, [.string("Data1")], in: Round(7)))
    let graph = DerivationGraph(of: [root], in: bad)
    let expected = graph.nodes.compactMap { node -> String? in
      if case .tuple(let tuple) = node { bad.line(tuple) } else { nil }
    }
    let found = try store.table(lineage(of: #"pre("Data1")"#, round: 7, run: 2)).map { "\($0[0]) \($0[1])" }
    #expect(Set(found) == Set(expected) && found.count == 31)
    try store.checkInvariants()
  }

  @Test("two recordings of an analysis are equal but for times, and what runs share stands once")
  func sharing() throws {
    let folder = try TemporaryFolder()
    let answer = try Example.kafka()
    let stores = try ["one", "two"].map { try RunStore(creatingOrOpening: folder.path($0)) }
    for store in stores { try store.record(answer) }
    #expect(try stores[0].contents() == stores[1].contents())
    try stores[1].record(answer)
    #expect(try stores[1].table("SELECT count(*) FROM programs") == [["1"]])
    #expect(
      try stores[1].table("SELECT count(*) FROM firings WHERE analysis = 1")
        == stores[1].table("SELECT count(*) FROM firings WHERE analysis = 2"))
    let bad = try #require(answer.counterexample).execution
    let baseline = try #require(answer.baseline)
    let tuples = Set(baseline.store.tuples.map(baseline.line)).union(bad.store.tuples.map(bad.line))
    let lost = Set(
      bad.messages.filter { $0.fate != .delivered }.map { "\($0.sent.next.rawValue) \(bad.text(of: $0.row))" }
    )
    #expect(try stores[0].table("SELECT count(*) FROM tuples") == [[String(tuples.union(lost).count)]])
    for store in stores { try store.checkInvariants() }
  }

  @Test(
    "any string comes back as it is",
    arguments: [#"\"#, "<b>", "'; DROP TABLE runs; --", "%s", "é", "e\u{301}", ""])
  func strings(payload: String) throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let analysis = try store.record(try Example.lossy(payload: payload))
    let values = try store.table("SELECT DISTINCT location FROM held WHERE relation = 'pre'")
    #expect(values.map { Text($0[0]) } == [Text(payload)])
    for run in try store.runs(of: analysis) { _ = try store.execution(of: run) }
    try store.checkInvariants()
  }

  @Test("what differs between two runs is what the one has and the other has not")
  func differences() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let answer = try Example.kafka()
    try store.record(answer)
    let good = try #require(answer.baseline)
    let bad = try #require(answer.counterexample).execution
    let held = [good, bad].map { run in Set(run.store.tuples.map(run.line)) }
    for (run, other) in [(1, 2), (2, 1)] {
      let found = try store.table("SELECT round, row FROM differs WHERE run = \(run) AND other = \(other)")
      #expect(Set(found.map { "\($0[0]) \($0[1])" }) == held[run - 1].subtracting(held[other - 1]))
      #expect(!found.isEmpty)
    }
    try store.checkInvariants()
  }

  @Test("the history of verdicts of a program, several programs in one file")
  func verdicts() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    try store.record(try Example.retry())
    var recording = try store.begin(
      try Example.lossy(payload: "y").question, by: .random(seed: 1, runs: 9, usesSymmetry: false))
    try recording.flush()
    let columns = "analysis, paths, eot, crashes, strategy, options, verdict, fewest, runs"
    #expect(
      try store.table("SELECT \(columns) FROM verdicts WHERE paths LIKE '%lossy.ded%'") == [
        ["1", #"["lossy.ded"]"#, "2", "0", "circuit", "", "counterexample", "1", "2"],
        ["3", #"["lossy.ded"]"#, "2", "0", "random", "seed=1 runs=9", "unfinished", "NULL", "0"],
      ])
    #expect(
      try store.table("SELECT verdict FROM verdicts WHERE paths LIKE '%retry%'") == [["counterexample"]])
    #expect(try store.table("SELECT count(DISTINCT digest) FROM verdicts") == [["3"]])
    try store.checkInvariants()
  }
}

extension Execution {
  /// Round and row.
  func line(_ tuple: TupleID) -> String {
    "\(store.round(of: tuple).rawValue) \(text(of: store.row(of: tuple)))"
  }

  /// Round, sender, receiver, row and fate.
  func line(_ message: Message) -> String {
    let names = setting.nodes
    let sender = message.sender.map { names[$0].string } ?? "NULL"
    let fate = message.fate.rawValue
    return "\(message.sent.rawValue) \(sender) \(names[message.receiver]) \(text(of: message.row)) \(fate)"
  }
}

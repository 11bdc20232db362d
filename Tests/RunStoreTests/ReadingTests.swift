import Answers
import Dedalus
import Evaluation
import Files
import Foundation
import GRDB
import Properties
import Scenarios
import Search
import Testing

@testable import RunStore

@Suite("Reading a store back")
struct ReadingTests {
  @Test("a run comes out of the record as it went in, without the files of the program")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let answer = try Example.threePhaseCommit()
    let analysis = try RunStore(creatingOrOpening: folder.path()).record(answer)
    let store = try RunStore(reading: folder.path())
    let runs = try store.runs(of: analysis)
    #expect(runs.map(\.role) == [.baseline, .counterexample] && runs.map(\.minimum) == [nil, true])
    let counterexample = try #require(answer.counterexample)
    #expect(runs[1].faults == counterexample.faults)
    let execution = try store.execution(of: runs[1])
    #expect(execution.story == counterexample.execution.story)
    let question = try store.question(of: analysis)
    #expect(question.bounds == answer.question.bounds && question.outcome == answer.question.outcome)
    #expect(question.program.digest == answer.question.program.digest)
    #expect(question.violations(in: execution) == counterexample.violations)
    try store.checkInvariants()
  }

  @Test("a named outcome, the oracle and the crash view are kept")
  func questionRoundTrip() throws {
    let folder = try TemporaryFolder()
    let program = try Program(
      text: """
        good("a")@1;
        good(N)@next :- good(N);
        pre(X) :- good(X);
        post(X) :- good(X);
        """)
    let bounds = try Bounds(eot: 2, crashes: 1, nodes: Nodes(["a", "b"]))
    let store = try RunStore(creatingOrOpening: folder.path())
    for name in ["good", "post", nil] {
      let question = try Question(
        program: program, bounds: bounds, oracle: .molly, crashView: .failStop, outcome: name)
      let analysis = try store.record(check(question, patience: Patience()))
      let read = try store.question(of: analysis)
      #expect(read.outcome == question.outcome && read.oracle == .molly && read.crashView == .failStop)
    }
    try store.checkInvariants()
  }

  @Test("an analysis that was not finished says how far it came")
  func unfinished() throws {
    let folder = try TemporaryFolder()
    let answer = try Example.retry()
    let store = try RunStore(creatingOrOpening: folder.path())
    let plan = SearchPlan.loop(.reach, usesSymmetry: true)
    var recording = try store.begin(answer.question, by: plan)
    try recording.flush()
    #expect(try RunStore(reading: folder.path()).analyses().map(\.verdict) == [nil])
    try recording.record(try #require(answer.baseline), violations: [])
    try recording.flush()
    try recording.record(try #require(answer.counterexample).execution, violations: [])
    #expect(recording.savedRuns == 1)
    let list = try RunStore(reading: folder.path()).analyses()
    #expect(list.map(\.runCount) == [1] && list.map(\.finished) == [nil] && list.map(\.plan) == [plan])
    for run in try store.runs(of: list[0].id) { _ = try store.execution(of: run) }
    try store.checkInvariants()
  }

  @Test("analyses that are recorded in turn through two openings do not disturb each other")
  func twoWriters() throws {
    let folder = try TemporaryFolder()
    let stores = try [folder.path(), folder.path()].map { try RunStore(creatingOrOpening: $0) }
    let answers = try [Example.kafka(), Example.retry()]
    var first = try stores[0].begin(answers[0].question)
    var second = try stores[1].begin(answers[1].question)
    try first.record(try #require(answers[0].baseline), violations: [])
    try second.record(try #require(answers[1].baseline), violations: [])
    try second.finish(answers[1])
    try first.finish(answers[0])
    let reader = try RunStore(reading: folder.path())
    #expect(try reader.analyses().map(\.runCount) == [2, 2])
    for analysis in try reader.analyses() {
      for run in try reader.runs(of: analysis.id) {
        _ = try reader.execution(of: run)
      }
    }
    try reader.checkInvariants()
  }

  @Test("what a process left half written when it died is undone on opening, also for reading")
  func hotJournal() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.kafka())
    let before = try store.contents()
    let writer = try DatabaseQueue(path: folder.path())
    try writer.inDatabase { database in
      try database.execute(
        sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE firings SET rule = 99; DELETE FROM tuples")
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(
          atPath: folder.path() + suffix, toPath: folder.path("left") + suffix)
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(folder.names.contains("left-journal"))
    let reader = try RunStore(reading: folder.path("left"))
    for run in try reader.runs(of: AnalysisID(1)) { _ = try reader.execution(of: run) }
    #expect(try reader.contents() == before && !folder.names.contains("left-journal"))
    #expect(throws: StoreError.self) { try reader.write { try $0.execute(sql: "DELETE FROM runs") } }
  }

  @Test(
    "a value that changed behind SQLite's back is noticed",
    arguments: [
      "UPDATE symbols SET value = 'q' WHERE value = 'Data1'", "UPDATE tuples SET round = 3 WHERE id = 2",
      "UPDATE runs SET tuples = replace(tuples, '[[0,', '[[1,') WHERE id = 1",
      "UPDATE runs SET firings = replace(firings, '[[0,', '[[0,0],[0,') WHERE id = 1",
      "UPDATE runs SET tuples = '[]' WHERE id = 2",
      "UPDATE runs SET omitted = sender_crashed, sender_crashed = omitted",
      "UPDATE faults SET round = 1", "UPDATE faults SET node = 'b' WHERE kind = 'crash'",
      "DELETE FROM faults",
      "UPDATE runs SET violated = '[]'", "UPDATE runs SET ending = 'failed'",
      "UPDATE runs SET role = 'trial'",
      "UPDATE runs SET tuples = json_insert(json_remove(tuples, '$[0]'), '$[#]', json_extract(tuples, '$[0]')) WHERE id = 2",
      "UPDATE runs SET firings = '[[2,' || substr(firings, 5, length(firings) - 5) || ',[0,1]]' WHERE id = 1",
      "UPDATE runs SET minimum = 0 WHERE id = 2", "UPDATE runs SET id = 3 WHERE id = 2",
      "UPDATE firings SET rule = 1 - rule WHERE rule < 2",
      "UPDATE firings SET premises = '[0]' WHERE id = 30",
      "UPDATE firings SET sender = receiver WHERE receiver IS NOT NULL",
      "UPDATE firings SET receiver = 77 WHERE receiver IS NOT NULL", "UPDATE firings SET absences = '[]'",
      "UPDATE absences SET round = 1", "UPDATE ground_rows SET symbols = '[0,0]' WHERE id = 1",
      "UPDATE sources SET text = text || ' '", "UPDATE programs SET digest = ''", "UPDATE rules SET line = 1",
      "UPDATE relations SET name = name || 'x' WHERE id = 1", "UPDATE analyses SET verdict = 'holds'",
      "UPDATE analyses SET nodes = '[\"a\", \"b\"]'", "UPDATE analyses SET eff = 1",
    ])
  func changedValues(change: String) throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let analysis = try store.record(try Example.retry())
    for run in try store.runs(of: analysis) { _ = try store.execution(of: run) }
    try store.write { try $0.execute(sql: change) }
    #expect(try store.write { $0.totalChangesCount } > 0)
    #expect {
      for run in try store.runs(of: analysis) { _ = try store.execution(of: run) }
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }

  @Test("the ends of a number's range are refused, not computed with")
  func hostileNumbers() throws {
    let lists = ["'[[0,999999999]]'", "'[[0,0],[0,0]]'", "'[[1,0]]'", "'[0,1]'", "'[[0,0]'", "'[[0,0]]x'"]
    for value in ["-1", "4294967296", "9223372036854775807", "'x'", "NULL", "1.5"] + lists {
      for column in [
        "tuples.round", "tuples.ground_row", "firings.head", "runs.tuples", "runs.sender_crashed",
      ] {
        let (table, name) = (column.split(separator: ".")[0], column.split(separator: ".")[1])
        let folder = try TemporaryFolder()
        let store = try RunStore(creatingOrOpening: folder.path())
        let analysis = try store.record(try Example.lossy())
        let change = "UPDATE OR IGNORE \(table) SET \(name) = \(value)"
        guard (try? store.write { try $0.execute(sql: change) }) != nil else { continue }
        guard try store.write({ $0.changesCount }) > 0 else { continue }
        #expect("\(change)") {
          for run in try store.runs(of: analysis) { _ = try store.execution(of: run) }
        } throws: { error in
          (error as? StoreError)?.code == "damaged-store"
        }
      }
    }
  }

  @Test("asking for what is not there is an error that says so")
  func missing() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    #expect(try store.analyses().isEmpty)
    #expect(throws: StoreError.missing(path: folder.path(), reason: "analysis 3")) {
      try store.runs(of: AnalysisID(3))
    }
  }
}

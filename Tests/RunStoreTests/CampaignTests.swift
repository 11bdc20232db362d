// What a whole search costs in the file: shared things once, and little for each run.

import Answers
import Baselines
import Dedalus
import Evaluation
import Files
import Foundation
import Properties
import Scenarios
import Search
import Synchronization
import Testing

@testable import RunStore

@Suite("Recording a campaign")
struct CampaignTests {
  /// What grows with every run.
  private static let own = "'runs', 'sqlite_autoindex_runs_1', 'faults'"

  /// Records every run, or the first `most`, of the loop strategy for ack-deliv; how many there were.
  private func recordLoop(
    in store: RunStore, _ negation: Negation = .ignore, most: Int = .max
  ) throws -> Int {
    let question = try Example.question(
      "delivery/ack-deliv.ded", ["a", "b", "c"], eot: 8, eff: 7, crashes: 1)
    let recording = Mutex(try store.begin(question, by: .loop(negation, usesSymmetry: false)))
    let made = Atomic(0)
    var patience = Patience(isInterrupted: { made.load(ordering: .relaxed) >= most })
    patience.didRun = { execution, violated in
      made.add(1, ordering: .relaxed)
      recording.withLock { recording in
        do {
          try recording.record(execution, violations: violated)
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    let answer = try checkByLoop(question, negation: negation, patience: patience)
    try recording.withLock { try $0.finish(answer) }
    return answer.cost[.executions]
  }

  @Test("a run of the loop on ack-deliv takes less than 2.5 KB beyond what runs share")
  func size() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let runs = try recordLoop(in: store)
    #expect(try store.table("SELECT count(*) FROM runs") == [[String(runs)]] && runs > 20)
    let bytes = try store.table("SELECT sum(payload), sum(pgsize) FROM dbstat WHERE name IN (\(Self.own))")[0]
    let (payload, pages) = (try #require(Int(bytes[0])), try #require(Int(bytes[1])))
    #expect(payload < 1400 * runs && pages < 2560 * runs, "\(payload) and \(pages) for \(runs) runs")
    try store.checkInvariants()
  }

  @Test("where runs are many, a run takes less than 2 KB of the file, pages that are partly empty included")
  func sizeOfMany() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let runs = try recordLoop(in: store, .reach, most: 150)
    let pages = try store.table("SELECT sum(pgsize) FROM dbstat WHERE name IN (\(Self.own))")[0][0]
    let bytes = try #require(Int(pages))
    #expect(runs >= 150 && bytes < 2048 * runs, "\(bytes) for \(runs) runs")
    try store.checkInvariants()
  }

  @Test("runs share tuples and firings, whatever their number")
  func sharing() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    _ = try recordLoop(in: store)
    let recorded = try store.analysis(AnalysisID(1))
    var (tuples, firings) = (Set<String>(), 0)
    for run in recorded.runs {
      let execution = try recorded.execution(of: run)
      tuples.formUnion(execution.store.tuples.map(execution.line))
      tuples.formUnion(
        execution.messages.map { "\($0.sent.next.rawValue) \(execution.text(of: $0.row))" })
      firings += execution.firingIDs.count
    }
    let counts = try store.table("SELECT (SELECT count(*) FROM tuples), (SELECT count(*) FROM firings)")[0]
    #expect(counts[0] == String(tuples.count))
    #expect(try #require(Int(counts[1])) * 5 < firings, "\(counts[1]) stand for \(firings)")
    try store.checkInvariants()
  }

  @Test("every firing of a large load is found by the index")
  func largeLoad() throws {
    let folder = try TemporaryFolder()
    let program = try Program(
      text: """
        at("a", 0)@1;
        at(N, X + 1) :- at(N, X), X < 150;
        pair(N, X, Y) :- at(N, X), at(N, Y);
        at(N, X)@next :- at(N, X);
        post(N) :- at(N, 150);
        """)
    let question = try Question(program: program, bounds: Bounds(eot: 2, nodes: Nodes(["a"])))
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    try store.record(check(question))
    #expect(try store.table("SELECT count(*) > 40000 FROM firings") == [["1"]])
    #expect(try store.table("PRAGMA integrity_check") == [["ok"]])
    let rule = try store.table("SELECT rule FROM lineage WHERE analysis = 2 AND run = 1 AND tuple = 500")
    #expect(!rule.isEmpty)
    for run in try store.runs(of: AnalysisID(2)) { _ = try store.execution(of: run) }
    try RunStore(creatingOrOpening: folder.path()).close()
    try store.checkInvariants()
  }
}

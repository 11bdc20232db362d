// An analysis that a process left without an answer is taken up by the next that asks the same.

import Answers
import Dedalus
import Evaluation
import Files
import Foundation
import Properties
import Scenarios
import Testing

@testable import RunStore

@Suite("Continuing an analysis")
struct ContinuationTests {
  private let folder: TemporaryFolder
  private let store: RunStore
  private let answer: Answer

  init() throws {
    folder = try TemporaryFolder()
    store = try RunStore(creatingOrOpening: folder.path())
    answer = try Example.retry()
  }

  private var baseline: Execution { get throws { try #require(answer.baseline) } }

  /// Records the baseline and goes away.
  private func leave(_ plan: SearchPlan = .circuit) throws -> AnalysisID {
    var recording = try store.begin(answer.question, by: plan)
    try recording.record(baseline, violations: [])
    try recording.flush()
    let analysis = recording.analysis
    return try #require(analysis)
  }

  @Test("it ends as one that was never interrupted")
  func sameEnd() throws {
    let left = try leave()
    #expect(try store.analyses().map(\.verdict) == [nil])
    var recording = try store.begin(answer.question)
    #expect(recording.analysis == left && recording.savedRuns == 1)
    try recording.record(baseline, violations: [])
    try recording.finish(answer)
    let whole = try RunStore(creatingOrOpening: folder.path("whole"))
    try whole.record(answer)
    #expect(try store.contents() == whole.contents())
    try store.checkInvariants()
  }

  @Test("another question, strategy or option begins anew, and so does an analysis with an answer")
  func differences() throws {
    let plan = SearchPlan.random(seed: 1, runs: 9, usesSymmetry: false)
    let left = try leave(plan)
    let others: [SearchPlan] = [
      .circuit, .random(seed: 2, runs: 9, usesSymmetry: false),
      .random(seed: 1, runs: 8, usesSymmetry: false),
      .random(seed: 1, runs: 9, usesSymmetry: true),
    ]
    for other in others { #expect(try store.begin(answer.question, by: other).analysis == nil) }
    let bounds = try Bounds(eot: 5, eff: 2, crashes: 1, nodes: answer.question.bounds.nodes)
    let other = try Question(program: answer.question.program, bounds: bounds)
    #expect(try store.begin(other, by: plan).analysis == nil)
    var again = try store.begin(answer.question, by: plan)
    #expect(again.analysis == left)
    try again.finish(answer)
    #expect(try store.begin(answer.question, by: plan).analysis == nil)
    try store.checkInvariants()
  }

  @Test("what somebody is recording is left to them")
  func claimed() throws {
    var first = try store.begin(answer.question)
    try first.flush()
    var second = try store.begin(answer.question)
    #expect(first.analysis == AnalysisID(1) && second.analysis == nil)
    for _ in 0..<2 {
      try first.record(baseline, violations: [])
      try second.record(baseline, violations: [])
    }
    try first.finish(answer)
    try second.finish(answer)
    #expect(try store.analyses().map(\.verdict) == [.counterexample, .counterexample])
    #expect(try store.analyses().map(\.runCount) == [2, 2])
    try store.checkInvariants()
  }

  @Test(
    "what was left is compared with its digests before it is continued",
    arguments: [
      "UPDATE runs SET tuples = '[]'", "UPDATE runs SET role = 'counterexample'",
      "UPDATE runs SET sender_crashed = '[[0,0]]'",
      "INSERT INTO faults VALUES (1, 1, 0, 'crash', 'a', NULL, NULL, NULL, 0, NULL, NULL)",
      "INSERT INTO faults VALUES (1, 1, 0, 'crash', 'a', NULL, NULL, NULL, 4000000, NULL, NULL)",
      "INSERT INTO faults VALUES (1, 1, 0, 'crash', 'a', NULL, NULL, NULL, 2, NULL, NULL)",
    ])
  func changed(change: String) throws {
    _ = try leave()
    try store.write { try $0.execute(sql: change) }
    #expect {
      _ = try store.begin(answer.question)
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }

  @Test("an analysis whose number no store gives is not continued")
  func hugeNumber() throws {
    _ = try leave()
    for number in [Int.max, 1 << 32, -1] {
      try store.write { database in
        for (table, column) in [("analyses", "id"), ("times", "analysis"), ("runs", "analysis")] {
          try database.execute(sql: "UPDATE \(table) SET \(column) = ?", arguments: [number])
        }
      }
      #expect(try store.begin(answer.question).analysis == nil)
    }
  }

  @Test("a run on record that this program does not make is an error")
  func otherRun() throws {
    do {
      var left = try store.begin(answer.question)
      try left.record(#require(answer.counterexample).execution, violations: [])
      try left.record(baseline, violations: [])
      try left.flush()
    }
    var recording = try store.begin(answer.question)
    #expect(recording.savedRuns == 2)
    #expect {
      try recording.record(baseline, violations: [])
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }
}

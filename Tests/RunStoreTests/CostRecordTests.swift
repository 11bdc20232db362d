// A store has every counter and time of a search, under the names that all outputs share.

import Answers
import Dedalus
import Files
import Search
import Testing

@testable import RunStore

@Suite("Recorded counters, times and plans")
struct CostRecordTests {
  private let folder: TemporaryFolder
  private let store: RunStore
  private let answer: Answer

  init() throws {
    folder = try TemporaryFolder()
    store = try RunStore(creatingOrOpening: folder.path())
    answer = try Example.lossy()
  }

  @Test("are all read as they were")
  func roundTrip() throws {
    let analysis = try store.record(answer)
    let record = try #require(try store.answer(of: analysis))
    for counter in Cost.Counter.allCases {
      #expect(record.cost[counter] == answer.cost[counter], "\(counter)")
    }
    for phase in Cost.Phase.allCases {
      #expect(abs(record.cost[phase] - answer.cost[phase]) < 1e-6, "\(phase)")
    }
    #expect(record.stoppedBy == nil && record.harmlessUpTo == 0 && !record.isVacuous)
    #expect(answer.cost[.proofSteps] > 0 && answer.cost[.instances] > 0)
  }

  @Test("stand in the file by name")
  func names() throws {
    try store.record(answer)
    let counters = try store.table("SELECT key, value FROM analyses, json_each(costs)")
    #expect(counters == Cost.Counter.allCases.map { [$0.rawValue, "\(answer.cost[$0])"] })
    let times = try store.table("SELECT key, type FROM times, json_each(seconds)").map { $0[0] }
    #expect(times == Cost.Phase.allCases.map(\.rawValue))
    let gates = try store.table("SELECT costs ->> 'gates' FROM analyses")
    #expect(gates == [["\(answer.cost[.gates])"]])
  }

  @Test(
    "that are missing, or none, are noticed",
    arguments: [
      "UPDATE analyses SET costs = json_remove(costs, '$.gates')",
      "UPDATE analyses SET costs = json_set(costs, '$.proofs', 'two')",
      "UPDATE analyses SET costs = json_set(costs, '$.proofs', 1.5)", "UPDATE analyses SET costs = NULL",
      "UPDATE times SET seconds = json_remove(seconds, '$.checking')", "UPDATE times SET seconds = NULL",
      "UPDATE times SET seconds = json_set(seconds, '$.total', json('null'))",
      "UPDATE analyses SET costs = 'no JSON'", "UPDATE analyses SET stopped_by = 'bored'",
    ])
  func missing(change: String) throws {
    let analysis = try store.record(answer)
    try store.write { try $0.execute(sql: change) }
    #expect {
      _ = try store.answer(of: analysis)
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }

  @Test("a search without an answer has none")
  func unfinished() throws {
    var recording = try store.begin(answer.question)
    try recording.flush()
    #expect(try store.answer(of: AnalysisID(1)) == nil && store.answer(of: AnalysisID(2)) == nil)
  }

  private static let plans: [SearchPlan] = [
    .circuit, .minimalSets(atMost: nil, usesSymmetry: false), .minimalSets(atMost: 4, usesSymmetry: true),
    .exhaustive(usesSymmetry: false), .exhaustive(usesSymmetry: true),
    .random(seed: .max, runs: 12, usesSymmetry: true), .loop(.ignore, usesSymmetry: false),
    .loop(.reach, usesSymmetry: true),
  ]

  @Test("plans are read as they were, and each has analyses of its own")
  func plans() throws {
    for plan in Self.plans { try store.record(answer, by: plan) }
    #expect(try store.analyses().map(\.plan) == Self.plans)
    for plan in Self.plans { #expect(try store.verdict(on: answer.question, by: plan) == .counterexample) }
    #expect(
      try store.verdict(on: answer.question, by: .random(seed: 1, runs: 12, usesSymmetry: true)) == nil)
    #expect(
      try store.table("SELECT DISTINCT strategy FROM analyses ORDER BY strategy") == [
        ["circuit"], ["exhaustive"], ["loop"], ["random"],
      ])
  }

  @Test(
    "what is no plan, limit or verdict is noticed",
    arguments: [
      "strategy = 'guess'", "strategy = 'random'", "options = 'symmetry'", "options = 'seed=1 runs=2'",
      "strategy = 'loop', options = 'negation=maybe'", "stopped_by = 'bored'", "verdict = 'perhaps'",
    ])
  func noPlan(change: String) throws {
    try store.record(answer)
    try store.write { try $0.execute(sql: "UPDATE analyses SET \(change)") }
    #expect {
      _ = try store.analyses()
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }

  @Test("a bad baseline is recorded with what it violates")
  func badBaseline() throws {
    let program = try Program(
      text: #"pre("a", 1)@1; pre(N, X)@next :- pre(N, X); post(N, X) :- pre(N, X), X > 1;"#, path: "bad.ded")
    let bounds = answer.question.bounds
    let bad = try check(.init(program: program, bounds: bounds))
    let analysis = try store.record(bad)
    #expect(bad.verdict == .badBaseline)
    #expect(
      try store.table("SELECT role, violated, minimum FROM runs") == [["baseline", #"[["a", 1]]"#, "NULL"]])
    #expect(try store.answer(of: analysis)?.harmlessUpTo == nil)
    try store.checkInvariants()
  }
}

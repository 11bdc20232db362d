// An analysis that its user or a limit cuts off is recorded as far as it came, and says so; the next that
// asks the same continues it, and leaves what an uninterrupted one leaves.

import Answers
import Baselines
import Dedalus
import Evaluation
import Files
import Foundation
import Properties
import Scenarios
import Support
import Synchronization
import Testing
import Texts

@testable import RunStore

/// A way to search, which is interrupted when it asks for the `polls`-th time whether it is.
private struct SearchCase: CustomTestStringConvertible, Sendable {
  let plan: SearchPlan
  let program: String
  let nodes: [Text]
  let (eot, eff, crashes): (Int, Int, Int)

  var testDescription: String { "\(plan.strategy.name) \(plan.options) on \(program)" }

  /// Records the search in `store`, in portions of three runs; the answer, and how often the search asked.
  func record(
    in store: RunStore, polls: Int = .max, budget: Budget = .standard, isKilled: Bool = false
  ) throws -> (answer: Answer, polls: Int) {
    let question = try Example.question(program, nodes, eot: eot, eff: eff, crashes: crashes)
    let recording = Mutex(try store.begin(question, by: plan))
    let asked = Atomic(0)
    let runs = Atomic(0)
    var patience = Patience(
      budget: budget, isInterrupted: { asked.add(1, ordering: .relaxed).newValue >= polls })
    patience.didRun = { execution, violated in
      recording.withLock { recording in
        do {
          try recording.record(execution, violations: violated)
          if runs.add(1, ordering: .relaxed).newValue % 3 == 1 { try recording.flush() }
        } catch {
          Issue.record("\(error)")
        }
      }
    }
    let answer = try plan.answer(to: question, patience: patience)
    if !isKilled { try recording.withLock { try $0.finish(answer) } }
    return (answer, asked.load(ordering: .relaxed))
  }

  static let all = [
    Self(
      plan: .circuit, program: "kafka/kafka.ded", nodes: ["a", "b", "c", "C", "Z"], eot: 7, eff: 4, crashes: 1
    ),
    Self(
      plan: .minimalSets(atMost: nil, usesSymmetry: false), program: "delivery/retry-deliv.ded",
      nodes: ["a", "b", "c"], eot: 4, eff: 2, crashes: 1),
    Self(
      plan: .exhaustive(usesSymmetry: false), program: "delivery/simple-deliv.ded", nodes: ["a", "b", "c"],
      eot: 4, eff: 2, crashes: 0),
    Self(
      plan: .random(seed: 7, runs: 30, usesSymmetry: false), program: "delivery/redun-deliv.ded",
      nodes: ["a", "b", "c"], eot: 5, eff: 3, crashes: 1),
    Self(
      plan: .loop(.ignore, usesSymmetry: false), program: "commit/3pc.ded", nodes: ["C", "a", "b", "d"],
      eot: 9, eff: 7, crashes: 1),
  ]
}

@Suite("Analyses that are cut off")
struct CutOffTests {
  @Test(
    "wherever it is cut off, and however often, it ends as one that never was", arguments: SearchCase.all)
  private func continued(search: SearchCase) throws {
    let folder = try TemporaryFolder()
    let whole = try RunStore(creatingOrOpening: folder.path("whole"))
    let (answer, polls) = try search.record(in: whole)
    let expected = try whole.contents()
    var continued = 0
    for seed in Campaign.seeds(12) {
      var random = SplitMix64(seed: seed)
      let store = try RunStore(creatingOrOpening: folder.path("\(seed)"))
      for _ in 0..<random.number(in: 1...3) where try store.analyses().allSatisfy({ !$0.isFinished }) {
        let isKilled = random.number(in: 0...3) == 0
        _ = try search.record(in: store, polls: random.number(in: 1...polls), isKilled: isKilled)
      }
      try store.checkInvariants()
      guard try store.analyses().allSatisfy({ !$0.isFinished }) else { continue }
      continued += 1
      #expect(try search.record(in: store).answer.verdict == answer.verdict)
      #expect(try store.contents() == expected, "seed \(seed)")
    }
    #expect(continued > 0)
  }

  /// The search by circuit for Kafka, which takes three faults, and what it leaves when nobody interrupts it.
  private func kafka(_ folder: TemporaryFolder) throws -> (search: SearchCase, contents: [String: [[String]]])
  {
    let whole = try RunStore(creatingOrOpening: folder.path("whole"))
    _ = try SearchCase.all[0].record(in: whole)
    return (SearchCase.all[0], try whole.contents())
  }

  @Test("a counterexample that is not known to be minimum gives way to the one that is")
  func replacedCounterexample() throws {
    let folder = try TemporaryFolder()
    let (search, expected) = try kafka(folder)
    var replaced = 0
    for polls in 1...10 {
      let store = try RunStore(creatingOrOpening: folder.path("\(polls)"))
      let answer = try search.record(in: store, polls: polls).answer
      guard let first = answer.counterexample, !first.minimum else { continue }
      let found = try #require(try store.analyses().first)
      #expect(found.verdict == .counterexample && found.cutOffBy == .interrupted && found.runCount == 2)
      #expect(try store.runs(of: found.id).map(\.minimum) == [nil, false])
      // An earlier interruption finds out less, and takes nothing away.
      try store.checkInvariants()
      let before = try store.contents()
      _ = try search.record(in: store, polls: 1)
      #expect(try store.contents() == before)
      replaced += 1
      _ = try search.record(in: store)
      #expect(try store.contents() == expected)
    }
    #expect(replaced > 0)
  }

  @Test("a run that used up its budget gives way to the whole run, and the whole run stays")
  func replacedRun() throws {
    let folder = try TemporaryFolder()
    let (search, expected) = try kafka(folder)
    let store = try RunStore(creatingOrOpening: folder.path())
    let small = Budget(tuples: 100, firings: 1000)
    for budget in [small, small, .standard] {
      _ = try search.record(in: store, budget: budget)
      let found = try #require(try store.analyses().first)
      #expect(found.cutOffBy == (budget == small ? .tuples : nil))
      #expect(try store.runs(of: found.id).map(\.isCutOff) == (budget == small ? [true] : [false, false]))
      try store.checkInvariants()
    }
    #expect(try store.contents() == expected)
    let other = try RunStore(creatingOrOpening: folder.path("other"))
    _ = try search.record(in: other, isKilled: true)
    let runs = try other.table("SELECT * FROM runs")
    _ = try search.record(in: other, budget: small)
    #expect(try other.table("SELECT * FROM runs") == runs)
    #expect(try other.analyses().map(\.cutOffBy) == [.tuples])
    try other.checkInvariants()
    _ = try search.record(in: other)
    #expect(try other.contents() == expected)
  }

  @Test("a run that was stopped on the way is read as it was, and gives way to the whole run")
  func stoppedRun() throws {
    let folder = try TemporaryFolder()
    let (search, expected) = try kafka(folder)
    let store = try RunStore(creatingOrOpening: folder.path())
    let question = try Example.question(
      search.program, search.nodes, eot: search.eot, eff: search.eff, crashes: search.crashes)
    let assembly = ExecutionAssembly(question.program, question.setting, under: Scenario())
    var recording = try store.begin(question, by: search.plan)
    try recording.record(assembly.execution(.stopped(Round(3))), violations: [])
    try recording.flush()
    let run = try #require(try store.runs(of: AnalysisID(1)).first)
    #expect(run.isCutOff)
    #expect(try store.execution(of: run).ending == .stopped(Round(3)))
    try store.checkInvariants()
    _ = consume recording
    _ = try search.record(in: store)
    #expect(try store.contents() == expected)
  }

  /// One of each kind.
  private static let limits: [Limit] = [
    .time, .budget(.tuples, nil), .budget(.firings, nil), .budget(.gates, nil),
    .memory(MemoryLimit(mebibytes: 1)), .interrupted, .runs, .candidates, .arithmetic,
  ]

  @Test("the history tells analyses that ended early from those that ended", arguments: limits)
  func history(limit: Limit) throws {
    #expect(Set(Self.limits.map(\.kind)) == Set(Limit.Kind.allCases))
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let answer = try Example.retry()
    let found = try #require(answer.counterexample)
    try store.record(
      answer.finding(.counterexample(found, minimalSets: nil, harmlessUpTo: 0, limit: limit)))
    let kind = limit.kind
    let word = kind.isCutOff ? kind.rawValue : "NULL"
    #expect(try store.table("SELECT ended_early_by FROM verdicts") == [[word]])
    #expect(try store.analyses().map(\.cutOffBy) == [kind.isCutOff ? kind : nil])
    #expect(try store.answer(of: AnalysisID(1))?.stoppedBy == kind)
    try store.checkInvariants()
  }

  @Test("a run whose faults have changed is noticed before the search goes on")
  func foreignRun() throws {
    let folder = try TemporaryFolder()
    let search = SearchCase.all[2]
    let store = try RunStore(creatingOrOpening: folder.path())
    _ = try search.record(in: store, polls: 20)
    try store.write {
      try $0.execute(sql: "UPDATE faults SET node = receiver, receiver = node WHERE run = 5")
    }
    let question = try store.question(of: AnalysisID(1))
    #expect {
      _ = try store.begin(question, by: search.plan)
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }
}

extension AnalysisRecord {
  /// Whether its search came to its own end.
  fileprivate var isFinished: Bool { verdict != nil && cutOffBy == nil }
}

// What is read from a store is the execution that was recorded, in every part and in the same order.

import Answers
import Dedalus
import Evaluation
import Files
import Foundation
import GRDB
import Properties
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import RunStore

@Suite("Runs from the record")
struct RecordedRunTests {
  @Test("random programs under random faults come back as they were, many runs in one analysis")
  func roundTrip() throws {
    let runs = try compare(Campaign.seeds(150)) { GeneratedProtocol(seed: $0) }
    #expect(runs >= 400)
  }

  @Test("so do those under faults of every kind")
  func everyKind() throws {
    var kinds = Shares()
    let runs = try compare(Campaign.seeds(200)) { seed in
      let generated = GeneratedProtocol(seed: seed, limit: 20_000, hasEveryKind: true)
      kinds.note(generated.space.faults.map(\.name))
      return generated
    }
    #expect(runs >= 500)
    #expect(kinds.below(10, of: 200, KindID.all.map(\.name)) == [])
  }

  /// Records six runs of each protocol and reads them again; the number of different runs.
  private func compare(
    _ seeds: Range<UInt64>, _ generate: (UInt64) -> GeneratedProtocol
  ) throws -> Int {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    var runs = 0
    for seed in seeds {
      let generated = generate(seed)
      var random = SplitMix64(seed: seed)
      let space = generated.space
      let question = try Question(
        program: generated.program, bounds: Bounds(space), crashView: random.pick(CrashView.allCases))
      var recording = try store.begin(question, by: .random(seed: seed, runs: 6, usesSymmetry: false))
      var made: [FaultSet: Execution] = [:]
      for _ in 0..<6 {
        let faults = FaultSet(space.randomSet(using: &random), among: question.bounds.nodes)
        let execution = run(question.program, question.setting, under: faults)
        made[faults] = execution
        try recording.record(execution, violations: [])
      }
      try recording.flush()
      let analysis = recording.analysis
      let recorded = try store.analysis(#require(analysis))
      try #require(Set(recorded.runs.map(\.faults)) == Set(made.keys), "seed \(seed)")
      for record in recorded.runs {
        runs += 1
        let made = try #require(made[record.faults])
        try #require(try recorded.execution(of: record).story == made.story, "seed \(seed)")
      }
    }
    try store.checkInvariants()
    return runs
  }

  @Test("a run that went beyond its budget, and one that failed, come back with how they ended")
  func endings() throws {
    let folder = try TemporaryFolder()
    let program = try Program(
      text: """
        n("a", 1)@1;
        n(N, X + 1)@next :- n(N, X);
        half(N, 4 / (3 - X)) :- n(N, X);
        post(N) :- n(N, _);
        """)
    let question = try Question(program: program, bounds: Bounds(eot: 9, nodes: Nodes(["a"])))
    let store = try RunStore(creatingOrOpening: folder.path())
    let short = CompiledProgram(program, nodes: question.bounds.nodes)
      .run(question.setting, budget: Budget(tuples: 3, firings: 100))
    let failed = run(program, question.setting)
    for (plan, execution) in [(SearchPlan.circuit, short), (.exhaustive(usesSymmetry: false), failed)] {
      var recording = try store.begin(question, by: plan)
      try recording.record(execution, violations: [])
      try recording.flush()
    }
    let records = try [1, 2].map { try store.runs(of: AnalysisID($0))[0] }
    #expect(try store.execution(of: records[0]).story == short.story)
    #expect(try store.execution(of: records[1]).story == failed.story)
    try store.checkInvariants()
    try store.write { try $0.execute(sql: "UPDATE runs SET digest = replace(digest, 'a', 'b')") }
    #expect(throws: StoreError.self) { try store.execution(of: store.runs(of: AnalysisID(2))[0]) }
  }
}

extension Execution {
  /// All that is known of a run, as text.
  var story: [String] {
    let tuples = store.tuples.map { "\($0.rawValue) \(line($0))" }
    let firings = firingIDs.map { firing in
      let premises = premises(of: firing).map { premise in
        switch premise {
        case .tuple(let tuple): "\(tuple.rawValue)"
        case .absence(let absence):
          "no \(text(of: self.absence(absence)))@\(self.absence(absence).round.rawValue)"
        }
      }
      return "\(rule(of: firing)?.rawValue ?? .max) \(head(of: firing)?.rawValue ?? .max) \(premises)"
    }
    let sent = messages.map { "\($0.firing.rawValue) \(line($0))" }
    return tuples + firings + sent + ["\(ending) \(faults.faults) \(setting.eot.rawValue)"]
  }
}

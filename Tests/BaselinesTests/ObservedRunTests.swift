// Whoever records a search is told of every run that it makes, with what that run violates.

import Dedalus
import Evaluation
import QuestionSupport
import Support
import Testing

@testable import Answers
@testable import Baselines
@testable import Properties
@testable import Search

@Suite("Being told of every run")
struct ObservedRunTests {
  private typealias Search = @Sendable (Question, Patience) throws -> Answer

  private static let searches: [Search] = [
    { try check($0, patience: $1) }, { try checkAll($0, patience: $1) },
    { try checkExhaustively($0, patience: $1) }, { try checkByLoop($0, patience: $1) },
    { checkRandomly($0, seed: 1, runs: 10, patience: $1) },
  ]

  @Test("every execution is told once, baseline first, with the rows that a run of its own violates")
  func everyRun() throws {
    var broken = 0
    for seed in Campaign.seeds(60) {
      guard let example = try SmallQuestion(GeneratedProtocol(seed: seed, limit: 100)) else { continue }
      let question = example.question
      let baseline = run(question.program, question.setting)
      for search in Self.searches {
        let log = RunLog()
        let answer = try search(question, log.listening(Patience()))
        let runs = log.runs
        try #require(runs.count == answer.cost[.executions] && runs[0].faults == .none, "seed \(seed)")
        for told in runs {
          let execution = run(question.program, question.setting, under: told.faults)
          guard execution.ending == .complete else { continue }
          try #require(
            told.violations == question.violations(in: execution, baseline: baseline), "seed \(seed)")
          if !told.violations.isEmpty { broken += 1 }
        }
        let reported = [answer.counterexample?.faults].compactMap(\.self)
        #expect(reported.allSatisfy { faults in runs.contains { $0.faults == faults } }, "seed \(seed)")
      }
    }
    #expect(broken > 0)
  }
}

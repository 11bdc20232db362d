// Patience may end at any moment. What an answer says then must be true: it is compared with brute force for
// every moment at which a search looks whether it is over.

import Dedalus
import Evaluation
import QuestionSupport
import Scenarios
import Support
import Synchronization
import Testing

@testable import Answers
@testable import Baselines
@testable import Properties
@testable import Scenarios
@testable import Search

@Suite("Interrupted searches")
struct InterruptionTests {
  /// An answer, with frontiers if the search draws any.
  typealias Search = @Sendable (Question, Patience) throws -> FrontierAnswer

  static let searches: [(name: String, search: Search)] = [
    ("circuit", { FrontierAnswer(try check($0, patience: $1)) }),
    ("all", { FrontierAnswer(try checkAll($0, patience: $1)) }),
    ("all with symmetry", { FrontierAnswer(try checkAll($0, symmetry: true, patience: $1)) }),
    ("frontier", { try frontier($0, FrontierShape(showsEveryEFF: true), patience: $1) }),
    ("exhaustive", { FrontierAnswer(try checkExhaustively($0, patience: $1)) }),
    ("loop", { FrontierAnswer(try checkByLoop($0, patience: $1)) }),
    ("loop with symmetry", { FrontierAnswer(try checkByLoop($0, symmetry: true, patience: $1)) }),
    ("random", { FrontierAnswer(checkRandomly($0, seed: 1, runs: 20, patience: $1)) }),
  ]

  /// Patience that ends when it has been looked at `polls` times.
  private static func patience(polls: Int) -> (patience: Patience, wasEnded: @Sendable () -> Bool) {
    let left = Counter(polls)
    let patience = Patience(isInterrupted: { left.isUsedUp() })
    return (patience, { left.count.withLock { $0 < 0 } })
  }

  private final class Counter: Sendable {
    let count: Mutex<Int>
    init(_ count: Int) { self.count = Mutex(count) }
    func isUsedUp() -> Bool {
      count.withLock { count in
        count -= 1
        return count < 0
      }
    }
  }

  @Test(
    "an answer says nothing that is not true, whenever the search is interrupted", arguments: searches.indices
  )
  func everyMoment(_ index: Int) throws {
    let (name, search) = Self.searches[index]
    var (interrupted, partial, bounded) = (0, 0, 0)
    for seed in Campaign.seeds(60) {
      guard let example = try SmallQuestion(GeneratedProtocol(seed: seed, limit: 100)) else { continue }
      let breaking = example.breakingSets()
      for polls in (0..<40).map({ $0 < 20 ? $0 : $0 * $0 / 10 }) {
        var (patience, wasEnded) = Self.patience(polls: polls)
        patience.easyPropagations = Int(seed % 3) * 1000
        let found = try search(example.question, patience)
        let answer = found.answer
        guard wasEnded() else { break }
        interrupted += 1
        if answer.verdict == .counterexample { partial += 1 }
        if answer.harmlessUpTo ?? 0 > 0 { bounded += 1 }
        try expectTruth(of: found, breaking, "\(name), seed \(seed), \(polls) polls")
      }
    }
    #expect(interrupted > 100, "\(interrupted)")
    // The loop ends with the first counterexample, and random search proves nothing.
    #expect(partial > 0 || name.hasPrefix("loop") || name == "random", "none with a counterexample")
    #expect(bounded > 0 || name == "random", "none with a bound")
  }

  /// A search that is given what an interrupted one found out comes to the answer of one that was never
  /// interrupted, by the same runs, but for the best set that was known when patience ended.
  @Test("a search goes on where an interrupted one stopped", arguments: searches.indices)
  func continuing(_ index: Int) throws {
    let (name, search) = Self.searches[index]
    if name == "frontier" { return }
    var (continued, saved) = (0, 0)
    for seed in Campaign.seeds(30) {
      guard let example = try SmallQuestion(GeneratedProtocol(seed: seed, limit: 100)) else { continue }
      let whole = try Self.told(of: search, example.question, Patience())
      for polls in [1, 2, 3, 5, 8, 13, 21, 34, 55] {
        let (patience, wasEnded) = Self.patience(polls: polls)
        let part = try Self.told(of: search, example.question, patience)
        guard wasEnded() else { break }
        var rest = Patience()
        rest.earlier = EarlierSearch(runs: part.runs, harmlessUpTo: part.answer.harmlessUpTo)
        let again = try Self.told(of: search, example.question, rest)
        let place = "\(name), seed \(seed), \(polls) polls"
        try #require(Self.summary(again.answer) == Self.summary(whole.answer), "\(place)")
        try #require(again.runs.map(\.faults) == whole.runs.map(\.faults), "\(place)")
        continued += 1
        if again.answer.cost[.solverCalls] < whole.answer.cost[.solverCalls] { saved += 1 }
      }
    }
    let asksNoSolver = ["exhaustive", "random"].contains(name)
    #expect(continued > 50 && (saved > 5 || asksNoSolver), "\(saved) of \(continued)")
  }

  /// What a search answers, and the runs that it makes.
  private static func told(
    of search: Search, _ question: Question, _ patience: Patience
  ) throws -> (answer: Answer, runs: [EarlierSearch.Run]) {
    let log = RunLog()
    let answer = try search(question, log.listening(patience)).answer
    let minimum = Set(answer.everyCounterexample.filter(\.minimum).map(\.faults))
    let runs = log.runs.map { run in
      EarlierSearch.Run(
        Scenario(run.faults), isBreaking: !run.violations.isEmpty, isMinimum: minimum.contains(run.faults))
    }
    return (answer, runs)
  }

  private static func summary(_ answer: Answer) -> String {
    let sets = answer.everyCounterexample.map { "\($0.faults.faults) \($0.minimum) \($0.violations)" }
    return
      "\(answer.verdict) \(answer.isVacuous) \(answer.limit?.kind.rawValue ?? "-") \(answer.harmlessUpTo ?? -1) \(sets) "
      + "\(answer.cost[.executions]) \(answer.minimalSets?.isComplete ?? false)"
  }

  private func expectTruth(of found: FrontierAnswer, _ breaking: [FaultSet], _ case: String) throws {
    let answer = found.answer
    let smallest = breaking.map(\.count).min() ?? .max
    try #require(answer.harmlessUpTo ?? 0 < smallest, "\(`case`)")
    switch answer.verdict {
    case .inconclusive: break
    case .holds: try #require(breaking.isEmpty, "\(`case`)")
    case .counterexample:
      for found in answer.everyCounterexample {
        try #require(breaking.contains(found.faults), "\(`case`)")
        try #require(!found.minimum || found.faults.count == smallest, "\(`case`)")
      }
      let isComplete = answer.minimalSets?.isComplete ?? false
      try #require(!isComplete || answer.minimalSets?.elements.first?.faults == breaking.first, "\(`case`)")
    case .badBaseline, .error: Issue.record("\(`case`): \(answer.verdict)")
    }
    for frontier in found.frontiers {
      for (crashes, threshold) in frontier.thresholds.enumerated() {
        let within = breaking.filter { $0.fits(crashes, eff: frontier.eff) }
        let least = within.map { $0.faults(of: .omission).count }.min()
        switch threshold {
        case .unbreakable: try #require(least == nil, "\(`case`)")
        case .takes(let number): try #require(number == least, "\(`case`)")
        case .moreThan(let number): try #require(number < least ?? .max, "\(`case`)")
        }
      }
    }
  }

  @Test("a question that is not easy is asked budget by budget, and gets the same answer")
  func budgets() throws {
    var (compared, climbed) = (0, 0)
    for seed in Campaign.seeds(300) {
      guard let example = try SmallQuestion(GeneratedProtocol(seed: seed, limit: 200)) else { continue }
      var patience = Patience()
      patience.easyPropagations = 1
      let (plain, hard) = (try check(example.question), try check(example.question, patience: patience))
      try #require(hard.verdict == plain.verdict && hard.isVacuous == plain.isVacuous, "seed \(seed)")
      try #require(
        hard.counterexample?.faults == plain.counterexample?.faults
          && hard.counterexample?.minimum == plain.counterexample?.minimum, "seed \(seed)")
      try #require(hard.harmlessUpTo == plain.harmlessUpTo || plain.harmlessUpTo == 0, "seed \(seed)")
      compared += 1
      if hard.cost[.solverCalls] > plain.cost[.solverCalls] { climbed += 1 }
    }
    #expect(compared > 200 && climbed > 50, "\(climbed) of \(compared)")
  }
}

extension FaultSet {
  fileprivate func fits(_ crashes: Int, eff: Int) -> Bool {
    faults(of: .crash).count <= crashes && faults(of: .omission).allSatisfy { $0.round.position < eff }
  }
}

extension FrontierAnswer {
  /// An answer without frontiers.
  fileprivate init(_ answer: Answer) { self.init(answer: answer, frontiers: [], limit: answer.limit) }
}

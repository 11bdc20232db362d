import Answers
import Testing

@Suite("Search plans")
struct SearchPlanTests {
  struct Row: Sendable {
    let plan: SearchPlan
    let name: Strategy.Name
    let options: String
  }

  private static let rows = [
    Row(plan: .circuit, name: .circuit, options: ""),
    Row(plan: .minimalSets(atMost: nil, usesSymmetry: false), name: .circuit, options: "all"),
    Row(plan: .minimalSets(atMost: 3, usesSymmetry: false), name: .circuit, options: "all limit=3"),
    Row(plan: .minimalSets(atMost: nil, usesSymmetry: true), name: .circuit, options: "all symmetry"),
    Row(
      plan: .minimalSets(atMost: 12, usesSymmetry: true), name: .circuit, options: "all limit=12 symmetry"),
    Row(plan: .exhaustive(usesSymmetry: false), name: .exhaustive, options: ""),
    Row(plan: .exhaustive(usesSymmetry: true), name: .exhaustive, options: "symmetry"),
    Row(plan: .random(seed: 0, runs: 1, usesSymmetry: false), name: .random, options: "seed=0 runs=1"),
    Row(
      plan: .random(seed: .max, runs: 1000, usesSymmetry: true), name: .random,
      options: "seed=18446744073709551615 runs=1000 symmetry"),
    Row(plan: .loop(.reach, usesSymmetry: false), name: .loop, options: "negation=reach"),
    Row(plan: .loop(.ignore, usesSymmetry: true), name: .loop, options: "negation=ignore symmetry"),
  ]

  @Test("are written and read without loss", arguments: rows)
  func roundTrip(_ row: Row) {
    #expect(row.plan.strategy.name == row.name && row.plan.options == row.options)
    #expect(SearchPlan(row.name, options: row.options) == row.plan)
  }

  @Test("have texts that tell them apart")
  func distinct() {
    #expect(Set(Self.rows.map(\.plan)).count == Self.rows.count)
    #expect(Set(Self.rows.map { "\($0.name) \($0.options)" }).count == Self.rows.count)
  }

  @Test(
    "are not read from any other text",
    arguments: [
      (.circuit, " "), (.circuit, "symmetry"), (.circuit, "all "), (.circuit, "limit=3"),
      (.circuit, "all limit="), (.circuit, "all limit=03"), (.circuit, "all limit=-3"),
      (.circuit, "all symmetry limit=3"), (.circuit, "allsymmetry"), (.circuit, "all  symmetry"),
      (.exhaustive, "all"), (.exhaustive, "symmetry symmetry"), (.random, ""), (.random, "seed=1"),
      (.random, "runs=1 seed=1"), (.random, "seed=1 runs=+1"), (.random, "seed=-1 runs=1"),
      (.random, "seed=18446744073709551616 runs=1"), (.random, "seed=1 runs=1 symmetry all"),
      (.random, "seed=01 runs=1"), (.loop, ""), (.loop, "negation=follow"), (.loop, "negation=reach\u{301}"),
      (.loop, "symmetry negation=reach"),
    ] as [(Strategy.Name, String)])
  func otherTexts(name: Strategy.Name, options: String) {
    #expect(SearchPlan(name, options: options) == nil)
  }

  @Test("say how fault sets are searched")
  func strategies() {
    #expect(SearchPlan.minimalSets(atMost: 1, usesSymmetry: true).strategy == .circuit)
    #expect(SearchPlan.random(seed: 7, runs: 9, usesSymmetry: true).strategy == .random(seed: 7, runs: 9))
    #expect(SearchPlan.loop(.ignore, usesSymmetry: true).strategy == .loop(.ignore))
    #expect(SearchPlan.exhaustive(usesSymmetry: true).strategy == .exhaustive)
    #expect(Strategy.Name.allCases.map(\.rawValue) == ["circuit", "exhaustive", "random", "loop"])
  }
}

// The list of minimal sets against its definition: try every admissible fault set with the plain evaluator,
// keep those that break the outcome and have no proper subset that does.

import Answers
import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Search
import Support
import Testing

@Suite("All minimal fault sets")
struct MinimalSetsTests {
  @Test("are those of brute force, in the same order, on random protocols")
  func randomProtocols() throws {
    var compared = 0
    var (severalSizes, harmlessSupersets) = (0, 0)
    for seed in Campaign.seeds(1200) {
      let generated = GeneratedProtocol(seed: seed, limit: 200)
      guard let example = try SmallQuestion(generated) else { continue }
      compared += 1
      let brute = example.bruteForce.allCounterexamples()
      let minimal = BruteForce.minimal(among: brute)
      let found = try example.listed()
      try #require(
        found == example.words(minimal), "seed \(seed), \(generated.space)\n\(generated.source.text)")
      if Set(minimal.map(\.faults.count)).count > 1 { severalSizes += 1 }
      if harmlessSupersets < 50, example.hasHarmlessSuperset(of: minimal, breaking: brute) {
        harmlessSupersets += 1
      }
    }
    #expect(compared >= 1000)
    #expect(severalSizes >= 50, "\(severalSizes) of \(compared)")
    #expect(harmlessSupersets >= 50, "\(harmlessSupersets) of \(compared)")
  }

  private func answer(_ path: String, _ bounds: (Int, Int, Int), limit: Int = .max) throws -> Answer {
    let program = try ProgramLibrary.program(path)
    let bounds = try Bounds(
      eot: bounds.0, eff: bounds.1, crashes: bounds.2, nodes: Nodes(program.defaultNodes))
    return try checkAll(Question(program: program, bounds: bounds), atMost: limit)
  }

  private func lines(_ answer: Answer) -> [String] {
    let nodes = answer.question.bounds.nodes
    return answer.minimalSets?.elements.map { element in
      element.faults.faults.map { $0.text(nodes) }.joined(separator: ", ")
    } ?? []
  }

  @Test("of a broadcast that is sent once are its messages, one by one")
  func simpleDelivery() throws {
    let answer = try answer("delivery/simple-deliv.ded", (4, 2, 0))
    #expect(lines(answer) == ["omit a b 1", "omit a c 1"])
    let sets = try #require(answer.minimalSets)
    #expect(sets.isComplete)
    #expect(sets.byFault.map(\.count) == [1, 1] && sets.byRound.map(\.count) == [2] && sets.byNode.isEmpty)
  }

  @Test("begin with the same sets when the list is cut short, and then say so")
  func limit() throws {
    let all = try answer("commit/3pc.ded", (9, 7, 1))
    let some = try answer("commit/3pc.ded", (9, 7, 1), limit: 5)
    #expect(lines(some) == Array(lines(all).prefix(5)))
    #expect(all.minimalSets?.isComplete == true && some.minimalSets?.isComplete == false)
    #expect(try answer("delivery/simple-deliv.ded", (4, 2, 0), limit: 2).minimalSets?.isComplete == true)
  }

  @Test("are not listed where nothing breaks")
  func holds() throws {
    let answer = try answer("delivery/redun-deliv.ded", (6, 3, 1))
    #expect(answer.verdict == .holds && answer.minimalSets == nil)
  }

  @Test("are summed up with what occurs most in front")
  func summary() throws {
    let sets = try #require(try answer("commit/3pc.ded", (9, 7, 1)).minimalSets)
    for counts in [sets.byFault.map(\.count), sets.byLink.map(\.count), sets.byNode.map(\.count)] {
      #expect(counts == counts.sorted(by: >) && counts.allSatisfy { 1...sets.elements.count ~= $0 })
    }
    let first = try #require(sets.byFault.first)
    #expect(first.count == sets.elements.filter { $0.faults.faults.contains(first.subject) }.count)
  }
}

extension SmallQuestion {
  /// What the search lists; its first must be the answer.
  fileprivate func listed() throws -> [String] {
    let answer = try checkAll(question)
    guard let sets = answer.minimalSets else { return [] }
    #expect(sets.isComplete)
    #expect(answer.counterexample?.faults == sets.elements.first?.faults)
    return sets.elements.map { words($0.faults, $0.violations.rows) }
  }

  fileprivate func words(_ sets: [BruteForce.Counterexample]) -> [String] {
    sets.map { words(FaultSet($0.faults, among: question.bounds.nodes), $0.violated) }
  }

  private func words(_ faults: FaultSet, _ violated: [[Constant]]) -> String {
    "\(faults.faults.map { $0.text(question.bounds.nodes) }) costs \(violated)"
  }

  /// Whether some admissible set contains a breaking one and is harmless itself.
  fileprivate func hasHarmlessSuperset(
    of minimal: [BruteForce.Counterexample], breaking: [BruteForce.Counterexample]
  ) -> Bool {
    let breaking = Set(breaking.map(\.faults))
    return (2...3).contains { size in
      bruteForce.space.sets(ofSize: size).contains { set in
        !breaking.contains(set) && minimal.contains { Set($0.faults).isSubset(of: set) }
      }
    }
  }
}

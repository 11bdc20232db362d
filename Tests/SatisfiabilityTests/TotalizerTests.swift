import Support
import Testing

@testable import Satisfiability

@Suite struct TotalizerTests {
  @Test("a bound holds exactly for the assignments with at most so many true inputs", arguments: 0...7)
  func agreesWithCounting(count: Int) {
    for order in [Array(0..<max(count, 1)), Array((0..<max(count, 1)).reversed())] {
      var solver = Solver()
      let inputs = (0..<count).map { Literal(solver.newVariable(), negated: $0 % 3 == 1) }
      var totalizer = Totalizer(over: inputs, in: &solver)
      #expect(totalizer.count == count)
      for bound in order where bound < count {
        guard let atMost = totalizer.atMost(bound, in: &solver) else {
          Issue.record("a bound below the count is no bound")
          continue
        }
        for chosen in 0..<(1 << count) {
          let fixed = inputs.enumerated().map { chosen >> $0 & 1 == 1 ? $1 : !$1 }
          let answer = solver.solve(assuming: fixed + [atMost])
          #expect((answer == .satisfiable) == (chosen.nonzeroBitCount <= bound))
        }
      }
      #expect(totalizer.atMost(count, in: &solver) == nil)
      #expect(solver.solve(assuming: inputs) == .satisfiable)
    }
  }

  @Test("a repeated input counts as often as it is listed")
  func repeatedInput() {
    var solver = Solver()
    let (first, second) = (solver.newVariable().positive, solver.newVariable().positive)
    var totalizer = Totalizer(over: [first, second, first], in: &solver)
    let bounds = (0...2).compactMap { totalizer.atMost($0, in: &solver) }
    #expect(
      bounds.map { solver.solve(assuming: [first, $0]) } == [.unsatisfiable, .unsatisfiable, .satisfiable])
    #expect(solver.solve(assuming: [second, bounds[1]]) == .satisfiable)
  }

  @Test("raising the bound finds a smallest hitting set")
  func minimumHittingSets() {
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var solver = Solver()
      let inputs = (0..<10).map { _ in solver.newVariable().positive }
      let sets = (0..<8).map { _ in (0..<3).map { _ in inputs[Int.random(in: 0..<10, using: &random)] } }
      for set in sets { solver.add(set) }
      let smallest = TruthTable(sets, variableCount: 10).models.map(\.nonzeroBitCount).min()
      var totalizer = Totalizer(over: inputs, in: &solver)
      let found = (0...10).first { bound in
        solver.solve(assuming: totalizer.atMost(bound, in: &solver).map { [$0] } ?? []) == .satisfiable
      }
      #expect(found == smallest, "seed \(seed)")
    }
  }

  @Test("what a small bound does not need is not encoded")
  func lazy() {
    var solver = Solver()
    let inputs = (0..<1_000).map { _ in solver.newVariable().positive }
    var totalizer = Totalizer(over: inputs, in: &solver)
    #expect(solver.clauseCount == 0)
    _ = totalizer.atMost(2, in: &solver)
    let clauses = solver.clauseCount
    #expect(clauses < 13_000)
    _ = totalizer.atMost(1, in: &solver)
    #expect(solver.clauseCount == clauses)
  }
}

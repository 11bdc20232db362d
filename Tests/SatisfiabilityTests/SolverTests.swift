import Support
import Testing

@testable import Satisfiability

@Suite struct SolverTests {
  @Test("the solver agrees with the truth table, on about as many formulas with a model as without")
  func agreesWithTruthTable() {
    let total = Family.allCases.map(agreesWithTruthTable).reduce(0, +)
    #expect((8_400...12_600).contains(total), "\(total) of 21,000")
  }

  /// - Returns: how many formulas of `family` have a model.
  private func agreesWithTruthTable(on family: Family) -> Int {
    var satisfiable = 0
    for seed in 0..<3_500 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let formula = Formula.random(family, using: &random)
      let expected = TruthTable(formula).isSatisfiable
      if expected { satisfiable += 1 }
      guard isRight(formula) else {
        Issue.record("\(family), seed \(seed): \(shrunk(formula, while: { !isRight($0) }).dimacs())")
        continue
      }
    }
    #expect(family == .planted ? satisfiable == 3_500 : (525...2_975).contains(satisfiable), "\(satisfiable)")
    return satisfiable
  }

  @Test("all sets of at most four clauses over three variables")
  func exhaustive() {
    let formulas = Formula.fewClausesOverThreeVariables
    #expect(formulas.count == 17_902)
    let wrong = formulas.first { !isRight($0) }
    #expect(wrong == nil)
  }

  @Test("pigeons do not fit into one hole less", arguments: 1...6)
  func pigeonHole(holes: Int) {
    var solver = Solver.checking(.pigeons(holes + 1, holes: holes))
    #expect(solver.solve() == .unsatisfiable)
    #expect(solver.failedAssumptions.isEmpty)
    var roomy = Solver.checking(.pigeons(holes, holes: holes))
    #expect(roomy.solve() == .satisfiable)
  }

  @Test("the solver agrees with plain backtracking on formulas that take hundreds of conflicts")
  func agreesWithBacktracking() {
    var (satisfiable, reductions, conflicts) = (0, 0, 0)
    for seed in 0..<120 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = Int.random(in: 30...45, using: &random)
      let clauses = (0..<(count * 43 / 10)).map { _ in
        Array((0..<count).shuffled(using: &random).prefix(3)).map {
          Literal(Variable($0), negated: Bool.random(using: &random))
        }
      }
      var solver = Solver.checking(Formula(clauses, variableCount: count))
      let answer = solver.solve() == .satisfiable
      #expect(answer == Backtracking(clauses).hasModel, "seed \(seed)")
      satisfiable += answer ? 1 : 0
      reductions += solver.statistics.reductions
      conflicts += solver.statistics.conflicts
    }
    #expect((30...90).contains(satisfiable), "\(satisfiable)")
    #expect(conflicts > 2_000 && reductions > 200, "\(conflicts), \(reductions)")
  }

  private func isRight(_ formula: Formula) -> Bool {
    var solver = Solver.checking(formula)
    return (solver.solve() == .satisfiable) == TruthTable(formula).isSatisfiable
  }
}

/// The smallest formula found by leaving clauses and literals out as long as `fails` holds.
func shrunk(_ formula: Formula, while fails: (Formula) -> Bool) -> Formula {
  var clauses = formula.clauses.map(Array.init)
  func attempt(_ candidate: [[Literal]]) -> Bool {
    guard fails(Formula(candidate, variableCount: formula.variableCount)) else { return false }
    clauses = candidate
    return true
  }
  for position in clauses.indices.reversed() {
    var candidate = clauses
    candidate.remove(at: position)
    if attempt(candidate) { continue }
    for literal in clauses[position].indices.reversed() {
      candidate = clauses
      candidate[position].remove(at: literal)
      _ = attempt(candidate)
    }
  }
  return Formula(clauses, variableCount: formula.variableCount)
}

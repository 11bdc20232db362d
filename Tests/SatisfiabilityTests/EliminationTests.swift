import ProofChecker
import Support
import Testing

@testable import Satisfiability

@Suite struct EliminationTests {
  /// A solver that eliminates what it can before it searches, and no more after that.
  private func eliminated(
    _ clauses: [[Int]], variables: Int, keeping assumptions: [Int] = [], reportingTo sink: ProofSink? = nil
  ) -> Solver {
    var solver = sink.map { Solver(reportingTo: $0) } ?? Solver()
    solver.checksInvariants = true
    solver.load(Formula(clauses.map { $0.map(literal) }, variableCount: variables))
    solver.eliminate(keeping: assumptions.map(literal))
    solver.checkInvariants()
    return solver
  }

  private func literal(_ number: Int) -> Literal { Literal(Variable(abs(number) - 1), negated: number < 0) }

  @Test("variables with no more resolvents than clauses go, and the model gives them fitting values")
  func chain() {
    let clauses =
      (1..<9).map { [-$0, $0 + 1] } + (1..<9).map { [$0, -$0 - 1] } + [[1, 9, 10, 11], [-1, -10]]
    var solver = eliminated(clauses, variables: 11)
    #expect(solver.statistics.eliminatedVariables > 8)
    #expect(solver.solve() == .satisfiable)
    let first = solver.value(literal(1))
    #expect((1...9).allSatisfy { solver.value(literal($0)) == first })
    #expect(solver.value(literal(1)) || solver.value(literal(10)) || solver.value(literal(11)))
  }

  @Test("a variable with more resolvents than clauses stays, and so does one that is assumed")
  func stays() {
    let dense = [[1, 2, 3], [1, 4, 5], [1, 6, 7], [-1, 8, 9], [-1, 10, 11], [-1, 12, 13]]
    let path = [[-1, 2], [-2, 3]]
    let crowded = eliminated(dense, variables: 13, keeping: Array(2...13)).elimination.isEliminated(
      Variable(0))
    let assumed = eliminated(path, variables: 3, keeping: [1, -2, 3]).elimination.isEliminated(Variable(1))
    let free = eliminated(path, variables: 3, keeping: [1, 3]).elimination.isEliminated(Variable(1))
    #expect([crowded, assumed, free] == [false, false, true])
  }

  @Test("a pigeon's hole stays: the few clauses that would take the place of as many are too long")
  func lengths() {
    var solver = Solver()
    solver.load(.pigeons(9, holes: 8))
    solver.eliminate(keeping: [])
    #expect(solver.statistics.eliminatedVariables == 0)
  }

  @Test("subsumed clauses go, and literals that another clause makes superfluous")
  func subsumption() {
    let solver = eliminated(
      [[1, 2], [1, 2, 3], [-1, 2, 4, 5], [2, -4, 6], [-2, 7], [-7, 1]], variables: 7,
      keeping: [1, 2, 3, 4, 5, 6, 7])
    #expect(solver.statistics.subsumedClauses == 1)
    #expect(solver.statistics.strengthenedClauses == 1, "the third clause loses its first literal")
    #expect(solver.statistics.eliminatedVariables == 0)
  }

  @Test("units that elimination finds, and a contradiction, come with a proof")
  func refutesAlone() throws {
    let clauses = [[1, 2], [1, -2], [-1, 3], [-1, -3, 4], [-4, 5], [-5, -1]]
    let recorder = ProofRecorder()
    var solver = eliminated(clauses, variables: 5, keeping: [1, 2, 3, 4, 5], reportingTo: recorder.sink)
    #expect(solver.solve() == .unsatisfiable)
    #expect(solver.statistics.conflicts == 0)
    let refutation = recorder.refutation(by: solver)
    _ = try Verification(of: Array(refutation.formula.dimacs().utf8), by: Array(refutation.lrat.utf8))
  }

  @Test("an eliminated variable is back as soon as a clause or an assumption speaks of it")
  func restored() {
    var solver = eliminated([[-1, 2], [-2, 3], [-3, 4], [-4, 5]], variables: 5)
    let gone = (0..<5).filter { solver.elimination.isEliminated(Variable($0)) }
    #expect(gone.count == 4, "one is left that occurs nowhere any more")
    #expect(solver.solve(assuming: [literal(2), literal(-4)]) == .unsatisfiable)
    #expect(Set(solver.failedAssumptions) == [literal(2), literal(-4)])
    solver.add([literal(1)])
    #expect(solver.solve() == .satisfiable)
    #expect((1...5).allSatisfy { solver.value(literal($0)) })
    solver.add([literal(-5)])
    #expect(solver.solve() == .unsatisfiable)
  }

  @Test("a solver that eliminates answers as one that does not, whatever comes in between")
  func agrees() {
    var (eliminated, restored) = (0, 0)
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var plain = Solver()
      var solver = Solver.checking(Formula())
      for _ in 0..<40 { _ = (plain.newVariable(), solver.newVariable()) }
      for _ in 0..<12 {
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          let clause = Formula.clause(width: 3, over: 40, using: &random)
          restored += clause.count { solver.elimination.isEliminated($0.variable) }
          plain.add(clause)
          solver.add(clause)
        }
        let width = Int.random(in: 0...3, using: &random)
        let assumptions = Formula.clause(width: width, over: 40, using: &random)
        #expect(solver.solve(assuming: assumptions) == plain.solve(assuming: assumptions), "seed \(seed)")
      }
      eliminated += solver.statistics.eliminatedVariables
    }
    #expect(eliminated > 1_000 && restored > 1_000, "\(eliminated), \(restored)")
  }

  @Test("the command's setting eliminates after a few conflicts, and the library's never does")
  func schedule() {
    for isOn in [false, true] {
      var solver = Solver()
      solver.eliminatesVariables = isOn
      solver.load(.pigeons(7, holes: 6))
      let (first, second) = (solver.newVariable(), solver.newVariable())
      solver.add([first.negative, second.positive])
      #expect(solver.solve() == .unsatisfiable)
      #expect(solver.statistics.eliminatedVariables == (isOn ? 1 : 0))
    }
  }
}

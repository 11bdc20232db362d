import Testing

@testable import Satisfiability

@Suite struct FormulaTests {
  @Test("a formula in the DIMACS format")
  func dimacs() {
    var formula = Formula()
    let (first, second) = (formula.newVariable(), formula.newVariable())
    formula.newVariable()
    formula.add([first.positive, second.negative])
    formula.add([])
    formula.add([second.positive])
    #expect(formula.dimacs(comments: ["x 1"]) == "c x 1\np cnf 3 3\n1 -2 0\n0\n2 0\n")
    #expect(Formula().dimacs() == "p cnf 0 0\n")
    #expect(formula[0] == [first.positive, second.negative] && formula[1].isEmpty)
    #expect(!formula.isSatisfied { _ in true })
  }

  @Test("a solver keeps its formula as it was given")
  func solverKeepsFormula() {
    var solver = Solver()
    solver.load(.pigeons(3, holes: 2))
    solver.add([])
    _ = solver.solve()
    solver.add([Variable(0).positive, Variable(0).positive])
    #expect(solver.formula.clauseCount == solver.clauseCount)
    #expect(Array(solver.formula[solver.clauseCount - 1]) == [Variable(0).positive, Variable(0).positive])
  }

  @Test("the rhythm of Luby, Sinclair and Zuckerman")
  func luby() {
    var sequence = LubySequence()
    #expect((0..<15).map { _ in sequence.next() } == [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8])
  }
}

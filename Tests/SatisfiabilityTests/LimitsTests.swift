import Support
import Testing

@testable import Satisfiability

@Suite struct LimitsTests {
  /// Needs a few thousand conflicts.
  private func hardSolver() -> Solver {
    var solver = Solver()
    solver.load(.pigeons(8, holes: 7))
    return solver
  }

  @Test("a conflict limit ends the call, and calls with limits get there in the end")
  func conflicts() {
    var solver = hardSolver()
    var calls = 0
    var answer = Solver.Answer.unknown
    while answer == .unknown {
      let before = solver.statistics.conflicts
      answer = solver.solve(limits: Limits(conflicts: 100))
      calls += 1
      #expect(solver.statistics.conflicts - before <= 100)
    }
    #expect(answer == .unsatisfiable)
    #expect(calls > 5)
    #expect(solver.statistics.calls == calls)
  }

  @Test("a limit of no conflicts still answers what propagation alone can")
  func noConflicts() {
    var solver = hardSolver()
    #expect(solver.solve(limits: Limits(conflicts: 0)) == .unknown)
    #expect(solver.solve(limits: Limits(propagations: 0)) == .unknown)
    let first = Variable(0)
    solver.add([first.positive])
    solver.add([first.negative])
    #expect(solver.solve(limits: Limits(conflicts: 0)) == .unsatisfiable)
  }

  @Test("a limit on propagations ends the call soon")
  func propagations() {
    var solver = hardSolver()
    #expect(solver.solve(limits: Limits(propagations: 1_000)) == .unknown)
    #expect((1_000..<1_200).contains(solver.statistics.propagations))
    #expect(solver.solve() == .unsatisfiable)
  }

  @Test("an interrupt ends the call, never with a verdict, and leaves the solver usable")
  func interrupt() {
    var solver = hardSolver()
    var polls = 0
    let answer = solver.solve(
      limits: Limits(shouldStop: { _ in
        polls += 1
        return polls == 3
      }))
    #expect(answer == .unknown)
    #expect(polls == 3)
    #expect(solver.statistics.conflicts < 2_000, "polled often")
    let unsatisfiable = solver.solve(
      assuming: [Variable(0).positive], limits: Limits(shouldStop: { _ in false }))
    #expect(unsatisfiable == .unsatisfiable)
    #expect(solver.failedAssumptions.count <= 1)
  }

  @Test("two solvers given the same calls do the same work")
  func deterministic() {
    var left = hardSolver()
    var right = hardSolver()
    #expect(left.solve() == right.solve())
    #expect(left.statistics == right.statistics)
  }
}

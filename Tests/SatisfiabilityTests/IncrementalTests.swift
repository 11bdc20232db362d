import Support
import Testing

@testable import Satisfiability

@Suite struct IncrementalTests {
  @Test("any sequence of calls gets the answers of the truth table and of a fresh solver")
  func sessions() throws {
    for seed in Campaign.seeds(2_000) {
      var random = SplitMix64(seed: seed)
      let session = Session.random(using: &random)
      guard let complaint = session.complaint() else { continue }
      let shrunk = session.shrunk()
      let name = "seed-\(seed).trace"
      try shrunk.keep(as: name, because: complaint)
      Issue.record("seed \(seed): \(complaint); kept as \(Session.folder.path)/\(name):\n\(shrunk.trace)")
      return
    }
  }

  @Test("the order of idle variables changes no answer")
  func idleVariables() {
    for seed in Campaign.seeds(2_000) {
      var random = SplitMix64(seed: seed)
      let session = Session.random(using: &random)
      #expect(session.complaint(orderingIdle: false) == nil, "seed \(seed):\n\(session.trace)")
    }
  }

  @Test("the sessions that some solver once got wrong", arguments: Session.kept)
  func keptSessions(name: String) throws {
    let session = try Session(kept: name)
    #expect(session.complaint() == nil)
  }

  @Test("a trace says everything about a session")
  func traces() throws {
    #expect(!Session.kept.isEmpty)
    for seed in 0..<200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let session = Session.random(using: &random)
      #expect(try Session(trace: session.trace).calls == session.calls, "seed \(seed)")
    }
    #expect(throws: Call.Unreadable.self) { try Session(trace: "variable\nadd 1 x\n") }
    #expect(throws: Call.Unreadable.self) { try Session(trace: "sulk\n") }
  }

  @Test("failed assumptions contradict the clauses for a fresh solver")
  func failedAssumptions() {
    var unsatisfiable = 0
    for seed in 0..<1_000 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let formula = Formula.random(.threshold, using: &random)
      var solver = Solver.checking(formula)
      for _ in 0..<3 {
        let assumptions = Formula.clause(width: 4, over: formula.variableCount, using: &random)
        guard solver.solve(assuming: assumptions) == .unsatisfiable else { continue }
        unsatisfiable += 1
        var fresh = Solver.checking(formula)
        for literal in solver.failedAssumptions {
          #expect(assumptions.contains(literal), "seed \(seed)")
          fresh.add([literal])
        }
        #expect(fresh.solve() == .unsatisfiable, "seed \(seed)")
      }
    }
    #expect(unsatisfiable > 500)
  }

  @Test("a literal and its negation are both to blame")
  func contradictoryAssumptions() {
    var solver = Solver()
    let (first, second) = (solver.newVariable(), solver.newVariable())
    #expect(
      solver.solve(assuming: [first.positive, second.positive, second.negative]) == .unsatisfiable)
    #expect(Set(solver.failedAssumptions) == [second.positive, second.negative])
    solver.add([first.negative])
    #expect(solver.solve(assuming: [second.positive, first.positive]) == .unsatisfiable)
    #expect(solver.failedAssumptions == [first.positive])
    #expect(solver.solve(assuming: [second.positive, second.positive]) == .satisfiable)
  }

  @Test("a model stays readable while clauses are added")
  func modelOutlivesNewClauses() {
    var solver = Solver()
    let variable = solver.newVariable()
    solver.add([variable.positive])
    #expect(solver.solve() == .satisfiable)
    solver.add([solver.newVariable().positive, variable.negative])
    #expect(solver.value(variable.positive) && !solver.value(variable.negative))
  }

  @Test("the empty clause and repeated, tautological and contradicting clauses")
  func oddClauses() {
    var solver = Solver()
    let (first, second) = (solver.newVariable(), solver.newVariable())
    solver.add([first.positive, first.positive, second.negative, second.negative])
    solver.add([first.negative, second.positive, first.positive])
    #expect(solver.solve(assuming: [first.negative]) == .satisfiable)
    #expect(solver.value(second.negative) == true)
    solver.add([])
    #expect(solver.solve(assuming: [first.negative]) == .unsatisfiable)
    #expect(solver.failedAssumptions.isEmpty)
    solver.add([first.positive])
    #expect(solver.clauseCount == 4)
    #expect(solver.solve() == .unsatisfiable)
  }
}

import ProofChecker
import Support
import Testing

@testable import Satisfiability

@Suite struct ProofTests {
  @Test("every refutation of a random formula is accepted", arguments: Family.allCases)
  func refutations(family: Family) throws {
    var refuted = 0
    for seed in 0..<3_500 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let formula = Formula.random(family, using: &random)
      let recorder = ProofRecorder()
      var solver = Solver.checking(formula, reportingTo: recorder.sink)
      guard solver.solve() == .unsatisfiable else { continue }
      refuted += 1
      let refutation = recorder.refutation(by: solver)
      #expect(refutation.formula == formula)
      let verification = try verification(of: refutation, "\(family), seed \(seed)")
      #expect(verification?.derivedCount == refutation.steps.count)
    }
    #expect(family == .planted ? refuted == 0 : (525...2_975).contains(refuted), "\(refuted)")
  }

  @Test("every refutation of a few clauses over three variables is accepted")
  func exhaustive() throws {
    var refuted = 0
    for formula in Formula.fewClausesOverThreeVariables {
      let recorder = ProofRecorder()
      var solver = Solver.checking(formula, reportingTo: recorder.sink)
      guard solver.solve() == .unsatisfiable else { continue }
      refuted += 1
      _ = try verification(of: recorder.refutation(by: solver), formula.dimacs())
    }
    #expect(refuted == 1_661)
  }

  @Test("refutations under assumptions, call after call, are accepted")
  func assumptions() throws {
    var refuted = 0
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let recorder = ProofRecorder()
      var solver = Solver.checking(Formula(), reportingTo: recorder.sink)
      for _ in 0..<9 { _ = solver.newVariable() }
      for _ in 0..<12 {
        for _ in 0..<4 { solver.add(Formula.clause(width: 3, over: 9, using: &random)) }
        let assumptions = Formula.clause(width: 3, over: 9, using: &random)
        guard solver.solve(assuming: assumptions) == .unsatisfiable else { continue }
        refuted += 1
        let refutation = recorder.refutation(by: solver)
        let added = (solver.clauseCount..<refutation.formula.clauseCount).map {
          Array(refutation.formula[$0])
        }
        #expect(added == solver.failedAssumptions.map { [$0] })
        _ = try verification(of: refutation, "seed \(seed)")
      }
    }
    #expect(refuted > 1_000, "\(refuted)")
  }

  @Test("a whole proof with deletions, as it is streamed to a file, is accepted")
  func streamed() throws {
    let formula = Formula.pigeons(7, holes: 6)
    var lines: [UInt8] = []
    var solver = Solver.checking(
      formula, reportingTo: .lrat(givenCount: formula.clauseCount) { lines += $0 })
    #expect(solver.solve() == .unsatisfiable)
    #expect(String(decoding: lines, as: UTF8.self).contains(" d "))
    let verification = try Verification(of: Array(formula.dimacs().utf8), by: lines)
    #expect(verification.derivedCount >= solver.statistics.conflicts)
  }

  @Test("binary DRAT has the bytes of its definition")
  func binaryDRAT() {
    var bytes: [UInt8] = []
    let sink = ProofSink.binaryDRAT { bytes += $0 }
    sink.given(.given(1), [Variable(0).positive])
    sink.learned(.learned(1), [Variable(0).negative, Variable(62).positive, Variable(63).negative], [])
    sink.deleted(.learned(1), [Variable(8_191).positive])
    #expect(bytes == [0x61, 3, 126, 0x81, 1, 0, 0x64, 0x80, 0x80, 1, 0])
  }

  @Test("a solver that reports its reasoning searches as one that does not")
  func reportingChangesNothing() {
    var silent = Solver()
    var reporting = Solver(reportingTo: ProofRecorder().sink)
    silent.load(.pigeons(7, holes: 6))
    reporting.load(.pigeons(7, holes: 6))
    #expect(silent.solve() == reporting.solve())
    #expect(silent.statistics == reporting.statistics)
  }

  private func verification(of refutation: Refutation, _ comment: String) throws -> Verification? {
    do {
      return try Verification(of: Array(refutation.formula.dimacs().utf8), by: Array(refutation.lrat.utf8))
    } catch {
      Issue.record("\(comment): \(error)")
      return nil
    }
  }
}

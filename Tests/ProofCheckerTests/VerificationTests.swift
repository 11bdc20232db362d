import Testing

@testable import ProofChecker

@Suite struct VerificationTests {
  /// Two variables, all four clauses.
  private static let square = "p cnf 2 4\n1 2 0\n-1 2 0\n1 -2 0\n-1 -2 0\n"

  private func rejection(_ formula: String, _ proof: String) -> String? {
    do {
      _ = try Verification(of: Array(formula.utf8), by: Array(proof.utf8))
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a proof, its comments and its deletions")
  func accepted() throws {
    let proof = "c first the unit\n5 2 0 1 2 0\n5 d 1 2 0\n6 0 5 3 4 0\n"
    let verification = try Verification(of: Array(Self.square.utf8), by: Array(proof.utf8))
    #expect(verification.givenCount == 4)
    #expect(verification.derivedCount == 2)
    #expect(verification.hintCount == 5)
    #expect(rejection("p cnf 1 1\n0\n", "") == nil, "the empty clause may be given")
    #expect(rejection(Self.square, "5 1 -1 0 0\n6 2 2 0 1 2 0\n7 0 6 3 4 0") == nil)
  }

  @Test("whoever reads a long formula is asked all the while whether to go on", arguments: [0, 1, 3])
  func interrupted(patience: Int) throws {
    let clauses = String(repeating: "1 2 0\n", count: 100_000)
    for (header, announced) in [("p cnf 2 100000\n", true), ("p inccnf\n", false)] {
      let bytes = Array((header + clauses).utf8)
      var asked = 0
      let impatient = {
        asked += 1
        return asked > patience
      }
      let found = try FoundFormula(dimacs: bytes, shouldStop: impatient)
      #expect(found == nil && asked == patience + 1)
      guard announced else { continue }
      asked = 0
      let isNil = try ConjunctiveNormalForm(dimacs: bytes, shouldStop: impatient) == nil
      #expect(isNil && asked == patience + 1)
    }
    #expect(throws: Rejection.stopped(after: 0)) {
      _ = try Verification(of: Array(Self.square.utf8), by: []) { _ in true }
    }
  }

  struct Case: CustomTestStringConvertible {
    let proof: String
    let rejection: String
    var testDescription: String { proof }
  }

  @Test(
    "a step that is not justified is named",
    arguments: [
      Case(proof: "", rejection: "the proof does not derive the empty clause"),
      Case(proof: "5 2 0 1 2 0\n", rejection: "the proof does not derive the empty clause"),
      Case(
        proof: "4 2 0 1 2 0",
        rejection: "proof, line 1: step 4: a clause needs a greater number than those before it"),
      Case(
        proof: "\n5 2 0 1 2 0\n5 0 5 3 4 0",
        rejection: "proof, line 3: step 5: a clause needs a greater number than those before it"),
      Case(
        proof: "9999999999 2 0 1 2 0",
        rejection: "proof, line 1: step 9999999999: the number leaves too wide a gap"),
      Case(proof: "5 2 0 1 0", rejection: "proof, line 1: step 5: the hints end without a contradiction"),
      Case(proof: "5 2 0 0", rejection: "proof, line 1: step 5: the hints end without a contradiction"),
      Case(proof: "5 2 0 1 2 3 0", rejection: "proof, line 1: step 5: clause 2 is false, but hints follow"),
      Case(proof: "5 2 0 3 2 0", rejection: "proof, line 1: step 5: clause 3 forces nothing here"),
      Case(proof: "5 0 1 0", rejection: "proof, line 1: step 5: clause 1 forces nothing here"),
      Case(proof: "5 2 0 1 7 0", rejection: "proof, line 1: step 5: there is no clause 7"),
      Case(proof: "5 2 0 5 0", rejection: "proof, line 1: step 5: there is no clause 5"),
      Case(proof: "4 d 1 0\n5 2 0 1 2 0", rejection: "proof, line 2: step 5: there is no clause 1"),
      Case(proof: "4 d 8 0", rejection: "proof, line 1: step 4: there is no clause 8"),
      Case(
        proof: "5 2 0 1 -2 3 0",
        rejection: "proof, line 1: step 5: hint -2 belongs to a RAT step; only RUP steps are accepted"),
      Case(proof: "5 2 0 1 2", rejection: "proof, line 1, column 10: a hint is missing at the end"),
      Case(proof: "5 2 x", rejection: "proof, line 1, column 5: a literal is expected here"),
      Case(proof: "5 2 0 1 2x 0", rejection: "proof, line 1, column 9: a hint is expected here"),
      Case(
        proof: "-5 2 0 1 2 0",
        rejection: "proof, line 1, column 1: the number of a step must be between 1 and 9223372036854775807"),
      Case(proof: "5 99999999999999999999 0", rejection: "proof, line 1, column 3: the number is too great"),
    ])
  func rejected(_ row: Case) {
    #expect(rejection(Self.square, row.proof) == row.rejection)
  }

  @Test(
    "a formula that cannot be read is refused with line and column",
    arguments: [
      ("", "line 1, column 1: 'p cnf VARIABLES CLAUSES' is expected here"),
      ("c only\n", "line 2, column 1: 'p cnf VARIABLES CLAUSES' is expected here"),
      ("p dnf 1 1\n1 0\n", "line 1, column 3: 'cnf' is expected here"),
      ("p cnf 1\n", "line 2, column 1: the number of clauses is missing at the end"),
      ("p cnf -1 1\n", "line 1, column 7: the number of variables must be between 0 and 67108864"),
      ("p cnf 1 1\n2 0\n", "line 2, column 1: a literal must be between -1 and 1"),
      ("p cnf 1 1\n1 -0\n", "line 2, column 3: a literal is expected here"),
      ("p cnf 1 1\n1 - 0\n", "line 2, column 3: a literal is expected here"),
      ("p cnf 1 1\n1", "line 2, column 2: the last clause is not ended by 0"),
      ("p cnf 1 2\n1 0\n", "line 3, column 1: 2 clauses were announced, but there is 1"),
      ("p cnf 1 1\n1 0\n-1 0\n", "line 3, column 1: only 1 clause was announced"),
      ("p cnf 1 1\n1 0\n%\n0\n", "line 3, column 1: a literal is expected here"),
      ("p cnf 1 1\n1 0 c no\n", "line 2, column 5: a literal is expected here"),
    ])
  func unreadableFormula(formula: String, reason: String) {
    #expect(rejection(formula, "") == "formula, \(reason)")
  }
}

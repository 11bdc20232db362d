// The search says "none of these fault sets breaks it" only after a checker that knows nothing of the solver
// has replayed the solver's proof, clause by clause (Wetzler, Heule & Hunt, "DRAT-trim", SAT 2014; LRAT after
// Cruz-Filipe et al., CADE 2017).

import ProofChecker
import Satisfiability

/// A proof that the checker did not accept: a bug in the solver.
struct RejectedProof: Error {
  let description: String
}

extension FaultModel {
  /// Checks the proof of the last answer, which was unsatisfiable; `shouldStop` is polled every few hundred
  /// steps.
  ///
  /// - Returns: the number of clauses that the proof derives; nil where the check was stopped.
  borrowing func checkRefutation(shouldStop: () -> Bool) throws(RejectedProof) -> Int? {
    let refutation = refutation()
    var checker = ProofChecker()
    do throws(Flaw) {
      for (position, clause) in refutation.formula.clauses.enumerated() {
        try checker.assume(clause.map { Int32($0.dimacs) }, as: position + 1)
      }
      for (position, step) in refutation.steps.enumerated() {
        if position % 256 == 255, shouldStop() { return nil }
        try checker.derive(step.clause.map { Int32($0.dimacs) }, as: step.number, by: step.hints)
      }
    } catch {
      throw RejectedProof(description: "the proof of the solver is rejected: \(error)")
    }
    guard checker.hasRefuted else {
      throw RejectedProof(description: "the proof of the solver ends without a contradiction")
    }
    return refutation.steps.count
  }
}

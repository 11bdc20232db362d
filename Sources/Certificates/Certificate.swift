// A certificate is about a formula that nobody needs to believe: the reference encoder makes it from the
// program and the claim, and `verify` makes it again. Here the solver refutes it. It may simplify and
// eliminate as it likes, since it justifies every step; and since nothing of the search is reused, the
// search and the formula must agree.

import Answers
import Dedalus
import Documents
import ProofChecker
import ReferenceEncoder
import ReferenceEvaluator
import Satisfiability
import Scenarios
import Search

/// A proof of an answer that others can check without trusting the solver, the circuit or the search.
public struct Certificate: Sendable {
  /// The contents of `claim.json`.
  public let file: CertificateFile
  /// The contents of `formula.cnf`.
  public let formula: [UInt8]
  /// The contents of `proof.lrat`.
  public let proof: [UInt8]

  /// The parts of the work that take time.
  public enum Phase: Sendable {
    case encoding(ReferenceProgress)
    case solving(conflicts: Int)
    case checking(steps: Int)
  }

  /// Why there is no certificate.
  public enum Obstacle: Error {
    /// Patience ended.
    case limit
    /// The formula is too large to be written.
    case size
    /// The claim turns out to be wrong, which is a bug in Faultline.
    case disagreement(Disagreement)
  }

  /// Proves `claim`, which `answer` makes.
  public init(
    of answer: Answer, _ claim: CertificateClaim, patience: Patience,
    didProgress: @escaping (Phase) -> Void = { _ in }
  ) throws(Obstacle) {
    let stopwatch = Stopwatch(patience)
    let program = answer.question.program
    let question = claim.claim(of: answer.question).question(about: program)
    let encoded: ReferenceFormula
    do throws(UnfinishedFormula) {
      encoded = try ReferenceFormula(of: question) { progress in
        didProgress(.encoding(progress))
        return stopwatch.isOver
      }
    } catch {
      switch error {
      case .stopped: throw .limit
      case .tooLarge: throw .size
      case .unfounded(let reason):
        throw .disagreement(
          Disagreement(
            question: answer.question, scenario: Scenario(),
            description: "what is claimed of every EOT would follow from no formula: \(reason)"))
      }
    }
    formula = encoded.dimacs(comments: claim.comments(on: encoded, program))
    let limits = Limits { statistics in
      didProgress(.solving(conflicts: statistics.conflicts))
      return stopwatch.isOver
    }
    func disagreement(_ description: String) -> Obstacle {
      .disagreement(
        Disagreement(question: answer.question, scenario: Scenario(), description: description))
    }
    switch Self.refute(encoded, limits: limits) {
    case .unknown: throw .limit
    case .satisfiable: throw disagreement("the claim of the certificate has a counterexample")
    case .unsatisfiable(let proof): self.proof = proof
    }
    do throws(Rejection) {
      _ = try Verification(of: formula, by: proof) { steps in
        didProgress(.checking(steps: steps))
        return stopwatch.isOver
      }
    } catch {
      if case .stopped = error { throw .limit }
      throw disagreement("the certificate is rejected: \(error)")
    }
    file = CertificateFile(claim, formula: formula, proof: proof)
  }

  enum Outcome {
    case satisfiable, unknown
    case unsatisfiable(proof: [UInt8])
  }

  /// Asks the solver for a model of `formula`; where there is none, with a proof in the LRAT format.
  static func refute(_ formula: ReferenceFormula, limits: Limits) -> Outcome {
    let recorder = ProofRecorder()
    var solver = Solver(reportingTo: recorder.sink)
    solver.eliminatesVariables = true
    let variables = (0..<formula.variableCount).map { _ in solver.newVariable() }
    var clause: [Literal] = []
    for number in formula.numbers {
      guard number != 0 else {
        solver.add(clause)
        clause.removeAll(keepingCapacity: true)
        continue
      }
      let variable = variables[Int(number.magnitude) - 1]
      clause.append(number > 0 ? variable.positive : variable.negative)
    }
    assert(clause.isEmpty, "each clause of a formula ends with a 0")
    switch solver.solve(limits: limits) {
    case .satisfiable: return .satisfiable
    case .unknown: return .unknown
    case .unsatisfiable: return .unsatisfiable(proof: Array(recorder.refutation(by: solver).lrat.utf8))
    }
  }
}

extension CertificateClaim {
  /// What stands at the top of the formula: the claim, line by line, and what the variables of choices mean.
  func comments(on formula: ReferenceFormula, _ program: Program) -> [String] {
    let lines =
      json.text.split(separator: "\n").map { "claim \($0)" }
      + formula.choices.map { choice, variable in
        switch choice {
        case .fault(let fault): "fault \(variable) \(CertificateName.of(fault).string)"
        case .placing(let statement, let round):
          "choose \(variable) \(CertificateName.of(program.choices[statement], in: round, of: program).string)"
        }
      }
    assert(
      lines.allSatisfy { !$0.utf8.contains(UInt8(ascii: "\n")) },
      "a comment is a line, whatever names contain")
    return lines
  }
}

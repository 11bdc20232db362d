import Answers
import Certificates
import Dedalus
import Documents
import Files
import Texts

/// The report of `verify` on a certificate.
package struct VerificationReport {
  private let review: CertificateReview

  /// The report on `review`.
  package init(_ review: CertificateReview) { self.review = review }

  /// The exit code of the verdict.
  package var status: ExitStatus {
    switch review.verdict {
    case .valid: .success
    case .rejected: .broken
    case .inconclusive: .inconclusive
    }
  }

  private var statement: String { review.certificate.file.claim.statement }

  /// The report for people.
  package func text(_ paint: Paint) -> String {
    let statement = statement.showingEverything
    guard review.findings.isEmpty else {
      let lines = review.findings.map { finding in
        let line = finding.line.map { ":\($0)" } ?? ""
        return "  \(finding.path.showingEverything)\(line): \(finding.message.showingEverything)\n"
      }
      return paint.red("REJECTED") + "  \(statement)\n\n" + lines.joined()
    }
    guard let stop = review.stop else {
      return paint.green("VALID") + "  \(statement)\n\n" + proved + confirmed + trusted
    }
    return paint.yellow("INCONCLUSIVE")
      + "  \(stop.limit.words)\n\nNothing was found to be wrong until then.\n"
      + "  claimed  \(statement)\n" + checked(until: stop) + proved + confirmed
  }

  private func checked(until stop: CertificateReview.Stop) -> String {
    switch stop.phase {
    case .formula(let progress):
      let rounds = max(0, progress.round - 1)
      return "  made     \(counted(rounds, "round")) of the formula of the claim\n"
    case .proof(let steps):
      return "  checked  \(counted(steps, "step")) of the proof, and each is justified\n"
    case .runs: return ""
    }
  }

  private var proved: String {
    guard let proof = review.verification, let variables = review.variableCount else { return "" }
    let formula = "\(counted(variables, "variable")), \(counted(proof.givenCount, "clause"))"
    return
      "  proved   the formula of the claim (\(formula)), made again from the program, cannot be satisfied: "
      + "\(counted(proof.derivedCount, "step")), \(counted(proof.hintCount, "hint"))\n"
  }

  private var confirmed: String {
    let count = review.confirmedCount
    if count == 0 { return "" }
    return "  run      \(counted(count, "counterexample")), by the reference evaluator\n"
  }

  /// What the verdict rests on.
  private var trusted: String {
    let evaluator = review.confirmedCount > 0 ? ", the reference evaluator" : ""
    let argument = review.certificate.file.claim.settling == nil ? "" : ", its argument about every EOT"
    return
      "  trusted  the parser and the checker of programs, the reference encoder\(argument)\(evaluator) and the proof checker\n"
  }

  /// The report for programs.
  package var json: JSON {
    let findings = review.findings.map { Self.finding($0.path, $0.line, $0.message) }
    let document = Self.document(
      verdict: review.verdict, claim: .string(statement), findings: findings,
      formula: review.variableCount.map { ["variables": .integer($0)] } ?? .null,
      proof: review.verification.map {
        [
          "clauses": .integer($0.givenCount), "steps": .integer($0.derivedCount),
          "hints": .integer($0.hintCount),
        ]
      } ?? .null,
      runs: review.confirmedCount)
    return .object(document.members + (stopped.map { [$0] } ?? []))
  }

  fileprivate static func document(
    verdict: CertificateReview.Verdict, claim: JSON, findings: [JSON], formula: JSON = .null,
    proof: JSON = .null, runs: Int = 0
  ) -> JSON {
    [
      "format": "faultline-verification/1", "verdict": .string(verdict.rawValue), "claim": claim,
      "findings": .array(findings), "formula": formula, "proof": proof, "runs": .integer(runs),
    ]
  }

  fileprivate static func finding(_ path: String, _ line: Int?, _ message: String) -> JSON {
    ["file": .string(path), "line": line.map { .integer($0) } ?? .null, "message": .string(message)]
  }

  /// The limit that ended the review, and how far it had come.
  private var stopped: JSON.Member? {
    guard let stop = review.stop else { return nil }
    let steps: Int? = if case .proof(let steps) = stop.phase { steps } else { nil }
    let value: JSON = [
      "by": .string(stop.limit.kind.rawValue),
      "memoryLimit": stop.limit.memoryLimit.map { .integer($0.mebibytes) } ?? .null,
      "steps": steps.map { .integer($0) } ?? .null,
    ]
    return .init(key: "stopped", value: value)
  }
}

/// The report of `verify` on a claim that can be true of no program.
package struct ImpossibleClaimReport {
  private let error: InvalidFile

  /// The report on the claim about which `error` says why it is impossible.
  package init(_ error: InvalidFile) { self.error = error }

  /// The report for people.
  package func text(_ paint: Paint) -> String {
    let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
    return paint.red("REJECTED") + "  what is claimed can be true of no program\n\n"
      + "  \(error.path.showingEverything)\(place): \(error.message.showingEverything)\n"
  }

  /// The report for programs.
  package var json: JSON {
    VerificationReport.document(
      verdict: .rejected, claim: .null,
      findings: [VerificationReport.finding(error.path, error.position?.line, error.message)])
  }
}

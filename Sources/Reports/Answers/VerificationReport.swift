import Certificates
import Dedalus
import Documents
import Files
import Search
import Texts

/// The report of `verify` on a certificate.
package struct VerificationReport {
  private let review: CertificateReview
  private let seed: Int

  /// The report on `review`, whose random fault sets were drawn from `seed`.
  package init(_ review: CertificateReview, seed: Int) {
    self.review = review
    self.seed = seed
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
    guard let stopped = review.stopped else {
      return paint.green("VALID") + "  \(statement)\n\n" + proved + sampled
    }
    return paint.yellow("INCONCLUSIVE")
      + "  \(stopped.by.words)\n\nNothing was found to be wrong until then.\n"
      + "  claimed  \(statement)\n" + proved + sampled
  }

  private var proved: String {
    if let steps = review.stopped?.steps {
      return "  checked  \(counted(steps, "step")) of the proof, and each is justified\n"
    }
    guard let proof = review.verification else { return "" }
    let formula = "\(counted(review.variableCount, "variable")), \(counted(proof.givenCount, "clause"))"
    return "  proved   the formula (\(formula)) cannot be satisfied: "
      + "\(counted(proof.derivedCount, "step")), \(counted(proof.hintCount, "hint"))\n"
  }

  private var sampled: String {
    guard let audit = review.audit else { return "" }
    if audit.isStopped { return stoppedSample(audit) }
    if audit.isExhaustive {
      return """
          proved   the formula speaks of the program: a run agrees under \
        \(audit.comparedCount == 1 ? "the one" : "each of the \(audit.comparedCount)") \
        admissible fault \(audit.comparedCount == 1 ? "set" : "sets")

        """
    }
    return """
        sampled  the formula speaks of the program: a run agrees without faults, under \
      \(audit.singleCount == 1 ? "the" : "each of the \(audit.singleCount)") single \
      \(audit.singleCount == 1 ? "fault" : "faults"), and under \
      \(counted(audit.sampledCount, "random fault set")) (seed \(seed))

      """
  }

  private func stoppedSample(_ audit: Audit.Result) -> String {
    guard audit.comparedCount > 0 else { return "" }
    if audit.isExhaustive {
      return "  sampled  a run agrees under \(audit.comparedCount) of the "
        + "\(counted(audit.plannedCount, "admissible fault set"))\n"
    }
    return "  sampled  a run agrees without faults, under \(audit.singleCount) of the "
      + "\(counted(audit.plannedSingleCount, "single fault")), and under \(audit.sampledCount) of "
      + "\(counted(audit.plannedSampleCount, "random fault set")) (seed \(seed))\n"
  }

  /// The report for programs.
  package var json: JSON {
    let findings = review.findings.map { Self.finding($0.path, $0.line, $0.message) }
    let document = Self.document(
      verdict: review.verdict, claim: .string(statement), findings: findings,
      proof: review.verification.map {
        [
          "clauses": .integer($0.givenCount), "steps": .integer($0.derivedCount),
          "hints": .integer($0.hintCount),
        ]
      } ?? .null,
      comparison: review.audit.map {
        [
          "faultSets": .integer($0.comparedCount), "single": .integer($0.singleCount),
          "sampled": .integer($0.sampledCount), "exhaustive": .bool($0.isExhaustive),
        ]
      } ?? .null)
    return .object(document.members + (stopped.map { [$0] } ?? []))
  }

  fileprivate static func document(
    verdict: CertificateReview.Verdict, claim: JSON, findings: [JSON], proof: JSON = .null,
    comparison: JSON = .null
  ) -> JSON {
    [
      "format": "faultline-verification/1", "verdict": .string(verdict.rawValue), "claim": claim,
      "findings": .array(findings), "proof": proof, "comparison": comparison,
    ]
  }

  fileprivate static func finding(_ path: String, _ line: Int?, _ message: String) -> JSON {
    ["file": .string(path), "line": line.map { .integer($0) } ?? .null, "message": .string(message)]
  }

  /// The limit that ended the review, and how far it had come.
  private var stopped: JSON.Member? {
    guard let stopped = review.stopped else { return nil }
    let value: JSON = [
      "by": .string(stopped.by.kind.rawValue),
      "memoryLimit": stopped.by.memoryLimit.map { .integer($0.mebibytes) } ?? .null,
      "steps": stopped.steps.map { .integer($0) } ?? .null,
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

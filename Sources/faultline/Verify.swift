import ArgumentParser
import Dedalus
import FaultInjection

/// Certificates, checked by others than those who made them.
struct Verify: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a certificate of 'check' without solver, encoder or search.",
    discussion: """
      Replays the proof against the formula, compares all digests, and compares the formula with runs of a second, \
      plain evaluator: under every single fault, and under random admissible fault sets.

      Exit code: 0 valid, 1 rejected, 2 a file is unreadable.
      """)

  @Argument(help: "The folder that 'check --certificate' wrote.")
  var folder: String

  @Option(help: ArgumentHelp("How many random fault sets are run.", valueName: "n"))
  var samples: String = "1000"

  @Option(help: ArgumentHelp("What the random fault sets depend on.", valueName: "n"))
  var seed: String = "1"

  @Flag(help: "Print the result as one JSON document, and nothing else, on standard output.")
  var json = false

  func execute(_ console: Console) throws -> ExitStatus {
    let samples = try Count.parse(self.samples, "--samples", 0...10_000_000)
    let seed = try Count.parse(self.seed, "--seed", 0...Int.max)
    let certificate: CertificateFolder
    do {
      certificate = try CertificateFolder(folder)
    } catch let error as InvalidFile where error.code == CertificateFile.impossibleClaim {
      try console.write(json ? document(error).text : text(error, Paint(isOn: console.isColoured)))
      return .broken
    }
    let review = try CertificateReview(certificate, samples: samples, seed: UInt64(seed))
    try console.write(json ? document(review).text : text(review, Paint(isOn: console.isColoured)))
    return review.findings.isEmpty ? .success : .broken
  }

  private func text(_ error: InvalidFile, _ paint: Paint) -> String {
    let place = error.position.map { ":\($0.line):\($0.column)" } ?? ""
    return paint.red("REJECTED") + "  what is claimed can be true of no program\n\n"
      + "  \(error.path.showingEverything)\(place): \(error.message.showingEverything)\n"
  }

  private func document(_ error: InvalidFile) -> JSON {
    [
      "format": "faultline-verification/1",
      "verdict": "rejected",
      "claim": .null,
      "findings": [
        [
          "file": .string(error.path), "line": error.position.map { .integer($0.line) } ?? .null,
          "message": .string(error.message),
        ]
      ],
      "proof": .null,
      "comparison": .null,
    ]
  }

  private func text(_ review: CertificateReview, _ paint: Paint) -> String {
    let statement = review.certificate.file.claim.statement.showingEverything
    guard review.findings.isEmpty else {
      let lines = review.findings.map { finding in
        let line = finding.line.map { ":\($0)" } ?? ""
        return "  \(finding.path.showingEverything)\(line): \(finding.message.showingEverything)\n"
      }
      return paint.red("REJECTED") + "  \(statement)\n\n" + lines.joined()
    }
    return paint.green("VALID") + "  \(statement)\n\n" + proved(review) + sampled(review)
  }

  private func proved(_ review: CertificateReview) -> String {
    guard let proof = review.verification else { return "" }
    return """
        proved   the formula (\(review.variableCount) variables, \(proof.givenCount) clauses) cannot be satisfied: \
      \(proof.derivedCount) steps, \(proof.hintCount) hints

      """
  }

  private func sampled(_ review: CertificateReview) -> String {
    guard let audit = review.audit else { return "" }
    if audit.isExhaustive {
      return """
          proved   the formula speaks of the program: a run agrees under each of the \(audit.comparedCount) \
        admissible fault sets

        """
    }
    return """
        sampled  the formula speaks of the program: a run agrees without faults, under each of the \
      \(audit.singleCount) single faults, and under \(audit.sampledCount) random fault sets (seed \(seed))

      """
  }

  private func document(_ review: CertificateReview) -> JSON {
    [
      "format": "faultline-verification/1",
      "verdict": review.findings.isEmpty ? "valid" : "rejected",
      "claim": .string(review.certificate.file.claim.statement),
      "findings": .array(
        review.findings.map {
          [
            "file": .string($0.path), "line": $0.line.map { .integer($0) } ?? .null,
            "message": .string($0.message),
          ]
        }),
      "proof": review.verification.map {
        [
          "clauses": .integer($0.givenCount), "steps": .integer($0.derivedCount),
          "hints": .integer($0.hintCount),
        ]
      } ?? .null,
      "comparison": review.audit.map {
        [
          "faultSets": .integer($0.comparedCount), "single": .integer($0.singleCount),
          "sampled": .integer($0.sampledCount), "exhaustive": .bool($0.isExhaustive),
        ]
      } ?? .null,
    ]
  }
}

// What `verify` says of a certificate: of one that is right, of one that was changed, of one that it had no
// time for.

import Answers
import Certificates
import Dedalus
import Documents
import Files
import Search
import Support
import Testing

@testable import Reports

@Suite("Reviews of certificates as reports")
struct VerificationReportTests {
  /// A folder with a program and a certificate of what holds of it, or of its counterexample.
  private func certified(eff: Int) throws -> TestFolder {
    let folder = try TestFolder(["p.ded": UnrepeatedBroadcast.program])
    let answer = try check(Example.question(eff: eff))
    let digest = "sha256:" + SHA256.hexadecimalDigest(of: Array(UnrepeatedBroadcast.program.utf8))
    let claim = try #require(
      CertificateClaim(answer, files: [.init(path: "p.ded", digest: digest)], included: []))
    let certificate = try #require(try Certificate(of: answer, claim, patience: Patience()))
    try folder.write(certificate.formula, to: CertificateFile.names.formula)
    try folder.write(certificate.proof, to: CertificateFile.names.proof)
    try folder.write(certificate.file.json.text, to: CertificateFile.names.claim)
    return folder
  }

  private func report(
    _ folder: TestFolder, _ patience: Patience = Patience()
  ) throws -> VerificationReport {
    let review = try CertificateReview(
      CertificateFolder(folder.path), Stopwatch(patience), didProgress: { _ in })
    return VerificationReport(review)
  }

  private let plain = Paint(isOn: false)

  @Test("a certificate that is right, and what that rests on")
  func valid() throws {
    let report = try self.report(certified(eff: 0))
    #expect(
      report.text(plain) == """
        VALID  no set of faults within the bounds breaks 'post'

          proved   the formula of the claim (1 variable, 2 clauses), made again from the program, cannot be satisfied: \
        1 step, 2 hints
          trusted  the parser and the checker of programs, the reference encoder and the proof checker

        """)
    #expect(
      report.json.text == """
        {
          "format": "faultline-verification/1",
          "verdict": "valid",
          "claim": "no set of faults within the bounds breaks 'post'",
          "findings": [],
          "formula": {"variables": 1},
          "proof": {"clauses": 2, "steps": 1, "hints": 2},
          "runs": 0
        }

        """)
  }

  @Test("a certificate of a counterexample, which is run")
  func minimum() throws {
    let report = try self.report(certified(eff: 2))
    #expect(
      report.text(plain) == """
        VALID  this fault breaks 'post', which holds without faults

          proved   the formula of the claim (21 variables, 45 clauses), made again from the program, cannot be satisfied: \
        11 steps, 26 hints
          run      1 counterexample, by the reference evaluator
          trusted  the parser and the checker of programs, the reference encoder, the reference evaluator and the proof \
        checker

        """)
    #expect(report.json.text.contains(#""runs": 1"#))
  }

  @Test("a changed source, and where one sees it")
  func rejected() throws {
    let folder = try certified(eff: 0)
    try folder.write(UnrepeatedBroadcast.program + "// once more", to: "p.ded")
    let report = try self.report(folder)
    #expect(
      report.text(plain).hasPrefix("REJECTED  no set of faults within the bounds breaks 'post'\n\n  ")
        && report.text(plain).hasSuffix(
          "/p.ded: its digest is not the one of the claim: it has been changed\n")
    )
    #expect(
      report.json.text.contains("\"verdict\": \"rejected\"") && report.json.text.contains("\"line\": null"))
    #expect(report.text(Paint(isOn: true)).hasPrefix("\u{1B}[1;31mREJECTED\u{1B}[0m  no set"))
  }

  @Test("a limit, with what was found until then")
  func stopped() throws {
    let report = try self.report(certified(eff: 0), Patience(isInterrupted: { true }))
    #expect(
      report.text(plain).hasPrefix(
        """
        INCONCLUSIVE  interrupted

        Nothing was found to be wrong until then.
          claimed  no set of faults within the bounds breaks 'post'

        """))
    #expect(report.json.text.contains("\"by\": \"interrupted\", \"memoryLimit\": null"))
  }

  @Test("a claim that can be true of no program")
  func impossible() {
    let error = InvalidFile(
      path: "c/claim.json", position: .init(line: 3, column: 9), code: CertificateFile.impossibleClaim,
      message: "EFF is above EOT")
    let report = ImpossibleClaimReport(error)
    #expect(
      report.text(plain) == """
        REJECTED  what is claimed can be true of no program

          c/claim.json:3:9: EFF is above EOT

        """)
    #expect(
      report.json.text == """
        {
          "format": "faultline-verification/1",
          "verdict": "rejected",
          "claim": null,
          "findings": [{"file": "c/claim.json", "line": 3, "message": "EFF is above EOT"}],
          "formula": null,
          "proof": null,
          "runs": 0
        }

        """)
  }
}

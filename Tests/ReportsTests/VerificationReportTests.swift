// What `verify` says of a certificate: of one that is right, of one that was changed, of one that it had no
// time for.

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
    _ folder: TestFolder, samples: Int = 100, _ patience: Patience = Patience()
  ) throws -> VerificationReport {
    let review = try CertificateReview(
      CertificateFolder(folder.path), samples: samples, seed: 7, Stopwatch(patience), didProgress: { _ in })
    return VerificationReport(review, seed: 7)
  }

  private let plain = Paint(isOn: false)

  @Test("a certificate that is right, and of which every set was run")
  func exhaustive() throws {
    let report = try self.report(certified(eff: 0))
    #expect(
      report.text(plain) == """
        VALID  no set of faults within the bounds breaks 'post'

          proved   the formula (1 variable, 2 clauses) cannot be satisfied: 1 step, 2 hints
          proved   the formula speaks of the program: a run agrees under the one admissible fault set

        """)
    #expect(
      report.json.text == """
        {
          "format": "faultline-verification/1",
          "verdict": "valid",
          "claim": "no set of faults within the bounds breaks 'post'",
          "findings": [],
          "proof": {"clauses": 2, "steps": 1, "hints": 2},
          "comparison": {"faultSets": 1, "single": 0, "sampled": 0, "exhaustive": true}
        }

        """)
  }

  @Test("a certificate of which some sets were drawn at random")
  func sampled() throws {
    let folder = try certified(eff: 2)
    let proved = """
      VALID  this fault breaks 'post', which holds without faults

        proved   the formula (8 variables, 17 clauses) cannot be satisfied: 6 steps, 15 hints

      """
    #expect(
      try report(folder, samples: 100).text(plain) == proved + """
          proved   the formula speaks of the program: a run agrees under each of the 64 admissible fault sets

        """)
    let sampled = try report(folder, samples: 20)
    #expect(
      sampled.text(plain) == proved + """
          sampled  the formula speaks of the program: a run agrees without faults, under each of the 6 single faults, \
        and under 20 random fault sets (seed 7)

        """)
    #expect(
      sampled.json.text.contains(#"{"faultSets": 27, "single": 6, "sampled": 20, "exhaustive": false}"#))
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
          "proof": null,
          "comparison": null
        }

        """)
  }
}

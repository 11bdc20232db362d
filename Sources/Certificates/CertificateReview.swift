// Everything that can be wrong with a certificate is checked, in an order in which no finding makes a later
// one meaningless: the digests; that the formula's header repeats the claim; the proof; that the formula
// describes the program, which requires an unchanged program and a consistent claim. A formula or a proof
// that cannot be parsed is a finding too if its digest says that it was changed. If not, it was never part of
// a certificate, which is an error.

import Dedalus
import Files
import ProofChecker
import Scenarios
import Search

/// The review of one certificate, as far as patience allows.
package struct CertificateReview {
  /// Something that is wrong, and where.
  package struct Finding {
    package let path: String
    package let line: Int?
    package let message: String
  }

  package private(set) var findings: [Finding] = []
  /// The formula and the proof, if they do not have the digests of the claim.
  private var changed: [String] = []
  /// The statistics of the proof; nil where it was rejected.
  package private(set) var verification: Verification?
  /// The result of the comparison; nil where it could not be made.
  package private(set) var audit: Audit.Result?
  /// The limit that ended the review early; and the number of proof steps justified so far, if the proof was
  /// being checked.
  package private(set) var stopped: (by: Limit, steps: Int?)?
  /// The number of variables of the formula.
  package private(set) var variableCount = 0
  package let certificate: CertificateFolder
  private let stopwatch: Stopwatch
  private let didProgress: (Phase) -> Void

  /// The parts of a review that take time.
  package enum Phase {
    case proof(steps: Int)
    case comparison(Audit.Result)
  }

  /// Reviews `certificate` under fault sets drawn from `seed`, and reports progress to the caller.
  ///
  /// - Throws: `InvalidFile` where a file is not a formula or a proof, and by its digest never was.
  package init(
    _ certificate: CertificateFolder, samples: Int, seed: UInt64, _ stopwatch: Stopwatch,
    didProgress: @escaping (Phase) -> Void
  ) throws {
    self.certificate = certificate
    self.stopwatch = stopwatch
    self.didProgress = didProgress
    let areSourcesSure = checkDigests()
    guard let formula = try readFormula() else { return }
    variableCount = formula.clauses.variableCount
    let isClaimSure = checkClaim(formula)
    try checkProof()
    if isClaimSure, areSourcesSure, stopped == nil { try compare(formula, samples, seed) }
  }

  private var formulaPath: String { certificate.path(CertificateFile.names.formula) }
  private var proofPath: String { certificate.path(CertificateFile.names.proof) }
  private var claimPath: String { certificate.path(CertificateFile.names.claim) }

  private mutating func report(_ path: String, line: Int? = nil, _ message: String) {
    findings.append(Finding(path: path, line: line, message: message))
  }

  private mutating func readFormula() throws(InvalidFile) -> CertificateFormula? {
    do throws(FormatError) {
      if let formula = try CertificateFormula(certificate.formula, shouldStop: { stopwatch.isOver }) {
        return formula
      }
      stopped = (stopwatch.reason, 0)
      return nil
    } catch {
      try reject(error, in: formulaPath, code: "bad-dimacs")
      return nil
    }
  }

  /// Reports that the file at `path` cannot be parsed, if it has been changed.
  private mutating func reject(_ error: FormatError, in path: String, code: String) throws(InvalidFile) {
    guard changed.contains(path) else { throw InvalidFile(error, path: path, code: code) }
    report(path, line: error.line, "in column \(error.column): \(error.reason)")
  }

  /// Whether the claim is consistent and the formula's header repeats it.
  private mutating func checkClaim(_ formula: CertificateFormula) -> Bool {
    guard certificate.file.isConsistent else {
      report(claimPath, "'statement' and 'harmlessUpTo' do not say what the rest of the claim says")
      return false
    }
    let claimed = certificate.file.claim.lines
    guard formula.claim != claimed else { return true }
    let place = zip(formula.claim, claimed).prefix { $0 == $1 }.count
    let expected = place < claimed.count ? "'\(claimed[place].string)'" : "no more"
    report(
      formulaPath, line: formula.claimLine + place,
      "the header does not repeat the claim of \(CertificateFile.names.claim), which says \(expected) here")
    return false
  }

  /// Whether the sources are those of the claim.
  private mutating func checkDigests() -> Bool {
    let file = certificate.file
    for (path, bytes, digest) in [
      (formulaPath, certificate.formula, file.formulaDigest),
      (proofPath, certificate.proof, file.proofDigest),
    ] where "sha256:" + SHA256.hexadecimalDigest(of: bytes) != digest {
      changed.append(path)
      report(path, "its digest is not the one in \(CertificateFile.names.claim): it has been changed")
    }
    let sources = certificate.sources.filter { $0.claimed != $0.found }
    for source in sources {
      report(source.path, "its digest is not the one of the claim: it has been changed")
    }
    return sources.isEmpty
  }

  /// The result of a review.
  package enum Verdict: String, Sendable { case valid, rejected, inconclusive }

  /// The result, as far as the certificate was reviewed.
  package var verdict: Verdict {
    findings.isEmpty ? (stopped == nil ? .valid : .inconclusive) : .rejected
  }

  private mutating func checkProof() throws(InvalidFile) {
    do throws(Rejection) {
      verification = try Verification(of: certificate.formula, by: certificate.proof) {
        [stopwatch, didProgress] steps in
        didProgress(.proof(steps: steps))
        return stopwatch.isOver
      }
    } catch {
      switch error {
      case .formula(let error): try reject(error, in: formulaPath, code: "bad-dimacs")
      case .proof(let error): try reject(error, in: proofPath, code: "bad-proof")
      case .step(let flaw, let line): report(proofPath, line: line, flaw.description)
      case .unfinished: report(proofPath, error.description)
      case .stopped(let steps): stopped = (stopwatch.reason, steps)
      }
    }
  }

  private mutating func compare(_ formula: CertificateFormula, _ samples: Int, _ seed: UInt64) throws {
    let program: Program
    let claim: Claim
    do {
      program = try Program(reading: certificate.programFiles)
      claim = try certificate.file.claim.claim(about: program)
    } catch let error as InvalidProgram {
      let first = error.diagnostics.first { $0.severity == .error }
      return report(claimPath, "its files are no program" + (first.map { ": \($0.message)" } ?? ""))
    } catch let error as InvalidQuestion {
      return report(claimPath, "it cannot be true of its program: \(error.message)")
    }
    guard program.sources.map({ "sha256:" + $0.digest }).sorted() == certificate.sources.map(\.found).sorted()
    else {
      return report(claimPath, "the program includes other files than those of the claim")
    }
    var audit = Audit(of: formula, program: program, claim: claim)
    let result = audit.result(samples: samples, seed: seed) { [stopwatch, didProgress] result in
      didProgress(.comparison(result))
      return stopwatch.isOver
    }
    if result.isStopped { stopped = (stopwatch.reason, nil) }
    for finding in result.findings { report(formulaPath, line: finding.line, finding.text) }
    self.audit = result
  }
}

extension InvalidFile {
  /// `error` in the file at `path`.
  init(_ error: FormatError, path: String, code: String) {
    self.init(
      path: path, position: .init(line: error.line, column: error.column), code: code, message: error.reason)
  }
}

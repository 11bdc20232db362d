// A certificate is checked in an order in which no finding makes a later one meaningless: the digests; that
// the parts of the claim agree; that the formula is the one that the reference encoder makes of the program
// and the claim; the proof; the runs of counterexamples. A proof that cannot be parsed is a finding if its
// digest says that it was changed. If not, it was never part of a certificate, which is an error.

import Answers
import Dedalus
import Files
import ProofChecker
import ReferenceEncoder
import ReferenceEvaluator
import Scenarios

/// The review of one certificate, as far as patience allows.
package struct CertificateReview {
  /// Something that is wrong, and where.
  package struct Finding {
    package let path: String
    package let line: Int?
    package let message: String
  }

  /// The parts of a review that take time.
  package enum Phase {
    case formula(ReferenceProgress)
    case proof(steps: Int)
    case runs(Int)
  }

  /// Where a limit ended the review.
  package struct Stop {
    package let limit: Limit
    package let phase: Phase
  }

  package private(set) var findings: [Finding] = []
  /// The formula and the proof, if they do not have the digests of the claim.
  private var changed: [String] = []
  /// The number of variables of the formula; nil where it could not be made, or is another than that of the
  /// certificate.
  package private(set) var variableCount: Int?
  /// The statistics of the proof; nil where it was rejected.
  package private(set) var verification: Verification?
  /// The number of counterexamples that a run has confirmed.
  package private(set) var confirmedCount = 0
  package private(set) var stop: Stop?
  package let certificate: CertificateFolder
  private let stopwatch: Stopwatch
  private let didProgress: (Phase) -> Void

  /// Reviews `certificate` and reports progress to the caller.
  ///
  /// - Throws: `InvalidFile` where a file is no proof, and by its digest never was.
  package init(
    _ certificate: CertificateFolder, _ stopwatch: Stopwatch, didProgress: @escaping (Phase) -> Void
  ) throws {
    self.certificate = certificate
    self.stopwatch = stopwatch
    self.didProgress = didProgress
    let areSourcesSure = checkDigests()
    guard checkClaim(), areSourcesSure, let (program, claim) = try readProgram() else { return }
    guard let formula = makeFormula(of: program, claim) else { return }
    try checkProof(of: formula)
    if stop == nil { runCounterexamples(of: program, claim) }
  }

  private var formulaPath: String { certificate.path(CertificateFile.names.formula) }
  private var proofPath: String { certificate.path(CertificateFile.names.proof) }
  private var claimPath: String { certificate.path(CertificateFile.names.claim) }

  private mutating func report(_ path: String, line: Int? = nil, _ message: String) {
    findings.append(Finding(path: path, line: line, message: message))
  }

  /// The result of a review.
  package enum Verdict: String, Sendable { case valid, rejected, inconclusive }

  /// The result, as far as the certificate was reviewed.
  package var verdict: Verdict {
    guard findings.isEmpty else { return .rejected }
    guard stop == nil else { return .inconclusive }
    assert(
      variableCount != nil && verification != nil,
      "where nothing was found and nothing stopped it, a review has made the formula and seen the whole proof"
    )
    assert(
      confirmedCount == certificate.file.claim.breaking.count, "and a run has confirmed each counterexample")
    return .valid
  }
}

// MARK: Claim and program

extension CertificateReview {
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

  /// Whether the parts of the claim agree.
  private mutating func checkClaim() -> Bool {
    if certificate.file.isConsistent { return true }
    report(claimPath, "'statement' and 'harmlessUpTo' do not say what the rest of the claim says")
    return false
  }

  /// The program, and the claim about it; nil where it cannot be true of it.
  private mutating func readProgram() throws -> (Program, Claim)? {
    let program: Program
    let claim: Claim
    do {
      program = try Program(reading: certificate.programFiles)
      claim = try certificate.file.claim.claim(about: program)
    } catch let error as InvalidProgram {
      let first = error.diagnostics.first { $0.severity == .error }
      report(claimPath, "its files are no program" + (first.map { ": \($0.message)" } ?? ""))
      return nil
    } catch let error as InvalidQuestion {
      report(claimPath, "it cannot be true of its program: \(error.message)")
      return nil
    }
    guard program.sources.map({ "sha256:" + $0.digest }).sorted() == certificate.sources.map(\.found).sorted()
    else {
      report(claimPath, "the program includes other files than those of the claim")
      return nil
    }
    return (program, claim)
  }
}

// MARK: Formula, proof and runs

extension CertificateReview {
  /// The formula that belongs to the claim; nil where it cannot be made, or is another than that of the
  /// certificate.
  private mutating func makeFormula(of program: Program, _ claim: Claim) -> [UInt8]? {
    var progress = ReferenceProgress(round: 0, variables: 0)
    let formula: ReferenceFormula
    do throws(UnfinishedFormula) {
      formula = try ReferenceFormula(of: claim.question(about: program)) { [stopwatch, didProgress] state in
        progress = state
        didProgress(.formula(state))
        return stopwatch.isOver
      }
    } catch {
      switch error {
      case .stopped: stop = Stop(limit: stopwatch.reason, phase: .formula(progress))
      case .tooLarge(let size, let round):
        report(claimPath, "its formula is too large: it has more than \(size) variables by round \(round)")
      case .unfounded(let reason):
        report(claimPath, "what it claims of every EOT would follow from no formula: \(reason)")
      }
      return nil
    }
    if formula.demandsNothing { report(claimPath, "without faults, the outcome is empty") }
    let bytes = formula.dimacs(comments: certificate.file.claim.comments(on: formula, program))
    guard bytes == certificate.formula else {
      reportDifference(from: bytes)
      return nil
    }
    variableCount = formula.variableCount
    return bytes
  }

  /// Reports where the formula of the certificate differs from `expected`.
  private mutating func reportDifference(from expected: [UInt8]) {
    assert(expected != certificate.formula, "there is a difference to be reported")
    let same = zip(expected, certificate.formula).prefix { $0 == $1 }.count
    let newline = UInt8(ascii: "\n")
    let start = expected[..<same].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let line = expected[start...].prefix { $0 != newline }
    let words = line.isEmpty ? "no more" : "'\(String(decoding: line, as: UTF8.self))'"
    report(
      formulaPath, line: expected[..<same].count { $0 == newline } + 1,
      "it is not the formula of the claim and its program, which has \(words) here")
  }

  private mutating func checkProof(of formula: [UInt8]) throws(InvalidFile) {
    do throws(Rejection) {
      verification = try Verification(of: formula, by: certificate.proof) {
        [stopwatch, didProgress] steps in
        didProgress(.proof(steps: steps))
        return stopwatch.isOver
      }
    } catch {
      switch error {
      case .formula(let error): preconditionFailure("the encoder writes formulas: \(error)")
      case .proof(let error):
        guard changed.contains(proofPath) else {
          throw InvalidFile(error, path: proofPath, code: "bad-proof")
        }
        report(proofPath, line: error.line, "in column \(error.column): \(error.reason)")
      case .step(let flaw, let line): report(proofPath, line: line, flaw.description)
      case .unfinished: report(proofPath, error.description)
      case .stopped(let steps): stop = Stop(limit: stopwatch.reason, phase: .proof(steps: steps))
      }
    }
  }

  /// Runs every counterexample of the claim.
  private mutating func runCounterexamples(of program: Program, _ claim: Claim) {
    guard !claim.counterexamples.isEmpty else { return }
    let shouldStop = { [stopwatch] in stopwatch.isOver }
    // What compares with it leaves nothing to be chosen.
    assert(stop == nil, "a review that was stopped goes no further")
    let baseline = claim.execution(of: program, under: [], [], shouldStop: shouldStop)
    for counterexample in claim.counterexamples {
      didProgress(.runs(confirmedCount))
      let run = claim.execution(
        of: program, under: counterexample.faults, counterexample.inputs, shouldStop: shouldStop)
      if shouldStop() {
        stop = Stop(limit: stopwatch.reason, phase: .runs(confirmedCount))
        return
      }
      if let flaw = claim.flaw(of: counterexample, of: program, in: run, baseline: baseline) {
        report(claimPath, flaw)
      } else {
        confirmedCount += 1
      }
    }
  }
}

extension InvalidFile {
  /// `error` in the file at `path`.
  fileprivate init(_ error: FormatError, path: String, code: String) {
    self.init(
      path: path, position: .init(line: error.line, column: error.column), code: code, message: error.reason)
  }
}

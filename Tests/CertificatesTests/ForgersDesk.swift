import Answers
import Dedalus
import Documents
import Files
import Properties
import ReferenceEncoder
import ReferenceEvaluator
import Support

@testable import Certificates

/// A folder with a program and room for a certificate, in which everything can be made to fit but the truth.
struct ForgersDesk {
  let folder: TestFolder
  let program: Program
  let files: [AskedQuestion.Source]

  init(_ text: String) throws {
    folder = try TestFolder(["p.ded": text])
    program = try Program(reading: [folder["p.ded"]])
    let digest = "sha256:" + SHA256.hexadecimalDigest(of: Array(text.utf8))
    files = [.init(path: "p.ded", digest: digest)]
  }

  /// The question that a scenario line with these `words` asks.
  func question(_ words: String) throws -> Question {
    let line = SourceFile(path: "line", bytes: Array("//! scenario \(words) expect=holds\n".utf8))
    let scenarios = try ScenarioLine.all(in: line)
    return try scenarios[0].question(about: program)
  }

  /// Writes a certificate, and reviews it as `verify` does.
  func review(_ certificate: Certificate) throws -> CertificateReview {
    try review(certificate.file, certificate.formula, certificate.proof)
  }

  func review(_ file: CertificateFile, _ formula: [UInt8], _ proof: [UInt8]) throws -> CertificateReview {
    try folder.write(file.json.text, to: "claim.json")
    try folder.write(formula, to: "formula.cnf")
    try folder.write(proof, to: "proof.lrat")
    return try CertificateReview(CertificateFolder(folder.path), Stopwatch(Patience())) { _ in }
  }

  /// A certificate of `claim` with the formula and the proof of another question, made to fit: the header
  /// repeats the claim, and all digests are right. Where `usesOwnFormula`, only the proof is another's.
  func forge(
    _ claim: CertificateClaim, from question: ReferenceQuestion, usesOwnFormula: Bool = false
  ) throws -> CertificateReview {
    var formula = try ReferenceFormula(of: question)
    guard case .unsatisfiable(let proof) = Certificate.refute(formula, limits: .none) else {
      throw Unprovable()
    }
    if usesOwnFormula {
      formula = try ReferenceFormula(of: claim.claim(about: program).question(about: program))
    }
    let bytes = formula.dimacs(comments: claim.comments(on: formula, program))
    return try review(CertificateFile(claim, formula: bytes, proof: proof), bytes, proof)
  }

  /// What the forger wants to prove is true as it stands, so the forgery would need a lie elsewhere.
  struct Unprovable: Error {}

  /// The text of a claim file for `claim` that lists `sets` instead.
  func document(_ claim: CertificateClaim, listing sets: [CertificateClaim.BreakingFaults]) -> String {
    let honest = CertificateFile(claim, formula: [], proof: []).json.text
    let list = CertificateClaim(claim.asked, .minimalSets(sets, isComplete: true)).json.text
    guard let start = honest.range(of: "\"minimalSets\""), let own = list.range(of: "\"minimalSets\""),
      let end = honest.range(of: "\"formula\":")
    else { return "" }
    let body = list[own.lowerBound...].dropLast(2)
    return honest[..<start.lowerBound] + body + "},\n  " + honest[end.lowerBound...]
  }
}

import ArgumentParser
import Certificates
import Dedalus
import Documents
import Properties
import Reports
import Scenarios
import Search
import Texts
import Workbench

/// The option to certify an answer.
struct CertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a proof of what is said to be impossible into this folder; 'verify' checks it.",
      valueName: "folder"))
  var certificate: String?

  /// Adds the certificate's files to those that the call writes.
  func add(to files: inout OutputFiles) {
    let names = CertificateFile.names
    files.add(folder: certificate, files: [names.formula, names.proof, names.claim])
  }

  /// Proves what `report` says is impossible, and writes the proof, where there is something to prove.
  ///
  /// - Throws: `Disagreement`, which is a bug in Faultline.
  func certify(
    _ report: inout Report, to files: inout OutputFiles, _ patience: Patience, _ console: Console
  ) throws(Disagreement) {
    guard let folder = certificate else { return }
    let answer = report.answer
    let sources = AskedQuestion.Source.all(
      of: answer.question.program, files: report.files, seenFrom: folder)
    var settled: Settled?
    if case .settled(let found) = report.settlement { settled = found }
    guard
      let claim = CertificateClaim(answer, settled, files: sources.given, included: sources.included)
    else {
      console.report("note: nothing is proved, so there is no certificate\n")
      return
    }
    guard let certificate = try prove(claim, of: answer, patience, console) else { return }
    // The claim comes last, because there is no certificate without it.
    let contents = [
      (CertificateFile.names.formula, certificate.formula), (CertificateFile.names.proof, certificate.proof),
      (CertificateFile.names.claim, Array(certificate.file.json.text.utf8)),
    ]
    for (name, bytes) in contents {
      guard files.write(bytes, to: OutputFiles.path(of: name, in: folder)) else { return }
    }
    report.certificate = folder
    report.certificateFile = certificate.file
    if answer.minimalSets != nil, answer.renamings != nil {
      console.report(
        "note: the certificate is about the first set: no smaller one breaks it; it does not prove the list\n"
      )
    }
  }

  /// The certificate of `claim`; where there is none, a note says why.
  private func prove(
    _ claim: CertificateClaim, of answer: Answer, _ patience: Patience, _ console: Console
  ) throws(Disagreement) -> Certificate? {
    let line = ProgressLine(console)
    do throws(Certificate.Obstacle) {
      return try Certificate(of: answer, claim, patience: patience) { phase in
        if patience.didProgress != nil { line.tell(phase.line) }
      }
    } catch {
      switch error {
      case .disagreement(let disagreement): throw disagreement
      case .limit:
        console.report("note: a limit was reached before the certificate was complete; there is none\n")
      case .size: console.report("note: the formula of the certificate would be too large; there is none\n")
      }
      return nil
    }
  }
}

extension Certificate.Phase {
  /// The current state in words.
  fileprivate var line: String {
    switch self {
    case .encoding(let progress): "certifying; \(progress.line)"
    case .solving(let conflicts): "certifying; solving; \(counted(conflicts, "conflict"))"
    case .checking(let steps): "certifying; checking the proof; \(counted(steps, "step"))"
    }
  }
}

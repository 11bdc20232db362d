import ArgumentParser
import Certificates
import Dedalus
import Documents
import Reports
import Search

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
    guard let claim = CertificateClaim(answer, files: sources.given, included: sources.included) else {
      console.report("note: nothing is proved, so there is no certificate\n")
      return
    }
    guard let certificate = try Certificate(of: answer, claim, patience: patience) else {
      console.report("note: a limit was reached before the certificate was complete; there is none\n")
      return
    }
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
    if answer.minimalSets != nil {
      console.report(
        "note: the certificate is about the first set: no smaller one breaks it; it does not prove the list\n"
      )
    }
  }
}

import Answers
import ArgumentParser
import Certificates
import Evaluation
import Properties
import Reports
import Search
import Workbench

/// The option to certify an answer.
struct CertificateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write a proof of what is said to be impossible into this folder; 'verify' checks it.",
      valueName: "folder"))
  var certificate: String?

  /// Certifies `report`, where that was asked for.
  ///
  /// - Throws: `Disagreement`, which is a bug in Faultline.
  func certify(
    _ report: inout Report, to files: inout OutputFiles, _ patience: Patience, _ console: Console
  ) throws(Disagreement) {
    guard let folder = certificate else { return }
    let line = ProgressLine(console)
    try report.certify(into: folder, &files, patience) { phase in
      if patience.didProgress != nil { line.tell(phase.line) }
    } note: {
      console.remark($0)
    }
  }
}

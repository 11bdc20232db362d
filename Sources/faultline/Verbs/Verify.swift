import Answers
import ArgumentParser
import Certificates
import Dedalus
import Documents
import Files
import Reports
import Workbench

/// `verify`: checks a certificate independently of the search that made it.
struct Verify: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a certificate of 'check' without solver, circuit or search.",
    discussion: """
      Makes the formula of the claim again from the program, by a plain encoder of its own, compares it with the \
      certificate's, and replays the proof that it cannot be satisfied. Counterexamples are run by a second, plain \
      evaluator.

      Exit code: 0 valid, 1 rejected, 2 a file is unreadable, 3 a limit was reached or Ctrl-C pressed before \
      anything was found to be wrong.
      """)

  @Argument(help: "The folder that 'check --certificate' wrote.")
  var folder: String

  @OptionGroup var limits: PatienceOptions

  @Flag(help: "Print the result as one JSON document, and nothing else, on standard output.")
  var json = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    if folder.isEmpty { throw Refusal.call("no-such-path", "'' is no name for a folder") }
    Interruption.listen()
    let certificate: CertificateFolder
    do {
      certificate = try CertificateFolder(folder)
    } catch  where error.code == CertificateFile.impossibleClaim {
      let report = ImpossibleClaimReport(error)
      try json
        ? console.write(report.json.text) : console.answer(report.text(Paint(isOn: console.isColoured)))
      return .broken
    }
    let patience = try limits.patience()
    let line = ProgressLine(console)
    let review = try CertificateReview(certificate, Stopwatch(patience)) { line.tell($0.line) }
    let report = VerificationReport(review)
    try json ? console.write(report.json.text) : console.answer(report.text(Paint(isOn: console.isColoured)))
    return report.status
  }
}

import ArgumentParser
import Certificates
import Dedalus
import Documents
import Files
import Reports
import Search
import Texts

/// `verify`: checks a certificate independently of the search that made it.
struct Verify: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks a certificate of 'check' without solver, encoder or search.",
    discussion: """
      Replays the proof against the formula, compares all digests, and compares the formula with runs of a second, \
      plain evaluator: under every single fault, and under random admissible fault sets.

      Exit code: 0 valid, 1 rejected, 2 a file is unreadable, 3 a limit was reached or Ctrl-C pressed before \
      anything was found to be wrong.
      """)

  @Argument(help: "The folder that 'check --certificate' wrote.")
  var folder: String

  @Option(help: ArgumentHelp("How many random fault sets are run.", valueName: "n"))
  var samples: String = "1000"

  @Option(help: ArgumentHelp("What the random fault sets depend on.", valueName: "n"))
  var seed: String = "1"

  @OptionGroup var limits: PatienceOptions

  @Flag(help: "Print the result as one JSON document, and nothing else, on standard output.")
  var json = false

  func execute(_ console: Console) throws -> ExitStatus {
    let samples = try Count.parse(self.samples, "--samples", 0...10_000_000)
    let seed = try Count.parse(self.seed, "--seed", 0...Int.max)
    Interruption.listen()
    let certificate: CertificateFolder
    do {
      certificate = try CertificateFolder(folder)
    } catch  where error.code == CertificateFile.impossibleClaim {
      let report = ImpossibleClaimReport(error)
      try console.write(json ? report.json.text : report.text(Paint(isOn: console.isColoured)))
      return .broken
    }
    let patience = try limits.patience()
    let line = ProgressLine(console)
    let review = try CertificateReview(
      certificate, samples: samples, seed: UInt64(seed), Stopwatch(patience)
    ) { line.tell($0.line) }
    let report = VerificationReport(review, seed: seed)
    try console.write(json ? report.json.text : report.text(Paint(isOn: console.isColoured)))
    return ExitStatus(review.verdict)
  }
}

extension ExitStatus {
  /// The exit code of `verify`.
  fileprivate init(_ verdict: CertificateReview.Verdict) {
    self =
      switch verdict {
      case .valid: .success
      case .rejected: .broken
      case .inconclusive: .inconclusive
      }
  }
}

extension CertificateReview.Phase {
  /// The current state in words.
  fileprivate var line: String {
    switch self {
    case .proof(let steps): "checking the proof; \(counted(steps, "step"))"
    case .comparison(let result):
      "running the program; \(result.comparedCount) of \(counted(result.plannedCount, "fault set"))"
    }
  }
}

import ArgumentParser
import Dedalus
import Evaluation
import Properties
import Reports
import RunStore
import Scenarios
import Search
import Texts
import Workbench

/// `sweep`: grows the bounds until a counterexample is found.
struct SweepVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Grows the bounds until something breaks or time is up.",
    discussion: """
      First EOT, until the outcome has rows in the failure-free run; then EFF; when that reaches EOT - 1, both. Where \
      EFF grows no more, one proof may stand for every larger EOT, and ends the sweep.

      With --store the same call, made again, goes on from the last bounds on record.

      Exit code: 1 broken; 0 when some bounds with a non-empty outcome were proved; else 3.
      """)

  @OptionGroup var program: ProgramArguments
  @Option(help: ArgumentHelp("The bounds to begin with, as in 12,11. Default: 1,0.", valueName: "EOT,EFF"))
  var from: String?
  @Option(
    name: [.long, .customShort("f"), .customLong("EFF")], parsing: .unconditional,
    help: ArgumentHelp("The largest EFF; then only EOT grows. Default: EFF grows with EOT.", valueName: "n"))
  var eff: String?
  @OptionGroup var asked: QuestionOptions
  @OptionGroup var limits: PatienceOptions
  @OptionGroup var output: AnswerOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let inquiry = try asked.inquiry(eot: 1)
    let start = try from.map(Self.bounds)
    let largestEFF = try eff.map { try Count.parse($0, "--eff", 0...1_000_000) }
    if asked.kind.mode == .safety, largestEFF != nil {
      throw Refusal.call(
        "bad-mode", "with --mode safety faults may go on to EOT, and EFF grows with it",
        fix: "leave --eff or --mode out")
    }
    if let start, let largestEFF, start.eff > largestEFF {
      throw Refusal.call(
        "bad-bounds", "--from begins with EFF \(start.eff), and --eff says that it is at most \(largestEFF)")
    }
    var files = try output.files(reading: self.program.files)
    let program = try self.program.program(console)
    var sweep = try Sweep(over: program, asking: inquiry, from: start, largestEFF: largestEFF)
    let warnings = try self.program.warnings(about: program, asking: inquiry, upTo: .max, console)
    try files.begin(reading: program.paths)
    if let store = output.store { try sweep.advance(over: store, console) }
    let patience = try limits.patience(console, time: .seconds(60))
    let result = try sweep.run(within: patience) { question, patience in
      try answer(question, patience, &files, console)
    }
    var report = Report(result.answer, warnings: warnings, files: self.program.files, sweep: result)
    report.settlement = result.settlement
    if let store = output.store, files.failures.isEmpty { files.written.append(store) }
    let status = try output.publish(report, nil, to: files, patience, console)
    return self.program.status(of: report, status, console)
  }

  /// Answers `question`, and records it as a separate analysis. After the first record that cannot be written
  /// nothing more is recorded, but the sweep goes on.
  private func answer(
    _ question: Question, _ patience: Patience, _ files: inout OutputFiles, _ console: Console
  ) throws -> Answer {
    var patience = patience
    var recorder: RunRecorder?
    if files.failures.isEmpty { files.attempt { _ in recorder = try output.begin(question, console) } }
    recorder?.listen(to: &patience)
    let answer = try check(question, patience: patience)
    if let recorder { files.attempt { _ in try recorder.finish(answer) } }
    return answer
  }

  /// The two numbers in `text`.
  private static func bounds(_ text: String) throws -> (eot: Int, eff: Int) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { wholeNumber(String($0)) }
    guard parts.count == 2, let eot = parts[0], let eff = parts[1], 1...1_000_000 ~= eot, 0...eot ~= eff
    else {
      throw Refusal.call(
        "bad-bounds", "--from takes EOT and EFF, as in 12,11, and EFF not above EOT; not '\(text)'")
    }
    return (eot, eff)
  }
}

extension Sweep {
  /// Skips the bounds that the store at `path` has already decided, except the last of them. That question is
  /// asked again, so that there is an answer to show.
  fileprivate mutating func advance(over path: String, _ console: Console) throws {
    let store = try RunStore(creatingOrOpening: path)
    var skipped = 0
    while let question, let verdict = try store.verdict(on: question) {
      var further = self
      guard verdict == .holds || verdict == .badBaseline && proved.isEmpty else { break }
      try further.skip(verdict)
      guard let next = further.question, try store.verdict(on: next) != nil else { break }
      self = further
      skipped += 1
    }
    try store.close()
    guard skipped > 0, let bounds = question?.bounds else { return }
    console.report(
      "\(path): the sweep goes on from EOT \(bounds.eot), EFF \(bounds.eff), the last bounds on record\n")
  }
}

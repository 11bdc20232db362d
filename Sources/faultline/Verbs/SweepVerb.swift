import Answers
import ArgumentParser
import Dedalus
import Properties
import Reports
import Scenarios
import Search
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

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let inquiry = try asked.inquiry(eot: 1)
    let start = try from.map { try Sweep.start($0) }
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
    if let store = output.store { try sweep.advance(over: store) { console.remark($0) } }
    let patience = try limits.patience(console, time: .seconds(60))
    let records = AnalysisRecords { try output.begin($0, console) }
    let result = try sweep.run(within: patience) { question, patience in
      try records.recording(question, patience) { try check(question, patience: $0) }
    }
    files.note(records.failures)
    var report = Report(result.answer, warnings: warnings, files: self.program.files, sweep: result)
    report.settlement = result.settlement
    if let store = output.store, files.failures.isEmpty { files.written.append(store) }
    let status = try output.publish(
      report, nil, to: files, patience, strict: self.program.strict, console)
    return self.program.status(of: report, status, console)
  }
}

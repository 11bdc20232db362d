import Answers
import ArgumentParser
import Baselines
import Dedalus
import Evaluation
import Properties
import Reports
import Scenarios
import Search
import Workbench

/// `check`: searches for a smallest breaking fault set.
struct Check: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Searches for a smallest set of faults that breaks the outcome, or proves that there is none.",
    discussion: """
      Without --eot the bounds grow until something breaks, as 'sweep' does it.

      Exit code: 0 holds, 1 counterexample, 2 wrong input or call, 3 inconclusive, 4 bad baseline.
      """)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var round: EFFOption
  @OptionGroup var asked: QuestionOptions
  @Flag(help: "Answer every property by itself, as a table.")
  var each = false
  @OptionGroup var search: SearchOptions
  @OptionGroup var limits: PatienceOptions
  @OptionGroup var output: AnswerOptions

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let plan = try search.plan()
    if each { return try executeEach(plan, console) }
    guard let eot = try rounds.eotValue() else { return try sweep(plan, console) }
    let inquiry = try asked.inquiry(eot: eot, round, console)
    let call = SearchCall(program: program, search: search, limits: limits, output: output)
    return try call.answer(inquiry, by: plan, console)
  }

  /// Answers every property by itself.
  private func executeEach(_ plan: SearchPlan, _ console: Console) throws -> ExitStatus {
    guard plan == .circuit else {
      throw Refusal.call(
        "bad-each",
        "--each asks for one smallest set of each property: it goes neither with --all nor with --strategy",
        fix: "leave one of them out, or ask for one property with --property")
    }
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "--each needs --eot: a sweep ends at the first counterexample of any property",
        fix: "give the bounds, as in --eot 6 --eff 3")
    }
    guard output.certificate.certificate == nil else {
      throw Refusal.call(
        "bad-each", "a certificate is about one answer, and --each gives several",
        fix: "ask for one property with --property, or leave --certificate out")
    }
    guard output.whyNot == nil else {
      throw Refusal.call(
        "bad-each", "--why-not is about one run, and --each gives several",
        fix: "ask for one property with --property, or leave --why-not out")
    }
    for (option, isGiven) in [("--itf", output.itf != nil), ("--settle", search.settle)] where isGiven {
      throw Refusal.call(
        "bad-each", "\(option) is about one answer, and --each gives several",
        fix: "ask for one property with --property, or leave \(option) out")
    }
    let inquiry = try asked.inquiry(eot: eot, round, console)
    var files = try output.files(reading: self.program.files)
    let program = try self.program.program(console)
    let question = try inquiry.question(about: program)
    let warnings = try self.program.warnings(about: program, asking: inquiry, upTo: eot, console)
    try files.begin(reading: program.paths)
    let patience = try limits.patience(console)
    let records = AnalysisRecords { try output.begin($0, console) }
    let found = try checkEach(
      question, patience: patience, covering: output.coverage, observer: records.observer)
    files.note(records.failures)
    let report = EachReport(found, warnings: warnings, files: self.program.files)
    let status = try output.publish(report, to: files, patience, strict: self.program.strict, console)
    return self.program.status(of: report.reports, besides: report.sharedCautions, status, console)
  }

  private func sweep(_ plan: SearchPlan, _ console: Console) throws -> ExitStatus {
    guard plan == .circuit else {
      throw Refusal.call(
        "missing-eot", "--strategy and --all need --eot: a sweep looks for the first counterexample only",
        fix: "give the bounds, as in --eot 6 --eff 3")
    }
    guard !search.settle else {
      throw Refusal.call(
        "missing-eot", "--settle needs --eot: it asks what is so from there on",
        fix: "give the bounds, as in --eot 6 --eff 3")
    }
    guard round.eff == "0" else {
      throw Refusal.call(
        "missing-eot", "--eff needs --eot: without bounds, both grow", fix: "give --eot, or leave --eff out")
    }
    var sweep = SweepVerb()
    sweep.program = program
    sweep.from = nil
    sweep.eff = nil
    sweep.asked = asked
    sweep.limits = limits
    sweep.output = output
    sweep.shown = shown
    return try sweep.execute(console)
  }
}

import Answers
import Baselines
import Properties
import Reports
import Search
import Workbench

/// A search for one answer, as `check` and `find` make it once they know what is asked.
struct SearchCall {
  let program: ProgramArguments
  let search: SearchOptions
  let limits: PatienceOptions
  let output: AnswerOptions

  /// Answers what `inquiry` asks, as `plan` says, and publishes the answer.
  func answer(_ inquiry: Inquiry, by plan: SearchPlan, _ console: Console) throws -> ExitStatus {
    if search.settle, inquiry.mode == .safety {
      throw Refusal.call(
        "bad-mode", "--settle asks what is so long after EFF, and --mode safety lets faults go on to EOT",
        fix: "leave --mode out, and give an --eff")
    }
    var files = try output.files(reading: self.program.files)
    let program = try self.program.program(console)
    let question = try inquiry.question(about: program)
    let warnings = try self.program.warnings(about: program, asking: inquiry, upTo: inquiry.eot, console)
    try output.whyNot.map { try RowPattern($0).check(within: inquiry.eot) }
    try files.begin(reading: program.paths)
    let recorder = try output.begin(question, by: plan, console)
    var patience = try limits.patience(console)
    recorder?.listen(to: &patience)
    let answer = try plan.answer(to: question, patience: patience, covering: output.coverage)
    var report = Report(answer, warnings: warnings, files: self.program.files)
    if search.settle, answer.verdict == .holds {
      report.settlement = try settlement(
        of: question, patience: patience.remaining(after: answer.cost[.total]))
    }
    let status = try output.publish(
      report, recorder, to: files, patience, strict: self.program.strict, console)
    return self.program.status(of: report, status, console)
  }
}

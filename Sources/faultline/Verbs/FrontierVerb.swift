import Answers
import ArgumentParser
import Dedalus
import Documents
import Evaluation
import Properties
import Reports
import Scenarios
import Search
import Workbench

/// `frontier`: shows how many faults the outcome survives.
struct FrontierVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "frontier",
    abstract: "Shows for which numbers of faults of two kinds the outcome holds.",
    discussion: """
      One row for each number of crashes from 0 to --crashes, one column for each number of omissions, of messages \
      sent before round EFF, and one for any number of them, unless --omissions bounds it. --axes names other kinds. \
      With --every-eff there is such a table for every EFF from 0 to the given one.

      Exit code: 0 the table is complete, 3 it is not; 2 wrong input or call, 4 bad baseline.
      """)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var round: EFFOption
  @Option(
    help: ArgumentHelp(
      "The kinds of faults in rows and columns, as in pauses,omissions. Default: crashes,omissions.",
      valueName: "rows,columns"))
  var axes: String?
  @Flag(help: "One table for each EFF from 0 to --eff.")
  var everyEff = false
  @OptionGroup var asked: QuestionOptions
  @Flag(help: "A table for every property by itself.")
  var each = false
  @OptionGroup var limits: PatienceOptions
  @Flag(help: "Print the table as one JSON document, and nothing else, on standard output.")
  var json = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a frontier needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let inquiry = try asked.inquiry(eot: eot, round, console)
    let axes = try self.axes.map { try Frontier.Axes($0) } ?? .usual
    let program = try self.program.program(console)
    let question = try inquiry.question(about: program)
    let warnings = try self.program.warnings(about: program, asking: inquiry, upTo: eot, console)
    guard question.bounds.most(of: axes.rows) != nil else {
      throw Refusal.call(
        "bad-axes", "the kind in the rows needs a budget; omissions have none here",
        fix: "give --omissions, or name omissions second")
    }
    let shape = FrontierShape(axes, showsEveryEFF: everyEff)
    if each {
      let found = try frontierOfEach(question, shape, patience: limits.patience(console))
      let tables = FrontierTables(found, warnings: warnings, files: self.program.files)
      if let failure = tables.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
      try console.write(json ? tables.json.text : tables.text(coloured: console.isColoured))
      return self.program.status(of: tables.reports, tables.status, console)
    }
    let found = try frontier(question, shape, patience: limits.patience(console))
    guard let table = FrontierTable(found, warnings: warnings, files: self.program.files) else {
      let report = Report(found.answer, warnings: warnings, files: self.program.files)
      if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
      try json ? console.write(report.json.text) : console.answer(report.text(coloured: console.isColoured))
      return self.program.status(of: report, report.status, console)
    }
    try console.write(json ? table.json.text : table.text(coloured: console.isColoured))
    return table.isComplete ? .success : .inconclusive
  }
}

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
    abstract: "Shows for which numbers of omissions and crashes the outcome holds.",
    discussion: """
      One row for each number of crashes from 0 to --crashes, one column for each number of omissions, of messages \
      sent before round EFF, and one for any number of them. With --every-eff there is such a table for every EFF from \
      0 to the given one.

      Exit code: 0 the table is complete, 3 it is not; 2 wrong input or call, 4 bad baseline.
      """)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var faults: FaultBudgetOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The most omissions to tabulate. Default: as many as it takes to break.", valueName: "n"))
  var omissions: String?
  @Flag(help: "One table for each EFF from 0 to --eff.")
  var everyEff = false
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var limits: PatienceOptions
  @Flag(help: "Print the table as one JSON document, and nothing else, on standard output.")
  var json = false

  func execute(_ console: Console) throws -> ExitStatus {
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a frontier needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    try faults.check()
    let omissions = try omissions.map { try Count.parse($0, "--omissions", 0...100) }
    let program = try self.program.program(console)
    let bounds = try faults.bounds(eot: eot, program, places.nodes(of: program))
    let warnings = program.warn(nodes: bounds.nodes, eot: eot, console)
    let question = try Question(
      program: program, bounds: bounds, oracle: specification.oracle, crashView: places.crashView,
      outcome: specification.outcome)
    let found = try frontier(
      question, FrontierShape(omissions: omissions, showsEveryEFF: everyEff),
      patience: limits.patience(console))
    guard let table = FrontierTable(found, files: self.program.files) else {
      let report = Report(found.answer, warnings: warnings, files: self.program.files)
      if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
      try console.write(json ? report.json.text : report.text(coloured: console.isColoured))
      return report.status
    }
    try console.write(json ? table.json.text : table.text(coloured: console.isColoured))
    return table.isComplete ? .success : .inconclusive
  }
}

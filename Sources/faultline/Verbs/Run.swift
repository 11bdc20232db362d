import ArgumentParser
import Dedalus
import Documents
import Evaluation
import Reports
import Scenarios
import Workbench

/// `run`: makes one run.
struct Run: Verb {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs the program once, under the faults given, and shows every round.",
    discussion: """
      A fault is 'omit FROM TO ROUND' or 'crash NODE ROUND'; names with spaces stand in double quotes.

      Exit code: 0 the specification is met, 1 it is violated, 3 the run grows beyond its budget.
      """)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var faultOptions: FaultOptions
  @Option(
    help: ArgumentHelp("About how much memory tuples and firings may take. Default: 200.", valueName: "MiB"))
  var memoryLimit: String?
  @Flag(help: "Print the run as one JSON document, and nothing else, on standard output.")
  var json = false

  func execute(_ console: Console) throws -> ExitStatus {
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a run needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let program = try self.program.program(console)
    let nodes = try places.nodes(of: program)
    let bounds = try Bounds(eot: eot, nodes: nodes)
    _ = program.warn(nodes: nodes, eot: eot, console)
    let faults = try faultOptions.faults(nodes)
    var limits = PatienceOptions()
    limits.timeLimit = nil
    limits.memoryLimit = memoryLimit
    let trial = try Trial(
      program, bounds, oracle: specification.oracle, crashView: places.crashView,
      outcome: specification.outcome,
      faults: faults, budget: limits.budget())
    let record = RunReport(trial, files: self.program.files)
    if let failure = trial.failure { throw Refusal.run(failure) }
    console.reportCut(of: trial.execution, hasLimit: true)
    try console.write(json ? record.json.text : record.text(coloured: console.isColoured))
    return record.status
  }
}

/// The faults of a call.
struct FaultOptions: ParsableArguments {
  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp("A fault: 'omit a b 1' or 'crash c 3'. May be repeated.", valueName: "fault"))
  var texts: [String] = []

  /// The faults, without duplicates.
  func faults(_ nodes: Nodes) throws -> FaultSet {
    FaultSet(try texts.map { try Fault($0, nodes: nodes) })
  }
}

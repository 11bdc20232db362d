import ArgumentParser
import Dedalus
import Documents
import Evaluation
import Reports
import Scenarios
import Texts
import Workbench

/// `run`: makes one run.
struct Run: Verb {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs the program once, under the faults given, and shows every round.",
    discussion: """
      A fault is written as \(forms); names with spaces stand in double quotes.

      Exit code: 0 the specification is met, 1 it is violated, 3 the run grows beyond its budget.
      """)

  private static var forms: String {
    let forms = KindID.all.map { "'\($0.form.joined(separator: " "))'" }
    return "\(forms.dropLast().joined(separator: ", ")) or \(forms[forms.count - 1])"
  }

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
  @Option(
    help: ArgumentHelp("Write the run in the Informal Trace Format, for other tools.", valueName: "file"))
  var itf: String?
  @Flag(help: "Replace a file that is already there.")
  var force = false
  @Option(
    help: ArgumentHelp(
      "Instead of the rounds, what each rule lacks that could derive this row, as in 'log(\"b\", _)@4'.",
      valueName: "row"))
  var whyNot: String?
  @Option(
    help: ArgumentHelp(
      "With --why-not: a dozen lines, or everything: brief or full. Default: brief.", valueName: "how"))
  var explain: AnswerOptions.Explain?

  @OptionGroup var shown: ConsoleOptions

  func validate() throws {
    if explain != nil, whyNot == nil { throw ValidationError("--explain needs --why-not") }
  }

  func execute(_ console: Console) throws -> ExitStatus {
    let pattern = try whyNot.map { try RowPattern($0) }
    var outputs = OutputFiles(replacing: force)
    outputs.add(file: itf)
    try outputs.check(reading: self.program.files)
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a run needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let program = try self.program.program(console)
    let inquiry = try places.inquiry(eot: eot, specification)
    let nodes = inquiry.nodes(of: program)
    let warnings = try self.program.warnings(
      about: program, asking: inquiry, upTo: eot, showsAllRows: true, console)
    let scenario = try faultOptions.scenario(of: program, nodes, eot: eot)
    try outputs.begin(reading: program.paths)
    var limits = PatienceOptions()
    limits.timeLimit = nil
    limits.memoryLimit = memoryLimit
    let trial = try Trial(program, inquiry, scenario, budget: limits.budget())
    var record = RunReport(trial, warnings: warnings, files: self.program.files)
    if let failure = trial.failure { throw Refusal.run(failure) }
    if let pattern {
      record.whyNot = WhyNotReport(
        try pattern.absence(in: trial.execution, beside: trial.baseline), of: trial.execution)
      record.style = ExplanationStyle(isFull: explain == .full, width: console.width)
    }
    console.reportCut(of: trial.execution, hasLimit: true)
    outputs.write(InformalTrace(trial.execution, files: self.program.files).json.text, to: itf)
    let document = record.json.adding(failures: outputs.failures)
    if json {
      try console.write(document.text)
    } else {
      let coloured = console.isColoured
      try console.answer(record.text(coloured: coloured), brief: record.verdict(coloured: coloured))
    }
    console.report(outputs.failureText(coloured: console.isErrorColoured))
    return record.status
  }
}

/// The faults of a call, and what it chooses.
struct FaultOptions: ParsableArguments {
  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp("A fault, as in 'omit a b 1' or 'pause c 3 5'. May be repeated.", valueName: "fault"))
  var texts: [String] = []

  @Option(
    name: .customLong("choose"),
    help: ArgumentHelp(
      "A fact that the program lets choose, as in 'p(\"a\", 1)@3'. May be repeated.", valueName: "fact"))
  var chosen: [String] = []

  /// The scenario of a run of `program` with `eot` rounds.
  func scenario(of program: Program, _ nodes: Nodes, eot: Int) throws -> Scenario {
    try Scenario(faults: texts, choosing: chosen, of: program, nodes, eot: eot)
  }
}

import Answers
import ArgumentParser
import Dedalus
import Documents
import Evaluation
import Properties
import Reports
import Scenarios
import Texts
import Workbench

/// The files of the program.
struct ProgramArguments: ParsableArguments {
  @Argument(help: "The files of the program; several together form one.")
  var files: [String]

  @Flag(help: "Warnings are errors: with one of them the exit code is 2.")
  var strict = false

  /// The program in the files. Its warnings are shown on standard error, or under `--strict` thrown later
  /// together with those that depend on nodes and rounds.
  func program(_ console: Console) throws -> Program {
    let program = try Program(reading: files)
    if !strict { program.report(program.warnings, console) }
    return program
  }

  /// All warnings about `program` that apply to `inquiry`, with `eot` as the last round, in a call that
  /// perhaps `showsAllRows`. Those that were not shown when the program was read are shown on standard error
  /// now.
  /// - Throws: `InvalidProgram` under `--strict`, where there is a warning.
  func warnings(
    about program: Program, asking inquiry: Inquiry, upTo eot: Int, showsAllRows: Bool = false,
    _ console: Console
  ) throws(InvalidProgram) -> [Diagnostic] {
    let found = program.warnings(about: inquiry, upTo: eot, showsAllRows: showsAllRows)
    let all = program.warnings + found
    if strict { try program.refuse(all) }
    program.report(found, console)
    return all
  }

  /// The exit code of a call with this answer: its own, but under `--strict` only where the verdict says
  /// everything that one should know.
  func status(of report: Report, _ status: ExitStatus, _ console: Console) -> ExitStatus {
    self.status(of: [report], status, console)
  }

  /// The same of a call with several answers.
  func status(
    of reports: [Report], besides cautions: [Caution] = [], _ status: ExitStatus, _ console: Console
  ) -> ExitStatus {
    guard strict, let error = reports.strictError(besides: cautions) else { return status }
    console.report(error.text(coloured: console.isErrorColoured))
    return .refused
  }
}

extension Program {
  /// Shows `diagnostics` of this program, which are no errors, on standard error.
  func report(_ diagnostics: [Diagnostic], _ console: Console) {
    guard !diagnostics.isEmpty else { return }
    console.remark(DiagnosticRenderer(sources: sources, colored: console.isErrorColoured).render(diagnostics))
  }
}

/// The nodes, and what a crash does to them.
struct NodeOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("N")],
    help: "The nodes, as in a,b,c. Default: every string in the location column of some fact.")
  var nodes: String?

  @Option(name: .customLong("crash-view"), help: "What a crash does to the node itself. Default: silent.")
  var givenCrashView: CrashView?

  var crashView: CrashView { givenCrashView ?? .silent }

  /// The nodes, where they are given.
  func given() throws -> Nodes? { try nodes.map { try Nodes(list: $0) } }
}

/// The question about the program.
struct SpecificationOptions: ParsableArguments {
  @Option(
    name: .customLong("oracle"), help: "When a run counts as a counterexample. Default: implication.")
  var givenOracle: Oracle?

  var oracle: Oracle { givenOracle ?? .implication }

  @Option(help: "The relation whose rows must survive, instead of 'pre' and 'post'.")
  var outcome: String?

  @Option(
    name: .customLong("property"),
    help: ArgumentHelp("Ask for this property only. May be repeated.", valueName: "name"))
  var properties: [String] = []
}

/// The option for the last round.
struct RoundOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("t"), .customLong("EOT")], parsing: .unconditional,
    help: ArgumentHelp("The last round.", valueName: "n"))
  var eot: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The highest EOT that is accepted. Default: 1000.", valueName: "n"))
  var maxEot: String?

  /// EOT; nil where it is not given.
  func eotValue() throws -> Int? {
    let highest = try Count.parse(maxEot ?? "1000", "--max-eot", 1...1_000_000)
    guard let eot else { return nil }
    let fix = wholeNumber(eot).map { $0 > highest } == true ? "--max-eot raises the limit" : nil
    return try Count.parse(eot, "--eot", 1...highest, fix: fix)
  }
}

extension Oracle: ExpressibleByArgument {}
extension CrashView: ExpressibleByArgument {}

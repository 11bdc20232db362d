import ArgumentParser
import Dedalus
import Evaluation
import FaultInjection

/// Grows the bounds.
struct Sweep: Verb {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Grows the bounds until something breaks or time is up.",
    discussion: """
      First EOT, until the outcome has rows in the failure-free run; then EFF; when that reaches EOT - 1, both.

      Exit code: 1 broken; 0 when some bounds with a non-empty outcome were proved; else 3.
      """)

  @OptionGroup var program: ProgramArguments
  @Option(
    name: [.long, .customShort("c")], parsing: .unconditional,
    help: ArgumentHelp("How many nodes may crash.", valueName: "n"))
  var crashes: String = "0"
  @OptionGroup var places: NodeOptions
  @OptionGroup var specification: SpecificationOptions
  @OptionGroup var limits: PatienceOptions
  @OptionGroup var output: AnswerOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let crashes = try Count.parse(self.crashes, "--crashes", 0...Nodes.mostNodes)
    try output.prepare()
    let program = try self.program.program(console)
    let nodes = try places.nodes(of: program)
    program.report(program.warnings(nodes: nodes.names.elements, eot: .max), console)
    let patience = try limits.patience(time: .seconds(60))
    let result = try FaultInjection.sweep(
      program: program, nodes: nodes, crashes: crashes, oracle: specification.oracle,
      crashView: places.crashView,
      outcome: specification.outcome, patience: patience)
    // Which bounds answer is known only now, so that the record begins with the answer.
    let recorder = try output.begin(result.answer.question, console)
    return try output.publish(
      Report(result.answer, files: self.program.files, sweep: result), recorder, patience, console)
  }
}

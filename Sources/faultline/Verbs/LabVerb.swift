import ArgumentParser
import Dedalus
import Evaluation
import Lineage
import LineageViz
import Properties
import Reports
import Scenarios
import Workbench

/// `lab`: makes a page that computes every admissible run itself.
struct LabVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "lab",
    abstract: "Makes a page in which faults are played with: it computes every admissible run itself.",
    discussion: """
      The page is one HTML file that opens from disk. A click on a message loses it, a click on a node in a round \
      strikes it; diagram, promises and state follow. It needs neither server nor network, and asks for no verdict: \
      that is what 'check' is for.
      """)

  @OptionGroup var program: ProgramArguments
  @OptionGroup var rounds: RoundOptions
  @OptionGroup var round: EFFOption
  @OptionGroup var asked: QuestionOptions
  @Option(name: [.long, .customShort("o")], help: ArgumentHelp("Write to this file.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp("About how much memory the circuit may take. Default: 200.", valueName: "MiB"))
  var memoryLimit: String?
  @Flag(help: "Replace a file that is already there.")
  var force = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    var files = OutputFiles(replacing: force)
    files.add(file: output == "-" ? nil : output)
    try files.check(reading: self.program.files)
    guard let eot = try rounds.eotValue() else {
      throw Refusal.call(
        "missing-eot", "a laboratory needs its last round", fix: "give it with --eot, as in --eot 6")
    }
    let inquiry = try asked.inquiry(eot: eot, eff: round.value())
    let program = try self.program.program(console)
    let question = try inquiry.question(about: program)
    _ = try self.program.warnings(about: program, asking: inquiry, upTo: eot, console)
    var limits = PatienceOptions()
    limits.timeLimit = nil
    limits.memoryLimit = memoryLimit
    let budget = try limits.budget()
    let first = Scenario(.none, question.bounds.possibleInputs.first)
    if let failure = try Trial(question.program, inquiry, first, budget: budget).failure {
      throw Refusal.run(failure)
    }
    try files.begin(reading: program.paths)
    Interruption.listen()
    let laboratory: Laboratory
    do throws(Laboratory.Obstacle) {
      laboratory = try Laboratory(
        question, files: self.program.files, budget: budget, shouldStop: { Interruption.isRequested })
    } catch {
      console.report("\(error.words)\n")
      return .inconclusive
    }
    try files.put(laboratory.page, at: output, or: console)
    return .success
  }
}

import ArgumentParser
import Reports
import Workbench

/// `solve`: runs the SAT solver on a formula file.
struct Solve: Verb {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Decides whether a formula in the DIMACS format has a model.",
    discussion: """
      Prints 's SATISFIABLE' and a model, or 's UNSATISFIABLE', as in the SAT competitions; statistics go to \
      standard error.

      Reads DIMACS files as people have them, packed or not (gzip, xz, bzip2). A file with 'p inccnf' asks a question \
      with each line 'a LITERALS 0', about the clauses above it: the answers come one after the other.

      Exit code, of the last answer: 10 satisfiable, 20 unsatisfiable, 0 unknown, 2 wrong input or call.
      """)

  @Argument(help: "The formula; '-' for standard input.")
  var file: String

  @Option(help: ArgumentHelp("Write the solver's reasoning to this file.", valueName: "file"))
  var proof: String?

  @Option(help: "LRAT in text, or binary DRAT.")
  var proofFormat: FormulaSession.ProofFormat = .lrat

  @Flag(help: "Replace a proof that is already there.")
  var force = false

  @OptionGroup var limits: PatienceOptions

  @Option(help: ArgumentHelp("Stop after so many conflicts.", valueName: "n"))
  var conflictLimit: String?

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    var call = SolverCall(file: file)
    call.proof = proof
    call.proofFormat = proofFormat
    call.replacesProof = force
    call.patience = try limits.patience()
    call.conflictLimit = try conflictLimit.map { try Count.parse($0, "--conflict-limit", 0...Int.max) }
    return try call.execute(console)
  }
}

extension FormulaSession.ProofFormat: ExpressibleByArgument {}

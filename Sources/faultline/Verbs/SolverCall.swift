import Answers
import Files
import Reports
import Satisfiability
import Workbench

/// One call of the SAT solver: a formula, the path of the proof, and the limits.
struct SolverCall {
  /// The path of the formula; `-` for standard input.
  let file: String
  /// The path of the proof; nil where none is wanted.
  var proof: String?
  var proofFormat = FormulaSession.ProofFormat.lrat
  /// Whether an existing proof may be overwritten.
  var replacesProof = false
  var patience = Patience.standard
  var conflictLimit: Int?

  init(file: String) { self.file = file }

  /// The call in `arguments`, if these are just `solve FILE`; nil otherwise. Parsing them as usual takes 1
  /// ms, a third of a call on a small formula, which adds up over thousands of files.
  init?(plain arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "solve" else { return nil }
    guard arguments[1] == "-" || !arguments[1].isEmpty && !arguments[1].hasPrefix("-") else { return nil }
    self.init(file: arguments[1])
  }

  func execute(_ console: Console) throws -> ExitStatus {
    let stopwatch = Stopwatch(patience)
    Interruption.listen()
    var files = OutputFiles(replacing: replacesProof)
    files.add(stream: proof)
    try files.check(reading: [file == "-" ? "/dev/stdin" : file])
    guard let found = try FormulaFile(file, shouldStop: { stopwatch.isOver })?.formula else {
      try console.write("s UNKNOWN\n")
      return .success
    }
    if found.isIncremental, proof != nil {
      throw Refusal.call(
        "bad-call", "--proof is about one answer, and '\(file)' asks several questions (p inccnf)",
        fix: "leave --proof out, or give each question as a file of its own")
    }
    try files.begin()
    let proofFile = try proof.map { try StreamedFile($0, replacing: replacesProof) }
    var session = FormulaSession(found, proof: proofFile, in: proofFormat)
    while true {
      let answer = session.answerNext(conflicts: conflictLimit) { stopwatch.isOver }
      guard session.isOver else {
        _ = try write(answer, of: session, console)
        continue
      }
      files.attempt { _ in try proofFile?.finish() }
      console.remark(session.statistics(seconds: stopwatch.elapsed))
      console.report(files.failureText(coloured: console.isErrorColoured))
      // The search ended because the proof could not be written.
      if answer == .unknown, !files.failures.isEmpty { return .refused }
      if answer == .unknown { console.report(reason(stopwatch)) }
      return try write(answer, of: session, console)
    }
  }

  /// Writes an answer and returns its exit code.
  private func write(
    _ answer: Solver.Answer, of session: borrowing FormulaSession, _ console: Console
  ) throws -> ExitStatus {
    switch answer {
    case .satisfiable:
      try console.write("s SATISFIABLE\n")
      try session.writeModel(console.write)
      return .satisfiable
    case .unsatisfiable:
      try console.write("s UNSATISFIABLE\n")
      return .unsatisfiable
    case .unknown:
      try console.write("s UNKNOWN\n")
      return .success
    }
  }

  /// A comment line about the memory limit, if that ended the search; empty otherwise.
  private func reason(_ stopwatch: Stopwatch) -> String {
    guard stopwatch.isOver, case .memory(let limit) = stopwatch.reason else { return "" }
    return "c stopped at the \(limit.words); --memory-limit raises it\n"
  }
}

import FaultInjection
import ProofChecker
import Satisfiability

/// One call of the SAT solver: a formula, where the proof goes, and when to give up.
struct SolverCall {
  /// How a proof is written.
  enum ProofFormat: String, CaseIterable { case lrat, drat }

  /// The path of the formula; `-` for standard input.
  let file: String
  /// The path of the proof, if one is wanted.
  var proof: String?
  var proofFormat = ProofFormat.lrat
  /// Whether a proof that is there already may be overwritten.
  var replacesProof = false
  var timeLimit: Duration?
  var conflictLimit: Int?

  init(file: String) { self.file = file }

  /// The call that `arguments` are, if they are no more than `solve FILE`. The parser of arguments takes 1.4 ms to
  /// see that, which is longer than the whole of minisat takes on many a formula.
  init?(plain arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "solve" else { return nil }
    guard arguments[1] == "-" || !arguments[1].isEmpty && !arguments[1].hasPrefix("-") else { return nil }
    self.init(file: arguments[1])
  }

  func execute(_ console: Console) throws -> ExitStatus {
    let start = ContinuousClock.now
    Interruption.listen()
    var files = OutputFiles(replacing: replacesProof)
    files.add(file: proof)
    try files.check(reading: [file == "-" ? "/dev/stdin" : file])
    let formula = try FormulaFile(file).formula
    try files.begin()
    let proofFile = try proof.map { try StreamedFile($0, replacing: replacesProof) }
    let occurring = OccurringVariables(of: formula)
    let sink = proofFile.map { self.sink($0, formula, occurring) }
    var solver = Self.solver(for: formula, occurring, reportingTo: sink)
    let answer = solver.solve(limits: limits(since: start, proofFile))
    files.attempt { _ in try proofFile?.finish() }
    console.report(Self.statistics(solver.statistics, ContinuousClock.now - start))
    console.report(files.failureText(coloured: console.isErrorColoured))
    // A proof that could not be written while the solver was at it has ended the search.
    if answer == .unknown, !files.failures.isEmpty { return .refused }
    switch answer {
    case .satisfiable:
      try console.write("s SATISFIABLE\n")
      try writeModel(solver, formula, occurring, console)
      return .satisfiable
    case .unsatisfiable:
      try console.write("s UNSATISFIABLE\n")
      return .unsatisfiable
    case .unknown:
      try console.write("s UNKNOWN\n")
      return .success
    }
  }

  /// The limits of the call, for a solver that writes to `proofFile` or to none.
  private func limits(since start: ContinuousClock.Instant, _ proofFile: StreamedFile?) -> Limits {
    let end = timeLimit.map { start + $0 }
    return Limits(
      conflicts: conflictLimit,
      shouldStop: { _ in
        Interruption.isRequested || proofFile?.hasFailed == true
          || end.map { ContinuousClock.now > $0 } == true
      })
  }

  private func sink(
    _ file: StreamedFile, _ formula: ConjunctiveNormalForm, _ occurring: OccurringVariables
  ) -> ProofSink {
    switch proofFormat {
    case .lrat: occurring.original(.lrat(givenCount: formula.clauseCount) { file.append($0) })
    case .drat: occurring.original(.binaryDRAT { file.append($0) })
    }
  }

  private static func solver(
    for formula: ConjunctiveNormalForm, _ occurring: OccurringVariables, reportingTo sink: ProofSink?
  ) -> Solver {
    var solver = sink.map { Solver(reportingTo: $0) } ?? Solver()
    solver.eliminatesVariables = true
    for _ in occurring.numbers { _ = solver.newVariable() }
    solver.reserve(clauses: formula.clauseCount, literals: formula.literalCount)
    var clause: [Literal] = []
    for position in 0..<formula.clauseCount {
      clause.removeAll(keepingCapacity: true)
      for literal in formula[position] { clause.append(occurring.literal(literal)) }
      solver.add(clause)
    }
    return solver
  }

  /// Writes a value for every variable that the file announces; those in no clause are false.
  private func writeModel(
    _ solver: borrowing Solver, _ formula: ConjunctiveNormalForm, _ occurring: OccurringVariables,
    _ console: Console
  ) throws {
    var lines = ValueLines()
    var next = occurring.numbers.startIndex
    for number in 0..<formula.variableCount {
      var isTrue = false
      if next < occurring.numbers.endIndex, Int(occurring.numbers[next]) == number + 1 {
        isTrue = solver.value(occurring.literal(occurring.numbers[next]))
        next += 1
      }
      lines.append(isTrue ? number + 1 : -number - 1)
      if lines.isLong { try console.write(lines.take()) }
    }
    lines.append(0)
    try console.write(lines.take() + "\n")
  }

  private static func statistics(_ statistics: Statistics, _ time: Duration) -> String {
    let seconds = Double(time / .nanoseconds(1)) / 1e9
    let rows: [(String, Int)] = [
      ("conflicts", statistics.conflicts), ("decisions", statistics.decisions),
      ("propagations", statistics.propagations), ("restarts", statistics.restarts),
      ("learned clauses", statistics.learnedClauses), ("learned literals", statistics.learnedLiterals),
      ("minimized literals", statistics.minimizedLiterals), ("reductions", statistics.reductions),
      ("deleted clauses", statistics.deletedClauses),
      ("eliminated variables", statistics.eliminatedVariables),
      ("subsumed clauses", statistics.subsumedClauses),
      ("strengthened clauses", statistics.strengthenedClauses),
    ]
    let text = rows.map { "c \($0.0): \($0.1)\n" }.joined()
    return text + "c seconds: \((seconds * 1000).rounded() / 1000)\n"
  }
}

/// The `v` lines of a model, none longer than a line of a terminal.
struct ValueLines {
  private var text = ""
  private var column = 0
  private static let width = 78

  /// Whether it is time to write what has gathered.
  var isLong: Bool { text.utf8.count > 1 << 16 }

  mutating func append(_ number: Int) {
    let word = " \(number)"
    if column == 0 || column + word.utf8.count > Self.width {
      text += column == 0 ? "v" : "\nv"
      column = 1
    }
    text += word
    column += word.utf8.count
  }

  /// What has gathered since it was last taken.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }
}

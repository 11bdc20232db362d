import Files
import ProofChecker
import Reports
import Satisfiability
import Search
import Workbench

/// One call of the SAT solver: a formula, the path of the proof, and the limits.
struct SolverCall {
  /// The format in which a proof is written.
  enum ProofFormat: String, CaseIterable { case lrat, drat }

  /// The path of the formula; `-` for standard input.
  let file: String
  /// The path of the proof; nil where none is wanted.
  var proof: String?
  var proofFormat = ProofFormat.lrat
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
    let occurring = OccurringVariables(of: found)
    let sink = proofFile.map { self.sink($0, found.clauses, occurring) }
    var solver = Self.solver(for: found.clauses, occurring, reportingTo: sink)
    var (added, answered) = (0, 0)
    while true {
      let question = found.questions[answered]
      let positions = added..<question.clauseCount
      let areAdded = Self.add(positions, of: found.clauses, occurring, to: &solver) { stopwatch.isOver }
      let answer =
        areAdded
        ? solver.solve(
          assuming: question.assumptions.map { occurring.literal($0) }, limits: limits(stopwatch, proofFile))
        : .unknown
      (added, answered) = (question.clauseCount, answered + 1)
      guard answered == found.questions.count else {
        _ = try write(answer, solver, found.clauses, occurring, console)
        continue
      }
      files.attempt { _ in try proofFile?.finish() }
      console.report(Self.statistics(solver.statistics, stopwatch.elapsed))
      console.report(files.failureText(coloured: console.isErrorColoured))
      // The search ended because the proof could not be written.
      if answer == .unknown, !files.failures.isEmpty { return .refused }
      if answer == .unknown { console.report(reason(stopwatch)) }
      return try write(answer, solver, found.clauses, occurring, console)
    }
  }

  /// Writes an answer and returns its exit code.
  private func write(
    _ answer: Solver.Answer, _ solver: borrowing Solver, _ formula: ConjunctiveNormalForm,
    _ occurring: OccurringVariables, _ console: Console
  ) throws -> ExitStatus {
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
  private func limits(_ stopwatch: Stopwatch, _ proofFile: StreamedFile?) -> Limits {
    Limits(
      conflicts: conflictLimit,
      shouldStop: { _ in stopwatch.isOver || proofFile?.hasFailed == true })
  }

  /// A comment line about the memory limit, if that ended the search; empty otherwise.
  private func reason(_ stopwatch: Stopwatch) -> String {
    guard stopwatch.isOver, case .memory(let limit) = stopwatch.reason else { return "" }
    return "c stopped at the \(limit.words); --memory-limit raises it\n"
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
    return solver
  }

  /// Adds the clauses at `positions`; false where `shouldStop` ended that.
  private static func add(
    _ positions: Range<Int>, of formula: ConjunctiveNormalForm, _ occurring: OccurringVariables,
    to solver: inout Solver, shouldStop: () -> Bool
  ) -> Bool {
    var clause: [Literal] = []
    for position in positions {
      if position & 0xFFFF == 0xFFFF, shouldStop() { return false }
      clause.removeAll(keepingCapacity: true)
      for literal in formula[position] { clause.append(occurring.literal(literal)) }
      solver.add(clause)
    }
    return true
  }

  /// Writes a value for every variable that the file announces. Those that occur in no clause are false.
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

  private static func statistics(_ statistics: Statistics, _ seconds: Double) -> String {
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

/// The `v` lines of a model, none longer than a terminal line.
struct ValueLines {
  private var text = ""
  private var column = 0
  private static let width = 78

  /// Whether enough text has been collected to write it.
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

  /// Removes and returns the text collected so far.
  mutating func take() -> String {
    defer { text = "" }
    return text
  }
}

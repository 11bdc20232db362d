import Files
import ProofChecker
import Satisfiability

/// The questions of a formula's file, answered one after the other by one solver.
package struct FormulaSession: ~Copyable {
  /// The format in which a proof is written.
  package enum ProofFormat: String, CaseIterable, Sendable { case lrat, drat }

  private let found: FoundFormula
  private let occurring: OccurringVariables
  private let proof: StreamedFile?
  private var solver: Solver
  /// The number of clauses that the solver has.
  private var added = 0
  /// The number of questions that have an answer.
  private var answered = 0

  /// No question of `found` is answered yet. The proof goes to the file `proof` while it is found.
  package init(_ found: FoundFormula, proof: StreamedFile?, in format: ProofFormat) {
    self.found = found
    self.proof = proof
    let occurring = OccurringVariables(of: found)
    self.occurring = occurring
    let sink = proof.map { file in
      switch format {
      case .lrat: occurring.original(.lrat(givenCount: found.clauses.clauseCount) { file.append($0) })
      case .drat: occurring.original(.binaryDRAT { file.append($0) })
      }
    }
    solver = sink.map { Solver(reportingTo: $0) } ?? Solver()
    solver.eliminatesVariables = true
    for _ in occurring.numbers { _ = solver.newVariable() }
    solver.reserve(clauses: found.clauses.clauseCount, literals: found.clauses.literalCount)
  }

  /// Whether every question has an answer.
  package var isOver: Bool { answered == found.questions.count }

  /// Answers the next question; `unknown` where a limit, or `shouldStop`, ends the search, or where the proof
  /// cannot be written.
  package mutating func answerNext(conflicts: Int?, shouldStop: @escaping () -> Bool) -> Solver.Answer {
    let question = found.questions[answered]
    answered += 1
    guard addClauses(upTo: question.clauseCount, shouldStop: shouldStop) else { return .unknown }
    let limits = Limits(conflicts: conflicts) { [proof] _ in shouldStop() || proof?.hasFailed == true }
    return solver.solve(assuming: question.assumptions.map { occurring.literal($0) }, limits: limits)
  }

  /// Gives the solver the first `count` clauses; false where `shouldStop` ended that.
  private mutating func addClauses(upTo count: Int, shouldStop: () -> Bool) -> Bool {
    var clause: [Literal] = []
    for position in added..<count {
      if position & 0xFFFF == 0xFFFF, shouldStop() { return false }
      clause.removeAll(keepingCapacity: true)
      for literal in found.clauses[position] { clause.append(occurring.literal(literal)) }
      solver.add(clause)
    }
    added = count
    return true
  }

  /// Writes the `v` lines of the last answer, piece by piece: a value for every variable that the file
  /// announces. Those that occur in no clause are false.
  package borrowing func writeModel<Failure: Error>(
    _ write: (String) throws(Failure) -> Void
  ) throws(Failure) {
    var lines = ValueLines()
    var next = occurring.numbers.startIndex
    for number in 0..<found.clauses.variableCount {
      var isTrue = false
      if next < occurring.numbers.endIndex, Int(occurring.numbers[next]) == number + 1 {
        isTrue = solver.value(occurring.literal(occurring.numbers[next]))
        next += 1
      }
      lines.append(isTrue ? number + 1 : -number - 1)
      if lines.isLong { try write(lines.take()) }
    }
    lines.append(0)
    try write(lines.take() + "\n")
  }

  /// Comment lines about the work of the solver, which took `seconds`.
  package borrowing func statistics(seconds: Double) -> String {
    let statistics = solver.statistics
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
private struct ValueLines {
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

/// Keeps the learned clauses of a solver and their hints, and extracts a refutation from them.
///
///     let recorder = ProofRecorder()
///     var solver = Solver(reportingTo: recorder.sink)
///     …
///     if solver.solve(assuming: assumptions) == .unsatisfiable {
///       let refutation = recorder.refutation(by: solver)
///     }
///
/// A class, because the solver writes to it while other code holds it to read.
public final class ProofRecorder {
  private struct Step {
    let literals: Range<Int>
    let hints: Range<Int>
  }

  private var literals: [Literal] = []
  private var hints: [ClauseIdentifier] = []
  /// The learned clause with number n is at n - 1.
  private var steps: [Step] = []

  /// A recorder without steps.
  public init() {}

  /// The sink to which the solver reports.
  public var sink: ProofSink {
    ProofSink(
      given: { _, _ in },
      learned: { [self] in record($0, $1, $2) },
      deleted: { _, _ in })
  }

  private func record(_ identifier: ClauseIdentifier, _ clause: [Literal], _ reasons: [ClauseIdentifier]) {
    precondition(identifier.number == steps.count + 1, "a recorder listens to one solver, from the start")
    steps.append(
      Step(
        literals: literals.count..<(literals.count + clause.count),
        hints: hints.count..<(hints.count + reasons.count)))
    literals += clause
    hints += reasons
  }

  /// Why `solver` last answered unsatisfiable: its formula together with the failed assumptions, each a
  /// clause of one literal at the end, and the steps that lead from there to the empty clause.
  public func refutation(by solver: borrowing Solver) -> Refutation {
    var formula = solver.formula
    for assumption in solver.failedAssumptions { formula.add([assumption]) }
    let conclusion = solver.conclusion
    var numbers = self.numbers(of: needed(for: conclusion), after: formula.clauseCount)
    var steps: [Refutation.Step] = []
    for position in self.steps.indices where numbers[position] > 0 {
      let step = self.steps[position]
      steps.append(
        Refutation.Step(
          number: numbers[position], clause: Array(literals[step.literals]),
          hints: hints[step.hints].map { number(of: $0, in: numbers) }))
    }
    if solver.failedAssumptions.isEmpty { return Refutation(formula: formula, steps: steps) }
    numbers.append(formula.clauseCount + steps.count + 1)
    let last = Refutation.Step(
      number: formula.clauseCount + steps.count + 1, clause: [],
      hints: Array((solver.clauseCount + 1)...formula.clauseCount)
        + (conclusion.map { [number(of: $0, in: numbers)] } ?? []))
    return Refutation(formula: formula, steps: steps + [last])
  }

  /// For each step: whether it is needed to derive `conclusion`.
  private func needed(for conclusion: ClauseIdentifier?) -> [Bool] {
    var needed = [Bool](repeating: false, count: steps.count)
    guard let conclusion, conclusion.isLearned else { return needed }
    needed[conclusion.number - 1] = true
    for position in (0..<conclusion.number).reversed() where needed[position] {
      for hint in hints[steps[position].hints] where hint.isLearned { needed[hint.number - 1] = true }
    }
    return needed
  }

  /// For each step: its number in the refutation, or 0 where it is left out.
  private func numbers(of needed: [Bool], after given: Int) -> [Int] {
    var last = given
    return needed.map { isNeeded in
      if isNeeded { last += 1 }
      return isNeeded ? last : 0
    }
  }

  private func number(of identifier: ClauseIdentifier, in numbers: [Int]) -> Int {
    identifier.isLearned ? numbers[identifier.number - 1] : identifier.number
  }
}

/// A formula and a derivation of the empty clause from it, each step by reverse unit propagation.
public struct Refutation: Sendable {
  /// One derived clause.
  public struct Step: Sendable {
    /// The clauses of the formula are numbered from 1, the steps after them.
    public let number: Int
    /// The derived clause.
    public let clause: [Literal]
    /// The clauses that force the contradiction once all literals of the derived clause are false, in order.
    public let hints: [Int]
  }

  /// The formula that is refuted.
  public let formula: Formula
  /// The derivation; the last step derives the empty clause.
  public let steps: [Step]

  /// The steps in the LRAT format.
  public var lrat: String {
    var text: [UInt8] = []
    for step in steps { text.appendStep(step.number, clause: step.clause, hints: step.hints) }
    return String(decoding: text, as: UTF8.self)
  }
}

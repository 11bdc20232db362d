import Satisfiability

/// A formula over at most 64 variables, evaluated in the plainest way.
struct TruthTable {
  private let clauses: [(positive: UInt64, negative: UInt64)]
  let variableCount: Int

  init(_ clauses: [[Literal]], variableCount: Int) {
    self.variableCount = variableCount
    self.clauses = clauses.map { clause in
      clause.reduce(into: (positive: UInt64(0), negative: UInt64(0))) { masks, literal in
        let bit = UInt64(1) << UInt64(literal.variable.position)
        if literal.isNegated { masks.negative |= bit } else { masks.positive |= bit }
      }
    }
  }

  init(_ formula: Formula) {
    self.init(formula.clauses.map(Array.init), variableCount: formula.variableCount)
  }

  /// Whether the assignment whose bit v is the value of variable v satisfies every clause.
  func isSatisfied(by assignment: UInt64) -> Bool {
    clauses.allSatisfy { assignment & $0.positive | ~assignment & $0.negative != 0 }
  }

  /// Every satisfying assignment, ascending.
  var models: [UInt64] { (0..<(UInt64(1) << UInt64(variableCount))).filter(isSatisfied) }

  var isSatisfiable: Bool { (0..<(UInt64(1) << UInt64(variableCount))).contains(where: isSatisfied) }
}

import Support

@testable import Satisfiability

/// One call of the incremental interface.
enum Call: Equatable {
  case newVariable
  case add([Literal])
  case solve(assuming: [Literal], conflictLimit: Int?)
  /// Solve, but be interrupted at the first opportunity.
  case interrupted
}

/// A sequence of calls, carried out on one solver and checked after every answer, against the truth table and
/// a fresh solver of the same clauses.
struct Session {
  var calls: [Call]

  static func random(using random: inout SplitMix64) -> Session {
    var calls: [Call] = [.newVariable, .newVariable]
    var variables = 2
    for _ in 0..<Int.random(in: 5...60, using: &random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<2 where variables < 9:
        calls.append(.newVariable)
        variables += 1
      case 0..<14:
        let width = Int.random(in: 0..<40, using: &random) == 0 ? 0 : Int.random(in: 1...4, using: &random)
        calls.append(.add(Formula.clause(width: max(width, 2), over: variables, using: &random)))
      case 14..<19:
        let width = Int.random(in: 0...3, using: &random)
        let limit = Int.random(in: 0..<4, using: &random)
        calls.append(
          .solve(
            assuming: Formula.clause(width: width, over: variables, using: &random),
            conflictLimit: limit < 3 ? nil : Int.random(in: 0...2, using: &random)))
      default: calls.append(.interrupted)
      }
    }
    return Session(calls: calls)
  }

  /// What is wrong with the first wrong answer.
  func complaint(orderingIdle: Bool = true) -> String? {
    var solver = Solver.checking(Formula())
    solver.ordersIdleVariables = orderingIdle
    var clauses: [[Literal]] = []
    for call in calls {
      switch call {
      case .newVariable: _ = solver.newVariable()
      case .add(let clause):
        guard isDefined(clause, in: solver) else { continue }
        solver.add(clause)
        clauses.append(clause)
      case .solve(let assumptions, let conflictLimit):
        guard isDefined(assumptions, in: solver) else { continue }
        let answer = solver.solve(assuming: assumptions, limits: Limits(conflicts: conflictLimit))
        if answer == .unknown && conflictLimit == nil { return "unknown without a limit" }
        if let complaint = complaint(about: answer, of: solver, to: clauses, assuming: assumptions) {
          return complaint
        }
      case .interrupted:
        let answer = solver.solve(limits: Limits(shouldStop: { _ in true }))
        if let complaint = complaint(about: answer, of: solver, to: clauses, assuming: []) {
          return complaint
        }
      }
    }
    return nil
  }

  private func isDefined(_ literals: [Literal], in solver: borrowing Solver) -> Bool {
    literals.allSatisfy { $0.variable.position < solver.variableCount }
  }

  private func complaint(
    about answer: Solver.Answer, of solver: borrowing Solver, to clauses: [[Literal]], assuming: [Literal]
  ) -> String? {
    let count = solver.variableCount
    if answer != .unknown {
      var fresh = Solver.checking(Formula(clauses, variableCount: count))
      if fresh.solve(assuming: assuming) != answer { return "a fresh solver answers otherwise" }
    }
    switch answer {
    case .unknown: return nil
    case .satisfiable:
      let model = (0..<count).reduce(UInt64(0)) { model, number in
        model | (solver.value(Variable(number).positive) ? 1 << UInt64(number) : 0)
      }
      let all = clauses + assuming.map { [$0] }
      return TruthTable(all, variableCount: count).isSatisfied(by: model) ? nil : "no model"
    case .unsatisfiable:
      let failed = solver.failedAssumptions
      guard Set(failed).isSubset(of: assuming) else { return "failed assumptions that were not made" }
      let all = clauses + failed.map { [$0] }
      return TruthTable(all, variableCount: count).isSatisfiable ? "there is a model" : nil
    }
  }

  /// The session without the calls that its complaint does not need.
  func shrunk() -> Session {
    var session = self
    for position in session.calls.indices.reversed() {
      var shorter = session
      shorter.calls.remove(at: position)
      if shorter.complaint() != nil { session = shorter }
    }
    return session
  }
}

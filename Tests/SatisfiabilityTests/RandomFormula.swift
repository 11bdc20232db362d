import Support

@testable import Satisfiability

/// The kinds of formulas the solver is tried on.
enum Family: CaseIterable {
  case mixedWidths, threshold, planted, parity, cardinality, pigeons
}

extension Formula {
  init(_ clauses: [[Literal]], variableCount: Int) {
    self.init()
    for _ in 0..<variableCount { newVariable() }
    for clause in clauses { add(clause) }
  }

  /// A random formula of `family` over at most 14 variables.
  static func random(_ family: Family, using random: inout SplitMix64) -> Formula {
    let count = Int.random(in: 3...12, using: &random)
    switch family {
    case .mixedWidths:
      let total = Int.random(in: count...(6 * count), using: &random)
      return Formula(
        (0..<total).map { _ in
          let width = Int.random(in: 0..<20, using: &random) == 0 ? 1 : Int.random(in: 2...5, using: &random)
          return clause(width: width, over: count, using: &random)
        }, variableCount: count)
    case .threshold:
      let total = Int((Double(count) * Double.random(in: 4.0...6.5, using: &random)).rounded())
      return Formula(
        (0..<total).map { _ in clause(width: 3, over: count, using: &random) }, variableCount: count)
    case .planted: return planted(over: count, using: &random)
    case .parity: return parity(over: count, using: &random)
    case .cardinality: return cardinality(over: min(count, 8), using: &random)
    case .pigeons:
      let holes = Int.random(in: 1...3, using: &random)
      return pigeons(Int.random(in: holes...(holes + 1), using: &random), holes: holes)
    }
  }

  static func literal(over count: Int, using random: inout SplitMix64) -> Literal {
    Literal(Variable(Int.random(in: 0..<count, using: &random)), negated: Bool.random(using: &random))
  }

  /// Literals drawn independently: repetitions and tautologies occur.
  static func clause(width: Int, over count: Int, using random: inout SplitMix64) -> [Literal] {
    (0..<width).map { _ in literal(over: count, using: &random) }
  }

  /// Many clauses that one hidden assignment satisfies.
  private static func planted(over count: Int, using random: inout SplitMix64) -> Formula {
    let hidden = (0..<count).map { _ in Bool.random(using: &random) }
    let clauses = (0..<(6 * count)).map { _ in
      var clause = clause(width: 3, over: count, using: &random)
      clause[0] = Literal(clause[0].variable, negated: !hidden[clause[0].variable.position])
      return clause
    }
    return Formula(clauses, variableCount: count)
  }

  /// Random equations modulo 2 of three variables each.
  private static func parity(over count: Int, using random: inout SplitMix64) -> Formula {
    var clauses: [[Literal]] = []
    for _ in 0..<Int.random(in: (count / 2)...(count + 2), using: &random) {
      let variables = Array((0..<count).shuffled(using: &random).prefix(3)).map { Variable($0) }
      let isOdd = Bool.random(using: &random)
      for signs in 0..<8 where (signs.nonzeroBitCount % 2 == 1) == isOdd {
        clauses.append((0..<3).map { Literal(variables[$0], negated: signs >> $0 & 1 == 1) })
      }
    }
    return Formula(clauses, variableCount: count)
  }

  /// Some of each of a few random sets, but not many of all.
  private static func cardinality(over count: Int, using random: inout SplitMix64) -> Formula {
    var clauses = (0..<count).map { _ in
      (0..<2).map { _ in Variable(Int.random(in: 0..<count, using: &random)).positive }
    }
    let most = Int.random(in: 1...max(1, count / 2), using: &random)
    for chosen in 0..<(1 << count) where chosen.nonzeroBitCount == most + 1 {
      clauses.append((0..<count).filter { chosen >> $0 & 1 == 1 }.map { Variable($0).negative })
    }
    return Formula(clauses, variableCount: count)
  }

  /// All sets of at most four different clauses, none empty, none a tautology, over three variables.
  static var fewClausesOverThreeVariables: [Formula] {
    let all = (1..<27).map { code in
      (0..<3).compactMap { variable -> Literal? in
        let digit = [1, 3, 9].map { code / $0 % 3 }[variable]
        return digit == 0 ? nil : Literal(Variable(variable), negated: digit == 2)
      }
    }
    var sets: [[Int]] = [[]]
    var next = 0
    while next < sets.count {
      let set = sets[next]
      next += 1
      if set.count < 4 { for clause in ((set.last ?? -1) + 1)..<26 { sets.append(set + [clause]) } }
    }
    return sets.map { set in Formula(set.map { all[$0] }, variableCount: 3) }
  }

  static func pigeons(_ pigeons: Int, holes: Int) -> Formula {
    func sits(_ pigeon: Int, _ hole: Int) -> Literal { Variable(pigeon * holes + hole).positive }
    var clauses = (0..<pigeons).map { pigeon in (0..<holes).map { sits(pigeon, $0) } }
    for hole in 0..<holes {
      for pigeon in 0..<pigeons {
        for other in 0..<pigeon { clauses.append([!sits(pigeon, hole), !sits(other, hole)]) }
      }
    }
    return Formula(clauses, variableCount: pigeons * holes)
  }
}

extension Solver {
  /// A solver for `formula` that checks its invariants all the time, and is always in a hurry to restart, to
  /// change its mode, to throw clauses away and to eliminate variables.
  static func checking(_ formula: Formula, reportingTo sink: ProofSink? = nil) -> Solver {
    var solver = sink.map { Solver(reportingTo: $0) } ?? Solver()
    solver.checksInvariants = true
    solver.restarts = RestartPolicy(firstModeLength: 20)
    solver.reductions = ReductionSchedule(every: 5)
    solver.elimination.schedule = EliminationSchedule(first: 0, every: 2)
    solver.load(formula)
    return solver
  }

  mutating func load(_ formula: Formula) {
    for _ in 0..<formula.variableCount { _ = newVariable() }
    for clause in formula.clauses { add(Array(clause)) }
  }
}

import Support
import Testing

@testable import Satisfiability

/// The answers by trying every assignment.
private struct Enumeration {
  /// For every model: which literals are true, as bits by position.
  let projections: Set<UInt64>

  init(_ formula: Formula, over literals: [Literal], assuming assumptions: [Literal]) {
    var formula = formula
    for assumption in assumptions { formula.add([assumption]) }
    projections = Set(
      TruthTable(formula).models.map { model in
        literals.indices.reduce(0) { bits, position in
          let value = model >> UInt64(literals[position].variable.position) & 1
          return (value == 1) != literals[position].isNegated ? bits | 1 << UInt64(position) : bits
        }
      })
  }

  var minimal: Set<UInt64> {
    projections.filter { set in !projections.contains { $0 != set && $0 & set == $0 } }
  }

  var minimum: Int? { projections.map(\.nonzeroBitCount).min() }
}

@Suite struct MinimalModelsTests {
  /// A random formula, some literals of different variables, and assumptions.
  private struct Trial {
    let formula: Formula
    let literals: [Literal]
    let assumptions: [Literal]

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      let families: [Family] = [.mixedWidths, .planted, .cardinality, .parity]
      formula = Formula.random(families[Int(seed % 4)], using: &random)
      let count = formula.variableCount
      let chosen = (0..<count).shuffled(using: &random).prefix(Int.random(in: 0...count, using: &random))
      literals = chosen.sorted().map {
        Literal(Variable($0), negated: Int.random(in: 0..<4, using: &random) == 0)
      }
      assumptions = Formula.clause(width: Int.random(in: 0...2, using: &random), over: count, using: &random)
    }

    func bits(of found: [Literal]) -> UInt64 {
      literals.indices.reduce(0) { found.contains(literals[$1]) ? $0 | 1 << UInt64($1) : $0 }
    }
  }

  @Test("all minimal models, each once, as by trying every assignment")
  func allMinimal() {
    var total = 0
    for seed in 0..<2_000 as Range<UInt64> {
      let trial = Trial(seed: seed)
      var solver = Solver.checking(trial.formula)
      var search = MinimalModels(over: trial.literals, in: &solver)
      var found: [UInt64] = []
      while case .found(let chosen) = search.next(in: &solver, assuming: trial.assumptions) {
        found.append(trial.bits(of: chosen))
      }
      let expected = Enumeration(trial.formula, over: trial.literals, assuming: trial.assumptions)
      #expect(found.sorted() == expected.minimal.sorted(), "seed \(seed)")
      #expect(search.next(in: &solver, assuming: trial.assumptions) == .exhausted, "seed \(seed)")
      total += found.count
      let isSatisfiable = solver.solve() == .satisfiable
      #expect(isSatisfiable == TruthTable(trial.formula).isSatisfiable, "seed \(seed): others are affected")
    }
    #expect(total > 1_000, "\(total)")
  }

  @Test("a minimum has as few literals as the best assignment")
  func minimum() {
    var positive = 0
    for seed in 0..<2_000 as Range<UInt64> {
      let trial = Trial(seed: seed)
      var solver = Solver.checking(trial.formula)
      var search = MinimumModel(over: trial.literals, in: &solver)
      let expected = Enumeration(trial.formula, over: trial.literals, assuming: trial.assumptions)
      switch search.find(in: &solver, assuming: trial.assumptions) {
      case .found(let chosen):
        #expect(chosen.count == expected.minimum, "seed \(seed)")
        #expect(expected.projections.contains(trial.bits(of: chosen)), "seed \(seed)")
        if !chosen.isEmpty { positive += 1 }
      case .unsatisfiable: #expect(expected.minimum == nil, "seed \(seed)")
      case .unknown: Issue.record("seed \(seed): nothing limited the search")
      }
    }
    #expect(positive > 300, "\(positive)")
  }

  @Test("where the formula is not monotone, a subset two smaller is found though none lies between")
  func notMonotone() {
    var solver = Solver()
    let literals = (0..<3).map { _ in solver.newVariable().positive }
    let (first, second, third) = (literals[0], literals[1], literals[2])
    solver.add([first])
    solver.add([second, !third])
    solver.add([!second, third])
    var search = MinimalModels(over: literals, in: &solver)
    #expect(search.next(in: &solver) == .found([first]))
    #expect(search.next(in: &solver) == .exhausted)
  }

  @Test("clauses that come later move both answers")
  func incremental() {
    var solver = Solver()
    let literals = (0..<4).map { _ in solver.newVariable().positive }
    var minimum = MinimumModel(over: literals, in: &solver)
    #expect(minimum.find(in: &solver) == .found([]))
    solver.add([literals[0], literals[1]])
    solver.add([literals[0], literals[2]])
    #expect(minimum.find(in: &solver) == .found([literals[0]]))
    solver.add([!literals[0]])
    #expect(minimum.find(in: &solver) == .found([literals[1], literals[2]]))
    var minimal = MinimalModels(over: literals, in: &solver)
    #expect(minimal.next(in: &solver) == .found([literals[1], literals[2]]))
    #expect(minimal.next(in: &solver) == .exhausted)
    solver.add([!literals[1]])
    #expect(minimum.find(in: &solver) == .unsatisfiable)
  }

  @Test("a limit ends either search as unknown, and both go on from there")
  func limits() {
    var solver = Solver()
    solver.load(.pigeons(8, holes: 7))
    let relaxed = solver.newVariable().positive
    var minimum = MinimumModel(over: [relaxed], in: &solver)
    #expect(minimum.find(in: &solver, limits: Limits(conflicts: 10)) == .unknown(atLeast: 0))
    #expect(minimum.find(in: &solver) == .unsatisfiable)
    var other = Solver()
    other.load(.pigeons(7, holes: 6))
    var minimal = MinimalModels(over: [], in: &other)
    #expect(minimal.next(in: &other, limits: Limits(conflicts: 10)) == .unknown)
    #expect(minimal.next(in: &other) == .exhausted)
  }
}

import ProofChecker
import Support
import Testing

@testable import Satisfiability

@Suite struct MutatedProofTests {
  private struct Claim {
    var formula: [[Int]]
    var steps: [PlainChecker.Step]

    init(_ refutation: Refutation) {
      formula = refutation.formula.clauses.map { $0.map(\.dimacs) }
      steps = refutation.steps.map {
        .init(number: $0.number, clause: $0.clause.map(\.dimacs), hints: $0.hints)
      }
    }

    var isAccepted: Bool {
      var checker = ProofChecker()
      do {
        for (position, clause) in formula.enumerated() {
          try checker.assume(clause.map(Int32.init), as: position + 1)
        }
        for step in steps {
          try checker.derive(step.clause.map(Int32.init), as: step.number, by: step.hints)
        }
      } catch {
        return false
      }
      return checker.hasRefuted
    }

    mutating func mutate(using random: inout SplitMix64) {
      let position = Int.random(in: 0..<steps.count, using: &random)
      let place = Int.random(in: 0..<max(steps[position].hints.count, 1), using: &random)
      let literal = Int.random(in: 0..<max(steps[position].clause.count, 1), using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0 where steps[position].hints.count > 0: steps[position].hints.remove(at: place)
      case 1 where steps[position].hints.count > 0:
        steps[position].hints[place] = Int.random(in: 1..<steps[position].number, using: &random)
      case 2 where steps[position].hints.count > 1: steps[position].hints.swapAt(place, 0)
      case 3 where steps[position].clause.count > 0: steps[position].clause.remove(at: literal)
      case 4 where steps[position].clause.count > 0: steps[position].clause[literal].negate()
      case 5: steps[position].hints.insert(Int.random(in: 1...formula.count, using: &random), at: place)
      case 6: steps.remove(at: position)
      default:
        let clause = Int.random(in: 0..<formula.count, using: &random)
        guard !formula[clause].isEmpty else { return }
        formula[clause][Int.random(in: 0..<formula[clause].count, using: &random)].negate()
      }
    }
  }

  @Test(
    "of proofs with a change, and of those for another formula, those are accepted that a plain checker accepts, and these still prove"
  )
  func mutated() {
    var (mutants, accepted) = (0, 0)
    var formerFormula: [[Int]] = []
    for seed in 0..<1_200 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let formula = Formula.random(.threshold, using: &random)
      let recorder = ProofRecorder()
      var solver = Solver.checking(formula, reportingTo: recorder.sink)
      guard solver.solve() == .unsatisfiable else { continue }
      let claim = Claim(recorder.refutation(by: solver))
      #expect(PlainChecker.accepts(claim.formula, claim.steps) && claim.isAccepted, "seed \(seed)")
      for round in 0..<5 {
        var mutant = claim
        if round < 4 { mutant.mutate(using: &random) } else { mutant.formula = formerFormula }
        mutants += 1
        #expect(mutant.isAccepted == PlainChecker.accepts(mutant.formula, mutant.steps), "seed \(seed)")
        guard mutant.isAccepted else { continue }
        accepted += 1
        let clauses = mutant.formula.map { $0.map { Literal(Variable(abs($0) - 1), negated: $0 < 0) } }
        #expect(!TruthTable(clauses, variableCount: 12).isSatisfiable, "seed \(seed)")
      }
      formerFormula = claim.formula
    }
    #expect(mutants > 2_500 && accepted < mutants / 2, "\(accepted) of \(mutants)")
  }
}

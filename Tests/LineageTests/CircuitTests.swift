import Lineage
import Support
import Testing

@Suite("Circuit")
struct CircuitTests {
  @Test("simplifies what is certain, repeated or contradictory")
  func simplification() {
    var circuit = Circuit()
    let (a, b) = (circuit.input(0), circuit.input(1))
    #expect(circuit.and([]) == .always)
    #expect(circuit.or([]) == .never)
    #expect(circuit.and([a]) == a)
    #expect(circuit.and([a, .always, a]) == a)
    #expect(circuit.and([a, .never]) == .never)
    #expect(circuit.and([a, b, !a]) == .never)
    #expect(circuit.or([a, !a]) == .always)
    #expect(circuit.or([.never, b]) == b)
    #expect(!(!a) == a)
    circuit.checkInvariants()
  }

  @Test("has one gate for each function it can tell apart")
  func sharing() {
    var circuit = Circuit()
    let (a, b) = (circuit.input(0), circuit.input(1))
    let gate = circuit.and([a, b])
    let count = circuit.gateCount
    #expect(circuit.and([b, a]) == gate)
    #expect(circuit.or([!a, !b]) == !gate)
    #expect(circuit.input(1) == b)
    #expect(circuit.gateCount == count)
    #expect(count == 4)  // the constant, two inputs, one AND
    circuit.checkInvariants()
  }

  @Test("computes what its formula says", arguments: 0..<100 as Range<UInt64>)
  func agreesWithFormula(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var circuit = Circuit()
    var edges = [Edge.always] + (0..<5).map { circuit.input($0) }
    var formulas: [([Bool]) -> Bool] = [{ _ in true }]
    for input in 0..<5 { formulas.append { $0[input] } }
    for _ in 0..<30 {
      let chosen = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        (Int.random(in: 0..<edges.count, using: &random), Bool.random(using: &random))
      }
      let isConjunction = Bool.random(using: &random)
      let operands = chosen.map { position, isNegated in isNegated ? !edges[position] : edges[position] }
      edges.append(isConjunction ? circuit.and(operands) : circuit.or(operands))
      let parts = chosen.map { position, isNegated in (formulas[position], isNegated) }
      formulas.append { inputs in
        isConjunction
          ? parts.allSatisfy { $0.0(inputs) != $0.1 } : parts.contains { $0.0(inputs) != $0.1 }
      }
    }
    circuit.checkInvariants()
    for bits in 0..<32 {
      let inputs = (0..<5).map { bits >> $0 & 1 == 1 }
      let values = circuit.values(inputs)
      for (edge, formula) in zip(edges, formulas) {
        #expect((values[edge.gate] != edge.isNegated) == formula(inputs), "seed \(seed)")
      }
    }
  }
}

import Support
import Testing

@testable import Satisfiability

/// A random circuit, and what it computes.
private struct Circuit: AndInverterGraph {
  var nodes: [AndInverterNode] = [.constantTrue]

  static func random(using random: inout SplitMix64) -> Circuit {
    var circuit = Circuit()
    let inputs = Int.random(in: 1...6, using: &random)
    for _ in 0..<Int.random(in: 3...30, using: &random) {
      if Int.random(in: 0..<3, using: &random) == 0 {
        circuit.nodes.append(.input(Int.random(in: 0..<inputs, using: &random)))
      } else {
        let width = Int.random(in: 0...4, using: &random)
        circuit.nodes.append(.and((0..<width).map { _ in circuit.randomEdge(using: &random) }[...]))
      }
    }
    return circuit
  }

  func randomEdge(using random: inout SplitMix64) -> UInt32 {
    UInt32.random(in: 0..<UInt32(2 * nodes.count), using: &random)
  }

  func kind(of node: Int) -> AndInverterNode { nodes[node] }

  func value(_ edge: UInt32, inputs: UInt64) -> Bool {
    let isTrue =
      switch nodes[Int(edge >> 1)] {
      case .constantTrue: true
      case .input(let number): inputs >> UInt64(number) & 1 == 1
      case .and(let children): children.allSatisfy { value($0, inputs: inputs) }
      }
    return isTrue != (edge & 1 == 1)
  }
}

@Suite struct CircuitTests {
  @Test(
    "an encoded edge can be asserted or denied exactly where the circuit agrees",
    arguments: 0..<400 as Range<UInt64>)
  func agreesWithEvaluation(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let circuit = Circuit.random(using: &random)
    var solver = Solver()
    var encoder = TseitinEncoder()
    let inputs = (0..<6).map { encoder.variable(ofInput: $0, in: &solver) }
    for _ in 0..<4 {
      let edge = circuit.randomEdge(using: &random)
      let polarity: TseitinEncoder.Polarity = [[.positive], [.negative], .both][
        Int.random(in: 0..<3, using: &random)]
      let literal = encoder.encode(edge, polarity, of: circuit, in: &solver)
      for assignment in 0..<64 as Range<UInt64> {
        let fixed = inputs.enumerated().map { Literal($1, negated: assignment >> UInt64($0) & 1 == 0) }
        let value = circuit.value(edge, inputs: assignment)
        if polarity.contains(.positive) {
          #expect((solver.solve(assuming: fixed + [literal]) == .satisfiable) == value, "seed \(seed)")
        }
        if polarity.contains(.negative) {
          #expect((solver.solve(assuming: fixed + [!literal]) == .satisfiable) == !value, "seed \(seed)")
        }
      }
    }
  }

  @Test("encoding can be stopped, and made up for")
  func stopping() {
    // Each gate is the one before it and one of three inputs.
    var circuit = Circuit(nodes: [.constantTrue, .input(0), .input(1), .input(2)])
    for gate in 4..<20_000 {
      circuit.nodes.append(.and([UInt32(2 * (gate - 1)), UInt32(2 * (1 + gate % 3))][...]))
    }
    let last = UInt32(2 * (circuit.nodes.count - 1))
    var solver = Solver()
    var encoder = TseitinEncoder()
    var polls = 0
    for expected in 1...2 {
      _ = encoder.encode(last, .positive, of: circuit, in: &solver) {
        polls += 1
        return true
      }
      #expect(polls == expected && !encoder.isComplete)
    }
    let literal = encoder.encode(last, .positive, of: circuit, in: &solver)
    #expect(encoder.isComplete && solver.clauseCount == 2 * (circuit.nodes.count - 4))
    for missing in 0..<3 {
      guard let input = encoder.variable(ofInput: missing) else { continue }
      #expect(solver.solve(assuming: [literal, input.negative]) == .unsatisfiable)
    }
    #expect(solver.solve(assuming: [literal]) == .satisfiable)
  }

  @Test("a gate used one way gets the clauses of one direction, and each only once")
  func clausesByPolarity() {
    let circuit = Circuit(nodes: [.input(7), .input(8), .and([0, 3]), .and([5, 1])])
    var formula = Formula()
    var encoder = TseitinEncoder()
    let eight = formula.newVariable()
    encoder.bind(input: 8, to: eight)
    let gate = encoder.encode(6, .positive, of: circuit, in: &formula)
    let seven = encoder.variable(ofInput: 7)
    #expect(seven != nil && encoder.variable(ofInput: 9) == nil)
    #expect(formula.clauseCount == 3, "two for the outer gate, one for the denied inner one")
    #expect(encoder.encode(6, .positive, of: circuit, in: &formula) == gate)
    #expect(encoder.encode(7, .negative, of: circuit, in: &formula) == !gate)
    #expect(formula.clauseCount == 3)
    _ = encoder.encode(6, .both, of: circuit, in: &formula)
    #expect(formula.clauseCount == 6)
    #expect(formula.variableCount == 4)
  }

  @Test("a chain of a million gates is encoded without recursion")
  func deepChain() {
    var circuit = Circuit(nodes: [.input(0)])
    for node in 0..<1_000_000 { circuit.nodes.append(.and([UInt32(2 * node + node % 2)])) }
    var solver = Solver()
    var encoder = TseitinEncoder()
    let literal = encoder.encode(2_000_000, .both, of: circuit, in: &solver)
    #expect(solver.solve(assuming: [literal]) == .satisfiable)
    #expect(solver.solve(assuming: [!literal]) == .satisfiable)
    #expect(solver.statistics.conflicts == 0)
  }
}

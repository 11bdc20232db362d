// The circuit is asked whether a chain is right, by the solver and its failed assumptions. A step follows if
// what it rests on, assumed, leaves no room for its opposite. The *core* are faults that are enough:
// assumed, they leave no room for the opposite of what is explained, and none of them can be left out.
// Nothing is asked that tuples under faults would not answer, so a chain that is wrong is a bug in
// Faultline.

import Dedalus
import Evaluation
import Indices
import Lineage
import Satisfiability
import Scenarios

/// Asks the solver about the claims of a chain.
struct ChainProof: ~Copyable {
  private var solver = Solver()
  private var encoder = TseitinEncoder()
  private let graph: CircuitGraph
  private let record: RecordedGrounding

  init(in record: RecordedGrounding) {
    self.record = record
    graph = CircuitGraph(circuit: record.grounding.circuit)
  }

  /// The first step of `chain` that does not follow from what it rests on; nil where all do.
  mutating func gap(in chain: CausalChain) -> CausalChain.Step? {
    for step in chain.steps {
      let reasons = step.reasons.flatMap { literals(of: $0, in: chain) }
      for claim in step.claims {
        if solver.solve(assuming: reasons + [!literal(of: claim)]) != .unsatisfiable { return step }
      }
    }
    return nil
  }

  /// Faults that are enough for `claims`, none of which can be left out, ascending; nil where not even all
  /// faults are enough.
  mutating func core(of claims: [CausalChain.Claim]) -> [Fault]? {
    let negated = solver.newVariable()
    solver.add([negated.negative] + claims.map { !literal(of: $0) })
    var faults = record.faults
    func isEnough(_ proof: inout ChainProof, _ faults: [Fault]) -> [Fault]? {
      let literals = faults.map { proof.literal(of: $0) }
      guard proof.solver.solve(assuming: literals + [negated.positive]) == .unsatisfiable else { return nil }
      let failed = Set(proof.solver.failedAssumptions)
      return zip(faults, literals).filter { failed.contains($0.1) }.map(\.0)
    }
    guard let enough = isEnough(&self, faults) else { return nil }
    faults = enough
    for fault in faults {
      if let fewer = isEnough(&self, faults.filter { $0 != fault }) { faults = fewer }
    }
    return faults
  }

  private mutating func literals(of reason: CausalChain.Reason, in chain: CausalChain) -> [Literal] {
    switch reason {
    case .fault(let fault): [literal(of: fault)]
    case .step(let number): chain.steps[number].claims.map { literal(of: $0) }
    }
  }

  private mutating func literal(of fault: Fault) -> Literal {
    guard let choice = record.grounding.faults.choice(of: fault) else {
      preconditionFailure("a chain is about the faults of its run")
    }
    return encoder.variable(ofInput: choice.position, in: &solver).positive
  }

  /// The literal that is true where `claim` is.
  private mutating func literal(of claim: CausalChain.Claim) -> Literal {
    let tuple = record.tuple(claim.relation, claim.values, in: claim.round)
    let gate = tuple.map { record.grounding.gate(of: $0) } ?? .never
    let literal = encoder.encode(gate.rawValue, .both, of: graph, in: &solver)
    return claim.holds ? literal : !literal
  }
}

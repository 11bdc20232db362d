import Answers
import Dedalus
import Evaluation
import Indices
import Lineage
import Properties
import Scenarios

/// Why a run breaks what is asked, told so that it suffices.
public struct Reasoning: Sendable {
  /// What is explained of one violated row.
  public struct Breach: Sendable {
    /// The row and the property that it breaks.
    public let violation: Violation
    /// For the row that demands or is forbidden: its place among the ends of the chain; nil where what holds
    /// without faults demands.
    public let demand: Int?
    /// For each round in which a row is missing: its place among the ends of the chain.
    public let lacks: [Int]
  }

  /// From the faults to the violated rows.
  public let chain: CausalChain
  /// The violated rows that are explained.
  public let breaches: [Breach]
  /// The faults that are enough for all of them, none of which can be left out, given that nothing else
  /// happens.
  public let core: [Fault]

  /// The first breach that depends on the faults: what a short text explains.
  public var first: Breach? { breaches.first { ends(of: $0).contains { $0.step != nil } } ?? breaches.first }

  /// What explains `breach`.
  public func ends(of breach: Breach?) -> [CausalChain.End] {
    ([breach?.demand].compactMap { $0 } + (breach?.lacks ?? [])).map { chain.ends[$0] }
  }

  /// The largest number of violated rows that are explained.
  static let mostBreaches = 20
}

extension Answer {
  /// Why its counterexample is one; nil where it has none, or none with faults.
  public func reasoning() throws(Disagreement) -> Reasoning? {
    guard let counterexample else { return nil }
    return try question.reasoning(about: counterexample)
  }
}

extension Question {
  /// Why `counterexample` is one; nil where it has no faults, or the budget is used up before that is found
  /// out.
  public func reasoning(about counterexample: Counterexample) throws(Disagreement) -> Reasoning? {
    if counterexample.faults.count == 0 { return nil }
    return try reasoning(about: counterexample.violations, in: counterexample.execution)
  }

  /// Why `violations` occur in `execution`, which is complete; nil where the budget is used up before that is
  /// found out.
  public func reasoning(
    about violations: [Violation], in execution: Execution, budget: Budget = .standard
  ) throws(Disagreement) -> Reasoning? {
    var claims: [CausalChain.Claim] = []
    var breaches: [Reasoning.Breach] = []
    for violation in violations.prefix(Reasoning.mostBreaches) {
      guard let evidence = property(named: violation.property)?.evidence(for: violation) else { continue }
      func end(_ place: Property.Evidence.Place, holds: Bool) -> Int {
        claims.append(
          CausalChain.Claim(place.relation, violation.row, in: place.round, holds: holds))
        return claims.count - 1
      }
      let demand = evidence.present.map { end($0, holds: true) }
      let lacks = evidence.absent.filter { $0.round <= setting.eot }.map { end($0, holds: false) }
      breaches.append(Reasoning.Breach(violation: violation, demand: demand, lacks: lacks))
    }
    return try reasoning(about: claims, in: execution, budget: budget).map {
      Reasoning(chain: $0.chain, breaches: breaches, core: $0.core)
    }
  }

  /// Why `claims` are so in `execution`, with the faults that are enough for them.
  func reasoning(
    about claims: [CausalChain.Claim], in execution: Execution, budget: Budget
  ) throws(Disagreement) -> (chain: CausalChain, core: [Fault])? {
    let compiled = CompiledProgram(program, nodes: bounds.nodes)
    let record = RecordedGrounding(compiled, setting, execution.scenario, budget: budget)
    guard record.grounding.interruption == nil else { return nil }
    let chain = CausalChain(of: claims, in: record)
    var proof = ChainProof(in: record)
    if let gap = proof.gap(in: chain) {
      throw Disagreement(
        question: self, scenario: execution.scenario,
        description: "the explanation says what the circuit does not: \(gap)")
    }
    guard let core = proof.core(of: claims) else {
      throw Disagreement(
        question: self, scenario: execution.scenario,
        description: "by the circuit, these faults are not enough for what the run shows")
    }
    return (chain, core)
  }
}

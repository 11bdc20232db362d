import Dedalus
import ReferenceEncoder
import ReferenceEvaluator
import Texts

/// What a certificate claims about a program, in the terms of the reference encoder and evaluator.
public struct Claim: Sendable {
  /// A row that breaks a property.
  public struct Breach: Hashable, Sendable {
    /// The name of the property.
    public let property: String
    /// The first round in which the row breaks it.
    public let round: Int
    /// The row.
    public let row: [Constant]

    /// `row` breaks the property called `property` in `round`.
    public init(property: String, round: Int, row: [Constant]) {
      self.property = property
      self.round = round
      self.row = row
    }
  }

  /// A fault set, with inputs, and what they violate.
  public struct Counterexample: Hashable, Sendable {
    /// The faults, in canonical order.
    public let faults: [ReferenceFault]
    /// The facts that are chosen.
    public let inputs: [ReferenceFact]
    /// What is violated, by properties, rounds and rows.
    public let breaches: [Breach]

    /// A counterexample with `faults` and `inputs`, which have these `breaches`.
    public init(faults: [ReferenceFault], inputs: [ReferenceFact] = [], breaches: [Breach]) {
      self.faults = faults
      self.inputs = inputs
      self.breaches = breaches
    }
  }

  /// The fault sets that the claim covers.
  public let space: ReferenceFaultSpace
  /// What a crash does to the node itself.
  public let crashView: ReferenceCrashView
  /// The properties that are not broken, or only by larger sets, with their names.
  public let properties: [(name: String, specification: ReferenceSpecification)]
  /// Whether the properties have names of their own, so that findings name them.
  public let namesProperties: Bool
  /// The sets that are claimed to break a property.
  public let counterexamples: [Counterexample]
  /// No other set of at most so many faults breaks a property; nil where no other set does.
  public let mostFaults: Int?
  /// Whether the sets that contain a counterexample are left out of that.
  public let leavesOutSupersets: Bool
  /// From when on runs repeat themselves, where the claim is about every EOT from that of the space on.
  public let settling: ReferenceSettling?

  /// The question about `program` to which the answer is claimed to be no.
  public func question(about program: Program) -> ReferenceQuestion {
    assert(
      settling == nil || counterexamples.isEmpty,
      "only of what holds it is claimed that it holds with every EOT")
    return ReferenceQuestion(
      program: program, space: space, crashView: crashView, specifications: properties.map(\.specification),
      mostFaults: mostFaults, known: leavesOutSupersets ? counterexamples.map(\.faults) : [],
      settling: settling)
  }
}

extension Claim {
  /// Runs are not made longer than this many tuples.
  private static let tupleLimit = 1_000_000

  /// The run of `program` under `faults` and `inputs`, by the reference evaluator.
  func execution(
    of program: Program, under faults: [ReferenceFault], _ inputs: [ReferenceFact],
    shouldStop: @escaping () -> Bool
  ) -> ReferenceExecution {
    ReferenceRun(
      program: program, nodes: space.nodes, eot: space.eot, crashView: crashView, faults: faults,
      inputs: inputs
    ).execution(tupleLimit: Self.tupleLimit, recordingFirings: false, shouldStop: shouldStop)
  }

  /// Why `counterexample` is none of `program`, though `execution` is a run under its faults and inputs; nil
  /// where it is one. `baseline` is the run without faults.
  func flaw(
    of counterexample: Counterexample, of program: Program, in execution: ReferenceExecution,
    baseline: ReferenceExecution
  ) -> String? {
    let names =
      (counterexample.faults.map { CertificateName.of($0).string }
      + counterexample.inputs.map { "choose \(CertificateName.of($0).string)" }).joined(separator: ", ")
    guard space.admits(counterexample.faults) else { return "\(names): not admissible within the bounds" }
    guard program.admits(counterexample.inputs, upTo: space.eot) else {
      return "\(names): the program does not let choose these inputs"
    }
    guard execution.failure == nil else { return "under \(names), a computation has no result" }
    let violated = breaches(in: execution, baseline: baseline)
    if violated == counterexample.breaches, !violated.isEmpty { return nil }
    let rows = violated.map { CertificateName.of($0, isNamed: namesProperties).string }
    return "under \(names), the run violates \(rows.isEmpty ? "nothing" : rows.joined(separator: ", ")), "
      + "not what is claimed"
  }

  /// What breaks properties in `execution`, in the order of the properties.
  private func breaches(in execution: ReferenceExecution, baseline: ReferenceExecution) -> [Breach] {
    properties.flatMap { name, specification in
      specification.breaches(in: execution, baseline: baseline, eot: space.eot)
        .map { Breach(property: name, round: $0.round, row: $0.row) }
    }
  }
}

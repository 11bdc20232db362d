// Whether a formula speaks of a program cannot be proved by running the program, but it can be tested: under a fault
// set, the formula says which tuples hold and which rows are violated, and so does a run.

public import Dedalus
import ProofChecker
public import ReferenceEvaluator

/// A place where formula and program differ.
public struct Discrepancy: Hashable, Sendable, CustomStringConvertible {
  /// The faults.
  public let faults: [ReferenceFault]
  /// What differs.
  public let reason: String
  /// The line of the formula's file that speaks of it; nil where none does.
  public let line: Int?

  /// One phrase.
  public var description: String {
    let names = faults.map { CertificateName.of($0).string }.joined(separator: ", ")
    return "under \(faults.isEmpty ? "no fault" : names): \(reason)"
  }
}

/// Compares a formula with runs of a program, fault set by fault set.
public struct Comparison {
  let program: Program
  let claim: Claim
  private let formula: CertificateFormula
  private var propagation: Propagation
  private let baseline: ReferenceExecution

  /// Runs of more tuples than this are not made.
  private static let tupleLimit = 1_000_000

  /// A comparison of `formula` with `program`, within what `claim` speaks of.
  public init(of formula: CertificateFormula, with program: Program, _ claim: Claim) {
    self.program = program
    self.claim = claim
    self.formula = formula
    let demands = formula.limit == nil ? 1 : 2
    propagation = Propagation(formula.clauses, first: max(0, formula.clauses.clauseCount - demands))
    baseline = Self.run(program, claim, [])
  }

  private static func run(_ program: Program, _ claim: Claim, _ faults: [ReferenceFault])
    -> ReferenceExecution
  {
    ReferenceRun(
      program: program, nodes: claim.space.nodes, eot: claim.space.eot, crashView: claim.crashView,
      faults: faults
    ).execution(tupleLimit: tupleLimit, recordingFirings: false)
  }

  /// Where formula and run differ under `faults`, which must be admissible; nil where they agree.
  public mutating func discrepancy(under faults: [ReferenceFault]) -> Discrepancy? {
    let execution = faults.isEmpty ? baseline : Self.run(program, claim, faults)
    if case .tupleLimit(let round)? = execution.failure {
      return Discrepancy(
        faults: faults, reason: "the run is too large to be made, in round \(round)", line: nil)
    }
    do throws(Difference) {
      try compare(execution, faults)
      return nil
    } catch {
      return Discrepancy(faults: faults, reason: error.reason, line: error.line)
    }
  }

  private struct Difference: Error {
    let reason: String
    let line: Int?
  }

  private mutating func compare(
    _ execution: ReferenceExecution, _ faults: [ReferenceFault]
  ) throws(Difference) {
    let happening = Set(faults.map(CertificateName.of))
    let assumptions = formula.faults.map { happening.contains($0.text) ? $0.literal : -$0.literal }
    guard propagation.propagate(assumptions) else {
      throw Difference(reason: "the formula excludes these faults, which are admissible", line: nil)
    }
    let violated = try compareOutcome(of: execution)
    try expect(formula.broken, !violated.isEmpty || execution.failure != nil, "it is broken")
    try compareLimit(with: faults.count)
    guard execution.failure == nil else { return }
    let tuples = Set(execution.tuples.map { CertificateName.of($0, in: program) })
    for name in formula.tuples { try expect(name, tuples.contains(name.text), name.text.string) }
    for name in formula.violated {
      try expect(name, violated.contains(name.text), "the row \(name.text.string) is violated")
    }
  }

  private func compareOutcome(of execution: ReferenceExecution) throws(Difference) -> Set<Text> {
    try expect(formula.failure, execution.failure != nil, "a computation has no result")
    guard execution.failure == nil else { return [] }
    let rows = claim.specification.violations(in: execution, baseline: baseline, eot: claim.space.eot)
    return Set(rows.map { CertificateName.of(row: $0) })
  }

  private func compareLimit(with count: Int) throws(Difference) {
    guard let limit = formula.limit, let most = claim.harmlessUpTo, count <= most else { return }
    if propagation[limit.literal] == false {
      throw Difference(reason: "the formula says that these are more than \(most) faults", line: limit.line)
    }
  }

  /// `name`, where there is such a one, must be true exactly where `fact` is.
  private func expect(
    _ name: CertificateFormula.Name?, _ fact: Bool, _ what: @autoclosure () -> String
  ) throws(Difference) {
    guard let name else {
      if fact {
        throw Difference(reason: "the run says: \(what()); the formula does not speak of it", line: nil)
      }
      return
    }
    guard let value = propagation[name.literal] else {
      throw Difference(reason: "the formula leaves open whether \(what())", line: name.line)
    }
    if value != fact {
      throw Difference(
        reason: "the formula says \(value ? "that" : "not that") \(what()); the run says the opposite",
        line: name.line)
    }
  }
}

extension Comparison {
  /// What is wrong with the run without faults; nil where there is something that faults may break.
  var baselineFlaw: String? {
    if baseline.failure != nil { return "without faults, a computation has no result" }
    if claim.specification.lacksDemand(after: baseline, eot: claim.space.eot) {
      return "without faults, the outcome is empty"
    }
    return nil
  }

  /// Why `counterexample` is none; nil where it is one.
  func flaw(of counterexample: BruteForce.Counterexample) -> String? {
    let execution = Self.run(program, claim, counterexample.faults)
    if execution.failure != nil { return "under the counterexample, a computation has no result" }
    let violated = claim.specification.violations(in: execution, baseline: baseline, eot: claim.space.eot)
    if violated == counterexample.violated, !violated.isEmpty { return nil }
    let rows = violated.map { CertificateName.of(row: $0).string }.joined(separator: ", ")
    return
      "under the counterexample, the run violates \(violated.isEmpty ? "nothing" : rows), not what is claimed"
  }
}

// Running a program cannot prove that a formula describes it, but can test it: under a fault set, both the
// formula and a run say which tuples hold and which rows are violated.

import Dedalus
import ProofChecker
import ReferenceEvaluator
import Search
import Texts

/// A difference between formula and program.
struct Discrepancy: Hashable, Sendable, CustomStringConvertible {
  /// The faults under which they differ.
  let faults: [ReferenceFault]
  /// What differs, as a phrase.
  let reason: String
  /// The line of the formula's file that is about the difference; nil where there is none.
  let line: Int?

  /// The difference as one phrase.
  var description: String {
    let names = faults.map { CertificateName.of($0).string }.joined(separator: ", ")
    return "under \(faults.isEmpty ? "no fault" : names): \(reason)"
  }
}

/// The caller asked to stop.
struct Stopped: Error {}

/// Compares a formula with runs of a program, fault set by fault set.
struct Comparison {
  let program: Program
  let claim: Claim
  private let formula: CertificateFormula
  private var propagation: Propagation
  private let baseline: ReferenceExecution
  private let shouldStop: () -> Bool
  private var tuples: NamedTuples

  /// Runs stop when they have more tuples than this.
  private static let tupleLimit = 1_000_000

  /// A comparison of `formula` with `program`, within the space of `claim`; `shouldStop` ends any run.
  init(
    of formula: CertificateFormula, with program: Program, _ claim: Claim,
    shouldStop: @escaping () -> Bool
  ) throws(Stopped) {
    self.shouldStop = shouldStop
    tuples = NamedTuples(formula.tuples)
    self.program = program
    self.claim = claim
    self.formula = formula
    let demands = formula.limit == nil ? 1 : 2
    propagation = Propagation(formula.clauses, first: max(0, formula.clauses.clauseCount - demands))
    baseline = try Self.run(program, claim, [], shouldStop)
  }

  private static func run(
    _ program: Program, _ claim: Claim, _ faults: [ReferenceFault], _ shouldStop: @escaping () -> Bool
  ) throws(Stopped) -> ReferenceExecution {
    let execution = ReferenceRun(
      program: program, nodes: claim.space.nodes, eot: claim.space.eot, crashView: claim.crashView,
      faults: faults
    ).execution(tupleLimit: tupleLimit, recordingFirings: false, shouldStop: shouldStop)
    if case .stopped? = execution.failure { throw Stopped() }
    return execution
  }

  /// The difference between formula and run under `faults`, which must be admissible; nil where they agree.
  mutating func discrepancy(under faults: [ReferenceFault]) throws(Stopped) -> Discrepancy? {
    let execution = faults.isEmpty ? baseline : try Self.run(program, claim, faults, shouldStop)
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
    let holding = tuples.holding(in: execution, program)
    for (name, holds) in zip(formula.tuples, holding) { try expect(name, holds, name.text.string) }
    for name in formula.violated {
      try expect(name, violated.contains(name.text), "the row \(name.text.string) is violated")
    }
  }

  private func compareOutcome(of execution: ReferenceExecution) throws(Difference) -> Set<Text> {
    try expect(formula.failure, execution.failure != nil, "a computation has no result")
    guard execution.failure == nil else { return [] }
    return claim.everyBreach(in: execution, baseline: baseline)
  }

  private func compareLimit(with count: Int) throws(Difference) {
    guard let limit = formula.limit, let most = claim.harmlessUpTo, count <= most else { return }
    if propagation[limit.literal] == false {
      throw Difference(
        reason: "the formula says that these are more than \(counted(most, "fault"))", line: limit.line)
    }
  }

  /// `name`, if the formula has it, must be true exactly where `fact` is.
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
  /// What is wrong with the run without faults; nil where it has something that faults may break.
  var baselineFlaw: String? {
    if baseline.failure != nil { return "without faults, a computation has no result" }
    if claim.properties.contains(where: {
      $0.specification.lacksDemand(after: baseline, eot: claim.space.eot)
    }) {
      return "without faults, the outcome is empty"
    }
    return nil
  }

  /// Why `counterexample` is not a counterexample; nil where it is one.
  func flaw(of counterexample: Claim.Counterexample) throws(Stopped) -> String? {
    let execution = try Self.run(program, claim, counterexample.faults, shouldStop)
    if execution.failure != nil { return "under the counterexample, a computation has no result" }
    let violated = claim.breaches(in: execution, baseline: baseline)
    if violated == counterexample.breaches, !violated.isEmpty { return nil }
    let rows = violated.map { claim.name(of: $0).string }.joined(separator: ", ")
    return
      "under the counterexample, the run violates \(violated.isEmpty ? "nothing" : rows), not what is claimed"
  }
}

/// The tuples that a formula names. Whether each holds is asked for a thousand runs, and making a name takes
/// far longer than a look-up, so each tuple gets its name once.
private struct NamedTuples {
  /// For each name: a number. For each entry of the formula, which may name a tuple twice: the number of its
  /// name.
  private var numbers: [Text: Int] = [:]
  private var entries: [Int] = []
  /// For each tuple: the number of its name, or nil where the formula does not name it.
  private var known: [GroundTuple: Int?] = [:]

  init(_ names: [CertificateFormula.Name]) {
    for name in names {
      let number = numbers[name.text] ?? numbers.count
      numbers[name.text] = number
      entries.append(number)
    }
  }

  /// For each entry of the formula: whether its tuple holds in `execution`.
  mutating func holding(in execution: ReferenceExecution, _ program: Program) -> [Bool] {
    var holds = [Bool](repeating: false, count: numbers.count)
    for tuple in execution.tuples {
      if let number = number(of: tuple, program) { holds[number] = true }
    }
    return entries.map { holds[$0] }
  }

  private mutating func number(of tuple: GroundTuple, _ program: Program) -> Int? {
    if let number = known[tuple] { return number }
    let number = numbers[CertificateName.of(tuple, in: program)]
    known[tuple] = .some(number)
    return number
  }
}

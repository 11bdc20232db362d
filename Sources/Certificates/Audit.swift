// What is checked of a certificate: that its formula demands what the claim says is impossible, and nothing
// else; that the proof refutes the formula; that the formula describes the program. The first two are fully
// checked. The last is sampled: every single fault, sets that use up the budgets, and random sets of two or
// more faults (or every admissible set, if there are no more of them than samples).

import Dedalus
import ReferenceEvaluator
import Texts

/// Compares the formula of a certificate with the program and with the claim about it.
public struct Audit {
  private let program: Program
  private let claim: Claim
  private let formula: CertificateFormula

  /// The result of an audit.
  public struct Result: Sendable {
    /// The number of fault sets that were run, including the empty one.
    public internal(set) var comparedCount = 0
    /// How many of them are single faults, and how many were drawn at random.
    public internal(set) var singleCount = 0, sampledCount = 0
    /// Whether every admissible fault set was planned.
    public internal(set) var isExhaustive = false
    /// The number of fault sets that were planned: in total, single faults, and random sets.
    public internal(set) var plannedCount = 0, plannedSingleCount = 0, plannedSampleCount = 0
    /// Whether the audit was stopped before all planned sets were run.
    public internal(set) var isStopped = false
    /// The first few errors, each with its line in the formula's file.
    public internal(set) var findings: [(text: String, line: Int?)] = []
  }

  private var result = Result()
  private static let mostFindings = 5

  /// An audit of `formula`, which should describe `program` and demand what `claim` says is impossible.
  public init(of formula: CertificateFormula, program: Program, claim: Claim) {
    self.claim = claim
    self.formula = formula
    self.program = program
  }

  /// Compares formula and program under the fault sets described above; `samples` of them are random and
  /// depend on `seed`. `shouldStop` is polled throughout, with the result so far.
  public mutating func result(
    samples: Int, seed: UInt64, shouldStop: @escaping (Result) -> Bool = { _ in false }
  ) -> Result {
    checkDemands()
    checkFaults()
    do throws(Stopped) {
      try compareAll(samples, seed, shouldStop)
    } catch {
      result.isStopped = true
    }
    return result
  }

  private mutating func compareAll(
    _ samples: Int, _ seed: UInt64, _ shouldStop: @escaping (Result) -> Bool
  ) throws(Stopped) {
    let sets = allSets(atMost: samples)
    let singles = sets == nil ? claim.space.faults : []
    result.isExhaustive = sets != nil
    result.plannedSingleCount = singles.count
    result.plannedSampleCount = sets == nil ? samples : 0
    result.plannedCount = sets?.count ?? 1 + singles.count + samples
    // Runs poll `shouldStop` too, but do not know the result so far.
    let board = Board(result)
    var comparison = try Comparison(of: formula, with: program, claim) { shouldStop(board.result) }
    try checkCounterexample(comparison)
    guard result.findings.isEmpty else { return }
    func compare(_ faults: [ReferenceFault]) throws(Stopped) {
      if shouldStop(result) { throw Stopped() }
      let discrepancy = try comparison.discrepancy(under: faults)
      result.comparedCount += 1
      if let discrepancy { report(discrepancy.description, line: discrepancy.line) }
      board.result = result
    }
    for faults in sets ?? [[]] where isPatient { try compare(faults) }
    for fault in singles where isPatient {
      try compare([fault])
      result.singleCount += 1
    }
    var sampler = FaultSetSampler(claim.space, naming: Set(formula.faults.map(\.text)), seed: seed)
    while result.sampledCount < result.plannedSampleCount, isPatient {
      try compare(sampler.next())
      result.sampledCount += 1
    }
  }

  /// The result so far, readable during a run.
  private final class Board {
    var result: Result
    init(_ result: Result) { self.result = result }
  }

  private var isPatient: Bool { result.findings.count < Self.mostFindings }

  private mutating func report(_ text: String, line: Int? = nil) {
    if isPatient { result.findings.append((text, line)) }
  }

  /// Every admissible set by size, if there are at most `count`; nil otherwise.
  private func allSets(atMost count: Int) -> [[ReferenceFault]]? {
    let faults = claim.space.faults.count
    guard faults <= 20, claim.space.count <= count else { return nil }
    return (0...faults).flatMap { claim.space.sets(ofSize: $0) }
  }

  /// Checks that the last clauses demand what is claimed to be impossible.
  private mutating func checkDemands() {
    guard let broken = formula.broken else { return }
    let demands = (formula.limit.map { [$0.literal] } ?? []) + [broken.literal]
    let count = formula.clauses.clauseCount
    let last = (max(0, count - demands.count)..<count).map { Array(formula.clauses[$0]) }
    if last != demands.map({ [$0] }) {
      report("the last clauses do not demand what the header says: \(demands)")
    }
    let claimed = claim.harmlessUpTo.map { String($0) }
    if let limit = formula.limit, limit.text.string != claimed {
      report(
        "the header limits faults to \(limit.text.string), the claim to \(claimed ?? "any number")",
        line: limit.line)
    }
  }

  /// Checks that each variable stands for one fault, and that these faults are admissible.
  private mutating func checkFaults() {
    let admissible = Set(claim.space.faults.map(CertificateName.of))
    var seen: Set<Int32> = []
    var names: Set<Text> = []
    for name in formula.faults {
      if !admissible.contains(name.text) {
        report("'\(name.text.string)' is no fault within the bounds", line: name.line)
      } else if name.literal < 0 || !seen.insert(name.literal).inserted || !names.insert(name.text).inserted {
        report("'\(name.text.string)' shares its variable, or has two", line: name.line)
      }
    }
  }

  /// Checks that the counterexample violates the rows that it claims.
  private mutating func checkCounterexample(_ comparison: Comparison) throws(Stopped) {
    guard let counterexample = claim.counterexample else {
      if let reason = comparison.baselineFlaw { report(reason) }
      return
    }
    if let reason = try comparison.flaw(of: counterexample) { report(reason) }
  }
}

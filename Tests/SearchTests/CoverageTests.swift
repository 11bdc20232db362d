// What the admissible runs use, against its definition: every admissible fault set, run by the plain
// evaluator. A rule fires where a firing or a message of it is recorded.

import Dedalus
import Evaluation
import Properties
import QuestionSupport
import ReferenceEvaluator
import Scenarios
import Support
import Testing

@testable import Answers
@testable import Search

@Suite("Coverage")
struct CoverageTests {
  /// What brute force finds.
  private struct Found: Equatable, CustomStringConvertible {
    var onlyUnderFaults: Set<RuleID> = []
    var neverFiring: [RuleID: RelationID?] = [:]
    var undemanding: [String] = []
    var onlyOfCrashed: [String] = []

    var description: String { "\(onlyUnderFaults) \(neverFiring) \(undemanding) \(onlyOfCrashed)" }

    init(_ coverage: AdmissibleCoverage) {
      (onlyUnderFaults, neverFiring) = (coverage.onlyUnderFaults, coverage.neverFiring)
      (undemanding, onlyOfCrashed) = (coverage.undemanding, coverage.onlyOfCrashed)
    }

    /// Nil where a run fails.
    init?(
      _ program: Program, _ space: ReferenceFaultSpace, _ view: ReferenceCrashView,
      _ demands: [(name: String, specification: ReferenceSpecification)]
    ) {
      var fired: [RuleID: Bool] = [:]
      var met: [RuleID: Set<Int>] = [:]
      var demanded: [String: Bool] = [:]
      for size in 0...space.largestSize {
        for faults in space.sets(ofSize: size) {
          let run = ReferenceRun(
            program: program, nodes: space.nodes, eot: space.eot, crashView: view, faults: faults
          ).execution(recordingFirings: true)
          if run.failure != nil { return nil }
          for rule in run.firings.compactMap(\.rule) + run.messages.map(\.rule) where fired[rule] != false {
            fired[rule] = faults.isEmpty ? false : true
          }
          for rule in program.rules.indices {
            met[rule, default: []].formUnion(Self.metPremises(of: program.rules[rule], in: run, space.eot))
          }
          let crashed = Set(faults.filter { $0.kind == .crash }.flatMap(\.nodes))
          for (name, specification) in demands {
            for row in specification.demandingRows(in: run, eot: space.eot) {
              let named = row.compactMap { if case .string(let name) = $0 { name } else { nil } }
                .filter(space.nodes.contains)
              let isOfLiving = named.isEmpty || !named.allSatisfy(crashed.contains)
              demanded[name] = demanded[name] ?? false || isOfLiving
            }
          }
        }
      }
      onlyUnderFaults = Set(fired.filter(\.value).keys)
      for rule in program.rules.indices where fired[rule] == nil {
        let premises = program.rules[rule].body.enumerated().compactMap { place, term -> (Int, RelationID)? in
          if case .atom(let atom) = term, !atom.isNegated { (place, atom.relation) } else { nil }
        }
        neverFiring[rule] = .some(premises.first { met[rule]?.contains($0.0) != true }?.1)
      }
      undemanding = demands.map(\.name).filter { demanded[$0] == nil }
      onlyOfCrashed = demands.map(\.name).filter { demanded[$0] == false }
    }

    /// The places in the body of the positive premises that some row meets in some round.
    private static func metPremises(of rule: Rule, in run: ReferenceExecution, _ eot: Int) -> [Int] {
      rule.body.enumerated().compactMap { place, term in
        guard case .atom(let atom) = term, !atom.isNegated else { return nil }
        let isMet = run.tuples.contains { tuple in
          tuple.relation == atom.relation && (atom.round == nil || atom.round == tuple.round)
            && zip(atom.columns, tuple.values).allSatisfy { column, value in
              if case .constant(let wanted) = column { wanted == value } else { true }
            }
        }
        return isMet ? place : nil
      }
    }
  }

  @Test(
    "what fires only under faults, what never does, and of whom something is demanded: brute force agrees")
  func bruteForce() throws {
    var shares = Shares()
    for seed in Campaign.seeds(850) {
      let demanding = DemandingProtocol(seed: seed, limit: 60)
      let text = demanding.source.text + Self.oddRules(of: demanding.generated.program, seed)
      guard let program = try? Program(text: text) else { continue }
      let space = demanding.generated.space.with(eot: demanding.generated.space.eot, for: program)
      let question = try Question(
        program: program, bounds: Bounds(space),
        crashView: demanding.crashView == .silent ? .silent : .failStop)
      guard let coverage = try check(question, covering: true).coverage else { continue }
      let specification = try #require(ReferenceSpecification(of: program))
      let demands =
        [("post", specification)] + program.properties.map { ($0.name, ReferenceSpecification($0.form)) }
      guard let found = Found(program, space, demanding.crashView, demands.filter { $0.1.canBeVacuous })
      else { continue }
      try #require(Found(coverage) == found, "seed \(seed), \(space), \(demanding.crashView)\n\(text)")
      shares.note(
        ["compared"] + (found.onlyUnderFaults.isEmpty ? [] : ["only under faults"])
          + (found.neverFiring.isEmpty ? [] : ["never"]) + (found.undemanding.isEmpty ? [] : ["undemanding"])
          + (found.onlyOfCrashed.isEmpty ? [] : ["only of crashed"])
          + (found.neverFiring.values.contains { $0 != nil } ? ["unmet"] : [])
          + (found.neverFiring.values.contains { $0 == nil } ? ["not together"] : []))
    }
    #expect(shares["compared"] >= 500 * Campaign.factor, "\(shares["compared"])")
    let classes = ["only under faults", "never", "undemanding", "only of crashed", "unmet", "not together"]
    #expect(shares.below(3, of: shares["compared"], classes) == [])
  }

  /// Rules that read two relations of `program`, or one and not another; and a property of what is found at
  /// crashed nodes.
  private static func oddRules(of program: Program, _ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed ^ 0xC0DE)
    let relations = program.relations.filter { !["crash", "outage", "pause", "time"].contains($0.name) }
    func atom() -> String {
      let relation = random.pick(Array(relations))
      return "\(relation.name)(\((["N"] + (1..<relation.arity).map { _ in "_" }).joined(separator: ", ")))"
    }
    let odd = (0..<3).map { number in
      "odd\(number)(N) :- \(atom()), \(random.chance(50) ? "notin " : "")\(atom());\n"
    }
    return odd.joined() + "down(N) :- odd0(N), crash(N, N, _);\nproperty ofdown: always down => odd0;\n"
  }
}

extension ReferenceSpecification {
  /// The rows that demand something in `execution`.
  fileprivate func demandingRows(in execution: ReferenceExecution, eot: Int) -> [[Constant]] {
    func rows(_ relation: RelationID, _ last: Int) -> [[Constant]] {
      last < 1 ? [] : (1...last).flatMap { execution.rows(of: relation, in: $0) }
    }
    return switch self {
    case .implication(let pre, _), .molly(let pre, _): execution.rows(of: pre, in: eot)
    case .survival: []
    case .always(let pre, _), .never(let pre), .neverMatching(let pre, _, _): rows(pre, eot)
    case .within(let slack, let pre, _): rows(pre, eot - slack)
    case .stable(let relation): rows(relation, eot - 1)
    }
  }
}

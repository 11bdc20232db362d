// What a warning says never happens must happen in no run.

import ReferenceEvaluator
import Support
import Testing

@testable import Dedalus

@Suite("Suspicions against runs")
struct SuspicionTests {
  /// What one run shows that should never be; nil where there is nothing.
  private static func contradiction(
    of run: ReferenceRun, _ domains: ColumnDomains, deadRules: Set<RuleID>
  ) -> String? {
    let execution = run.execution(tupleLimit: 2000)
    for tuple in execution.tuples {
      for (column, value) in tuple.values.enumerated()
      where !domains[tuple.relation, column].contains(value) {
        return "column \(column + 1) of \(run.program.relations[tuple.relation].name) is \(value)"
      }
    }
    return execution.firings.lazy.compactMap(\.rule).first { deadRules.contains($0) }.map {
      "rule \($0.position) fires"
    }
  }

  /// The rules of which a warning says that they never fire.
  private static func deadRules(of program: Program, _ domains: ColumnDomains, _ warnings: [Diagnostic])
    -> Set<RuleID>
  {
    let places = warnings.filter { $0.message.contains("can never fire") }.compactMap(\.range)
    let unmatched = program.unmatchedConstants(domains)
      .filter { $0.consequence == .neverMet || $0.consequence == .neverEqual }.map(\.range)
    return Set(
      program.rules.indices.filter { id in
        let range = program.rules[id].range
        return (places + unmatched).contains { range.lower <= $0.lower && $0.upper <= range.upper }
      })
  }

  @Test("every value is in its column's domain, and no rule fires of which that is said")
  func soundness() {
    let seeds = Campaign.seeds(1500)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      let (program, nodes) = (generated.program, generated.nodes)
      let domains = ColumnDomains(program, nodes: nodes)
      let warnings = program.warnings(nodes: nodes, eot: generated.eot)
      let deadRules = Self.deadRules(of: program, domains, warnings)
      let known = program.relations.indices.contains { relation in
        (0..<program.relations[relation].arity).contains { !(domains[relation, $0].list ?? []).isEmpty }
      }
      shares.note((known ? ["known"] : []) + (deadRules.isEmpty ? [] : ["dead"]))
      var random = SplitMix64(seed: seed &* 41 &+ 3)
      for crashView in ReferenceCrashView.allCases {
        let run = ReferenceRun(
          program: program, nodes: nodes, eot: generated.eot, crashView: crashView,
          faults: arbitraryFaults(among: nodes, eot: generated.eot, using: &random),
          inputs: program.randomInputs(upTo: generated.eot, using: &random))
        if let found = Self.contradiction(of: run, domains, deadRules: deadRules) {
          Issue.record("seed \(seed): \(found)\n\(generated.source.text)\(run.faults)")
          return
        }
      }
    }
    #expect(shares.below(90, of: seeds.count, ["known"]) == [])
    #expect(shares.below(3, of: seeds.count, ["dead"]) == [])
  }
}

// The fast evaluator and the plain one share nothing but the checked program; they must tell the same story
// of any program under any faults: tuples, firings with their premises, messages with their fates, and
// failures.

import Dedalus
import Evaluation
import ReferenceEvaluator
import Support
import Testing

@Suite("Evaluation agrees with the reference evaluator")
struct AgreementTests {
  /// What the two evaluators say differently about `run`; nil where they agree. A run of more than
  /// `tupleLimit` tuples is not compared.
  static func disagreement(_ run: ReferenceRun, tupleLimit: Int = 3000) -> String? {
    let reference = run.execution(tupleLimit: tupleLimit)
    if case .tupleLimit = reference.failure { return nil }
    let (left, right) = (ReferenceView(run.evaluated()), ReferenceView(reference))
    if left == right { return nil }
    if left.failureRound != right.failureRound {
      return "failure in round \(left.failureRound ?? 0), reference \(right.failureRound ?? 0)"
    }
    return difference("tuples", left.tuples, right.tuples) ?? difference(
      "firings", left.firings, right.firings)
      ?? difference("messages", left.messages, right.messages)
  }

  private static func difference<Element: Hashable>(
    _ name: String, _ left: [Element], _ right: [Element]
  ) -> String? {
    if left == right { return nil }
    let (onlyLeft, onlyRight) = (Set(left).subtracting(right), Set(right).subtracting(left))
    return
      "\(name): \(left.count) and \(right.count); only evaluation \(onlyLeft); only reference \(onlyRight)"
  }

  private static func disagreement(_ example: RunCase) -> String? {
    guard let program = try? Program(text: example.source.text) else { return nil }
    return disagreement(
      ReferenceRun(
        program: program, nodes: example.nodes, eot: example.eot, crashView: example.crashView,
        faults: example.faults))
  }

  @Test("on random programs under random faults")
  func randomPrograms() {
    var compared = 0
    for seed in Campaign.seeds(2000) {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 31 &+ 7)
      for crashView in ReferenceCrashView.allCases {
        let faults = arbitraryFaults(among: generated.nodes, eot: generated.eot, using: &random)
        let run = ReferenceRun(
          program: generated.program, nodes: generated.nodes, eot: generated.eot, crashView: crashView,
          faults: faults)
        compared += 1
        if Self.disagreement(run) == nil { continue }
        let smallest = shrink(
          RunCase(generated, crashView: crashView, faults: faults), candidates: \.simplifications
        ) { Self.disagreement($0) != nil }
        Issue.record("seed \(seed): \(Self.disagreement(smallest) ?? "")\n\(smallest)")
        return
      }
    }
    #expect(compared >= 4000)
  }

  @Test("on protocols under admissible faults")
  func protocols() {
    for seed in Campaign.seeds(300) {
      let generated = GeneratedProtocol(seed: seed)
      var random = SplitMix64(seed: seed)
      let run = ReferenceRun(
        program: generated.program, nodes: generated.space.nodes, eot: generated.space.eot,
        crashView: random.pick(ReferenceCrashView.allCases), faults: generated.space.randomSet(using: &random)
      )
      if let disagreement = Self.disagreement(run) {
        Issue.record("seed \(seed): \(disagreement)\n\(generated.source.text)\(run.faults)")
        return
      }
    }
  }
}

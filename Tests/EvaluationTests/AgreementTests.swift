// The fast evaluator and the plain one share nothing but the checked program; they must tell the same story
// of any program under any faults: tuples, firings with their premises, messages with their fates, and
// failures.

import Dedalus
import Evaluation
import ReferenceEvaluator
import Support
import Testing
import Texts

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
    // The fast evaluator looks for missing facts among those of the configuration only.
    let configuration = program.configurationFacts
    guard example.faults.allSatisfy({ $0.fact.map(configuration.contains) ?? true }) else { return nil }
    return disagreement(
      ReferenceRun(
        program: program, nodes: example.nodes, eot: example.eot, crashView: example.crashView,
        faults: example.faults, inputs: example.inputs.filter { program.lets(choose: $0) }))
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
          faults: faults, inputs: generated.program.randomInputs(upTo: generated.eot, using: &random))
        compared += 1
        if Self.disagreement(run) == nil { continue }
        let smallest = shrink(
          RunCase(generated, crashView: crashView, faults: faults, inputs: run.inputs),
          candidates: \.simplifications
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

  @Test("on random programs under random admissible faults of every kind, in both views")
  func everyKind() {
    let seeds = Campaign.seeds(3000)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      var random = SplitMix64(seed: seed &* 37 &+ 11)
      let space = ReferenceFaultSpace(
        for: generated.program, nodes: generated.nodes, eot: generated.eot, using: &random)
      var met: [String] = []
      for crashView in ReferenceCrashView.allCases {
        let run = ReferenceRun(
          program: generated.program, nodes: generated.nodes, eot: generated.eot, crashView: crashView,
          faults: space.randomSet(using: &random),
          inputs: generated.program.randomInputs(upTo: generated.eot, using: &random))
        met += Self.features(of: run)
        if Self.disagreement(run) == nil { continue }
        let smallest = shrink(
          RunCase(generated, crashView: crashView, faults: run.faults, inputs: run.inputs),
          candidates: \.simplifications
        ) { Self.disagreement($0) != nil }
        Issue.record("seed \(seed): \(Self.disagreement(smallest) ?? "")\n\(smallest)")
        return
      }
      shares.note(met)
    }
    #expect(shares.below(15, of: seeds.count, ReferenceFault.Kind.allCases.map(\.name)) == [])
    #expect(shares.below(30, of: shares["restart"], ["restart with durable relations"]) == [])
    #expect(shares.below(2, of: seeds.count, Self.consequences) == [])
    #expect(shares.below(15, of: seeds.count, ["chosen"]) == [])
    #expect(shares.below(2, of: seeds.count, ["chosen at a node that is down"]) == [])
  }

  private static let consequences = [
    "a row stays", "a message comes late", "a message comes twice", "partitioned", "receiver-down", "omitted",
    "sender-crashed",
  ]

  /// The kinds of its faults, and what these do.
  private static func features(of run: ReferenceRun) -> [String] {
    var features = run.faults.map(\.name)
    if !run.inputs.isEmpty { features.append("chosen") }
    let isBarred = run.inputs.contains { fact in
      if case .string(let node)? = fact.values.first { !run.getsFacts(node, in: fact.round) } else { false }
    }
    if isBarred { features.append("chosen at a node that is down") }
    if features.contains("restart"), !run.program.durable.isEmpty {
      features.append("restart with durable relations")
    }
    let execution = run.evaluated()
    if execution.firingIDs.contains(where: { execution.rule(of: $0) == nil }) {
      features.append("a row stays")
    }
    for message in execution.messages {
      features.append(message.fate.rawValue)
      if message.fate == .delivered, !message.isOnTime { features.append("a message comes late") }
      if message.arrivals.count > 1 { features.append("a message comes twice") }
    }
    return features
  }
}

extension Program {
  /// Whether some inputs have `fact`: the evaluators look for what the program lets choose only.
  fileprivate func lets(choose fact: ReferenceFact) -> Bool {
    choices.contains { choice in
      Text(relations[choice.relation].name) == fact.relation && choice.values == fact.values
        && choice.rounds.contains(fact.round)
    }
  }
}

import Dedalus
import ReferenceEvaluator
import Support
import Testing

@Suite("Random programs")
struct GeneratorTests {
  @Test("the same seed makes the same program")
  func determinism() {
    for seed in 0..<50 as Range<UInt64> {
      #expect(GeneratedProgram(seed: seed).source == GeneratedProgram(seed: seed).source, "seed \(seed)")
      #expect(GeneratedProtocol(seed: seed).source == GeneratedProtocol(seed: seed).source, "seed \(seed)")
    }
    #expect(GeneratedProgram(seed: 1).source != GeneratedProgram(seed: 2).source)
  }

  @Test("everything in the language occurs often enough")
  func shares() {
    let seeds = Campaign.seeds(2000)
    var tally: [String: Int] = [:]
    for seed in seeds {
      for feature in features(of: GeneratedProgram(seed: seed)) { tally[feature, default: 0] += 1 }
    }
    for (feature, least) in Self.leastShares {
      let share = tally[feature, default: 0] * 100 / seeds.count
      #expect(share >= least, "\(feature): \(share) %, wanted \(least) %")
    }
  }

  static let leastShares = [
    "derives": 80, "negation": 40, "aggregate": 15, "arithmetic": 15, "recursion": 15, "count": 3, "min": 3,
    "max": 3,
    "sum": 3, "avg": 3, "joint": 3, "aggregate for next": 3, "aggregated message": 3, "head arithmetic": 10,
    "comparison arithmetic": 10,
    "premise arithmetic": 3,
    "arithmetic under negation": 3, "binding comparison": 3, "division": 5, "remainder": 3, "extremum": 3,
    "counts": 20, "joint count": 3,
    "count of absent": 4, "filtered count": 4, "shared count": 12, "recursive count": 1, "failure": 2,
    "fixed round": 15,
    "wildcard under negation": 10, "repeated variable under negation": 1, "node variable": 10,
    "free location": 5,
    "constant location": 5, "crash": 2, "crash under negation": 2, "world": 2, "world under negation": 2,
    "durable": 30,
    "configuration": 20, "property": 20, "message": 60, "frame": 50,
    "number and word": 15,
  ]

  private func features(of generated: GeneratedProgram) -> [String] {
    let used = ProgramFeatures(of: generated.program, eot: generated.eot)
    let execution = ReferenceRun(program: generated.program, nodes: generated.nodes, eot: generated.eot)
      .execution()
    let types = Set(generated.program.relations.flatMap { $0.columnTypes.dropFirst() })
    let facts = generated.program.facts.count { $0.round <= generated.eot }
    let flags: [(String, Bool)] = [
      ("derives", execution.failure == nil && execution.tuples.count > facts), ("negation", used.negates),
      ("aggregate", !used.aggregates.isEmpty), ("arithmetic", used.computes), ("recursion", used.recurses),
      ("joint", used.aggregatesJointly), ("aggregate for next", used.aggregatesForNext),
      ("aggregated message", used.aggregatesMessage), ("head arithmetic", used.computesInHead),
      ("comparison arithmetic", used.computesInComparison), ("premise arithmetic", used.computesInPremise),
      ("arithmetic under negation", used.computesUnderNegation),
      ("binding comparison", used.bindsByComparison),
      ("division", used.divides), ("remainder", used.takesRemainder), ("extremum", used.takesExtremum),
      ("counts", used.counts), ("joint count", used.countsJoin), ("count of absent", used.countsAbsent),
      ("filtered count", used.countsWhere), ("shared count", used.countsShared),
      ("recursive count", used.countsInRecursion), ("failure", execution.failure != nil),
      ("fixed round", used.readsFixedRound),
      ("wildcard under negation", used.negatesWildcard),
      ("repeated variable under negation", used.negatesRepeatedVariable),
      ("node variable", used.rangesOverNodes),
      ("free location", used.hasFreeLocation), ("constant location", used.hasConstantLocation),
      ("crash", used.readsCrash), ("crash under negation", used.negatesCrash),
      ("world", used.readsWorld), ("world under negation", used.negatesWorld), ("durable", used.keepsDurably),
      ("configuration", used.isConfigured), ("property", used.demands), ("message", used.sends),
      ("frame", used.keepsState), ("number and word", types.contains(.integer) && types.contains(.string)),
    ]
    return flags.filter(\.1).map(\.0) + used.aggregates.map(\.rawValue)
  }

  @Test("protocols for searching are broken by none, one, or several faults")
  func protocols() throws {
    var sizes: [Int: Int] = [:]
    var holding = 0
    var bad = 0
    let count = 200
    for seed in 0..<UInt64(count) {
      let generated = GeneratedProtocol(seed: seed)
      let specification = try #require(ReferenceSpecification(of: generated.program))
      let search = BruteForce(
        program: generated.program, space: generated.space, specification: specification)
      switch search.verdict() {
      case .holds: holding += 1
      case .broken(let counterexample): sizes[counterexample.faults.count, default: 0] += 1
      case .badBaseline: bad += 1
      case .failed(_, let failure, _): Issue.record("seed \(seed): \(failure)")
      }
    }
    let several = sizes.filter { $0.key > 1 }.values.reduce(0, +)
    #expect(several * 100 >= 25 * count, "\(sizes), \(holding) hold, \(bad) bad")
    #expect(holding * 100 >= 10 * count, "\(sizes), \(holding) hold, \(bad) bad")
    #expect(sizes[1, default: 0] * 100 >= 10 * count, "\(sizes), \(holding) hold, \(bad) bad")
  }

  @Test("shrinking ends at a smallest program that still fails")
  func shrinking() {
    func fails(_ candidate: SourceProgram) -> Bool {
      guard let program = try? Program(text: candidate.text) else { return false }
      return program.rules.contains { $0.timing == .async }
    }
    for seed in 0..<40 as Range<UInt64> {
      let source = GeneratedProgram(seed: seed).source
      guard fails(source) else { continue }
      let smallest = shrink(source, candidates: \.simplifications, while: fails)
      #expect(fails(smallest), "seed \(seed)")
      #expect(!smallest.simplifications.contains(where: fails), "seed \(seed)")
      #expect(smallest.text.count < source.text.count, "seed \(seed)")
    }
  }
}

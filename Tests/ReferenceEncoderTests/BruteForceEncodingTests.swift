// The formula against the definition of what it says: a choice of faults and inputs satisfies it exactly if
// it is admissible and its run, by the reference evaluator, breaks a specification or ends in an error. All
// satisfying choices are enumerated, and all admissible ones are run.

import Dedalus
import ReferenceEvaluator
import Support
import Testing
import Texts

@testable import ReferenceEncoder

@Suite("The reference encoder against brute force")
struct BruteForceEncodingTests {
  /// A question small enough to run every fault set.
  struct Case: CustomStringConvertible {
    var source: SourceProgram
    let space: ReferenceFaultSpace
    let crashView: ReferenceCrashView
    /// What is specified; relations by name, because a simpler program has other numbers.
    let demands: [Demand]
    var mostFaults: Int?
    var known: [[ReferenceFault]] = []

    var description: String { "\(source.text)// \(space), \(crashView), \(demands), \(known)" }

    var simplifications: [Case] {
      source.simplifications.map { source in
        var simpler = self
        simpler.source = source
        return simpler
      }
    }

    func question() -> ReferenceQuestion? {
      guard let program = try? Program(text: source.text) else { return nil }
      let specifications = demands.compactMap { $0.specification(in: program) }
      guard specifications.count == demands.count,
        program.choices.isEmpty || !specifications.contains(where: \.comparesWithBaseline)
      else { return nil }
      return ReferenceQuestion(
        program: program, space: space.with(eot: space.eot, for: program), crashView: crashView,
        specifications: specifications, mostFaults: mostFaults, known: known)
    }

    /// The breaking choices by the formula and by brute force; nil where a run or the formula is too large.
    fileprivate func answers() throws -> (formula: [Selection], runs: [Selection], failing: Int)? {
      guard let question = question(), let runs = question.breakingSelections() else { return nil }
      let formula: ReferenceFormula
      do throws(UnfinishedFormula) {
        formula = try ReferenceFormula(of: question)
      } catch {
        return nil
      }
      return (
        formula.satisfyingSelections(of: question.program, atMost: runs.all.count + 3), runs.all,
        runs.failing
      )
    }
  }

  /// A specification by the names of its relations.
  struct Demand: CustomStringConvertible {
    let word: String
    let pre: String
    let post: String
    let slack: Int

    var description: String { "\(word) \(slack) \(pre) => \(post)" }

    static let words = [
      "finally", "molly", "survival", "always", "never", "never matching", "within", "stable",
    ]

    func specification(in program: Program) -> ReferenceSpecification? {
      guard let pre = program.relation(named: pre), let post = program.relation(named: post),
        program.relations[pre].arity == program.relations[post].arity
      else { return nil }
      return switch word {
      case "finally": .implication(pre: pre, post: post)
      case "molly": .molly(pre: pre, post: post)
      case "survival": .survival(of: post)
      case "always": .always(pre: pre, post: post)
      case "never": .never(post)
      case "never matching":
        .neverMatching(
          post,
          columns: (0..<program.relations[post].arity).map { $0 > 0 || slack == 2 ? nil : .string("a") },
          round: slack == 1 ? 2 : nil)
      case "within": .within(slack: slack, pre: pre, post: post)
      default: .stable(post)
      }
    }
  }

  @Test("on random programs, with every kind of fault and every form of property")
  func programs() throws {
    let seeds = Campaign.seeds(1400)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProgram(seed: seed)
      guard let example = example(generated, seed: seed) else { continue }
      guard let found = try compare(example, seed) else { continue }
      shares.note(found + example.demands.map(\.word))
      if !generated.program.choices.isEmpty { shares.note(["open"] + found.map { "open " + $0 }) }
      shares.note(features(of: ProgramFeatures(of: generated.program, eot: generated.eot)))
    }
    let compared = shares["compared"]
    #expect(compared * 100 >= seeds.count * 90, "\(compared)")
    #expect(shares.below(10, of: compared, Demand.words) == [])
    #expect(shares.below(4, of: compared, ReferenceFault.Kind.allCases.map(\.name)) == [], "\(shares)")
    #expect(shares.below(12, of: compared, ["broken", "mixed", "negates"]) == [], "\(shares)")
    #expect(shares.below(5, of: compared, ["open", "open broken", "open mixed"]) == [], "\(shares)")
    #expect(shares.below(2, of: compared, ["fails", "aggregates", "recurses"]) == [], "\(shares)")
  }

  @Test("on random protocols")
  func protocols() throws {
    let seeds = Campaign.seeds(900)
    var shares = Shares()
    for seed in seeds {
      let generated = GeneratedProtocol(seed: seed &+ 31_000, limit: 80, hasEveryKind: true)
      let hasPre = generated.program.relation(named: "pre") != nil
      let word = hasPre ? (seed % 4 == 0 ? "molly" : "finally") : "survival"
      let demand = Demand(word: word, pre: hasPre ? "pre" : "post", post: "post", slack: 0)
      let example = Case(
        source: generated.source, space: generated.space,
        crashView: ReferenceCrashView.allCases[Int(seed % 2)], demands: [demand])
      guard let found = try compare(example, seed) else { continue }
      shares.note(found + [word])
    }
    let compared = shares["compared"]
    #expect(compared * 100 >= seeds.count * 95, "\(compared)")
    #expect(shares.below(12, of: compared, ReferenceFault.Kind.allCases.map(\.name)) == [], "\(shares)")
    #expect(shares.below(12, of: compared, ["broken", "mixed", "finally"]) == [], "\(shares)")
  }

  /// What the example shows; nil where it cannot be run.
  private func compare(_ example: Case, _ seed: UInt64) throws -> [String]? {
    guard let (formula, runs, failing) = try example.answers() else { return nil }
    if formula != runs {
      let smallest = shrink(example, candidates: \.simplifications) { candidate in
        (try? candidate.answers()).flatMap { $0 }.map { $0.formula != $0.runs } ?? false
      }
      let answers = try smallest.answers()
      Issue.record(
        "seed \(seed): formula \(answers?.formula ?? []), runs \(answers?.runs ?? [])\n\(smallest)")
      throw Stop()
    }
    var found = ["compared"] + example.space.faults.map(\.name)
    if !runs.isEmpty { found.append("broken") }
    let all = example.question().map { $0.space.count * $0.program.inputCount(upTo: $0.space.eot) } ?? 0
    if !runs.isEmpty, runs.count < all { found.append("mixed") }
    if failing > 0 { found.append("fails") }
    return found
  }

  private struct Stop: Error {}

  /// A question about `generated`; a third of them only about small sets, or about sets that contain nothing
  /// known.
  private func example(_ generated: GeneratedProgram, seed: UInt64) -> Case? {
    var random = SplitMix64(seed: seed ^ 0xE4C0DE)
    var space: ReferenceFaultSpace
    repeat {
      space = ReferenceFaultSpace(
        for: generated.program, nodes: generated.nodes, eot: generated.eot, using: &random)
    } while !(8...100).contains(space.count)
    guard generated.program.inputCount(upTo: space.eot) <= 8 else { return nil }
    let relations = generated.program.relations
    let names = relations.indices.map { (name: relations[$0].name, arity: relations[$0].arity) }
    let words = Demand.words.filter {
      generated.program.choices.isEmpty || !["molly", "survival"].contains($0)
    }
    let demands = (0..<random.number(in: 1...2)).map { _ in
      let post = random.pick(names)
      let pre = random.pick(names.filter { $0.arity == post.arity })
      return Demand(
        word: random.pick(words), pre: pre.name, post: post.name, slack: random.number(in: 0...2))
    }
    var example = Case(
      source: generated.source, space: space, crashView: random.pick(ReferenceCrashView.allCases),
      demands: demands)
    if random.chance(20) { example.mostFaults = random.number(in: 0...2) }
    if random.chance(20) {
      example.known = (0..<2).map { _ in space.randomSet(using: &random) }.filter { !$0.isEmpty }
    }
    return example
  }

  private func features(of features: ProgramFeatures) -> [String] {
    (features.negates ? ["negates"] : []) + (features.aggregates.isEmpty ? [] : ["aggregates"])
      + (features.recurses ? ["recurses"] : [])
  }
}

/// Faults and inputs.
private struct Selection: Hashable, Comparable {
  let faults: [ReferenceFault]
  let inputs: [ReferenceFact]

  /// Fewer faults first; as many in canonical order, and then by inputs.
  static func < (left: Self, right: Self) -> Bool {
    if left.faults.count != right.faults.count { return left.faults.count < right.faults.count }
    if left.faults != right.faults { return left.faults.lexicographicallyPrecedes(right.faults) }
    return left.inputs.lexicographicallyPrecedes(right.inputs)
  }
}

extension ReferenceQuestion {
  /// The admissible selections that break a specification or make a run fail, in order, and how many of them
  /// fail; nil where a run is too large.
  fileprivate func breakingSelections() -> (all: [Selection], failing: Int)? {
    func run(_ faults: [ReferenceFault], _ inputs: [ReferenceFact]) -> ReferenceExecution {
      ReferenceRun(
        program: program, nodes: space.nodes, eot: space.eot, crashView: crashView, faults: faults,
        inputs: inputs
      ).execution(tupleLimit: 2000, recordingFirings: false)
    }
    let allInputs = program.allInputs(upTo: space.eot)
    let baseline = run([], allInputs[0])
    // A run that ends early has no outcome to compare with.
    if baseline.failure != nil, specifications.contains(where: \.comparesWithBaseline) { return nil }
    var (all, failing) = ([Selection](), 0)
    for size in 0...min(space.largestSize, mostFaults ?? .max) {
      for faults in space.sets(ofSize: size)
      where !known.contains(where: { Set($0).isSubset(of: faults) }) {
        for inputs in allInputs {
          let execution = run(faults, inputs)
          if case .tupleLimit? = execution.failure { return nil }
          let isBroken = specifications.contains { specification in
            !specification.everyBreach(in: execution, baseline: baseline, eot: space.eot).isEmpty
          }
          if isBroken || execution.failure != nil {
            all.append(Selection(faults: faults, inputs: inputs.sorted()))
          }
          if execution.failure != nil { failing += 1 }
        }
      }
    }
    return (all.sorted(), failing)
  }
}

extension ReferenceFormula {
  /// The selections in satisfying assignments, each once, in order.
  fileprivate func satisfyingSelections(of program: Program, atMost most: Int) -> [Selection] {
    models(atMost: most).map { choices in
      Selection(
        faults: choices.compactMap { if case .fault(let fault) = $0 { fault } else { nil } },
        inputs: choices.compactMap { choice in
          guard case .placing(let number, let round) = choice else { return nil }
          let statement = program.choices[number]
          return ReferenceFact(
            relation: Text(program.relations[statement.relation].name), values: statement.values,
            round: round)
        }.sorted())
    }.sorted()
  }
}

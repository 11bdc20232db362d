// Small protocols that demand several things at once. Most demands are met without faults, because what is
// broken there needs no search.

import Dedalus
import ReferenceEvaluator

/// A random protocol with several properties, and bounds small enough to try every fault set.
public struct DemandingProtocol: Sendable {
  /// The protocol, which has `post`.
  public let generated: GeneratedProtocol
  /// The pieces, with the properties.
  public var source: SourceProgram
  /// What a crash does.
  public let crashView: ReferenceCrashView

  /// The protocol that belongs to `seed`, with two to four properties. Every second admits all kinds of
  /// faults. Where it `hasChoices`, the rounds of some facts are chosen.
  public init(seed: UInt64, limit: Int, hasChoices: Bool = false) {
    let generated = GeneratedProtocol(
      seed: seed, limit: limit, hasEveryKind: seed % 2 == 0, hasChoices: hasChoices)
    var random = SplitMix64(seed: seed ^ 0x51AB_7C9E_2D43_F00D)
    let crashView: ReferenceCrashView = seed / 2 % 2 == 0 ? .silent : .failStop
    var source = generated.source
    let count = random.number(in: 2...4)
    for _ in 0..<60 where source.properties.count < count {
      let candidate = Self.property(of: generated.program, named: "p\(source.properties.count)", &random)
      var extended = source
      extended.properties.append(candidate)
      guard let program = try? Program(text: extended.text), let added = program.properties.last else {
        continue
      }
      let search = BruteForce(
        program: program, space: generated.space, specification: ReferenceSpecification(added.form),
        crashView: crashView)
      if case .holds = search.verdict(upToSize: 0) {
        if !random.chance(90) { continue }
      } else if !random.chance(8) {
        continue
      }
      source = extended
    }
    (self.generated, self.source, self.crashView) = (generated, source, crashView)
  }

  private static func property(
    of program: Program, named name: String, _ random: inout SplitMix64
  ) -> SourceProperty {
    let relations = program.relations.filter { !["crash", "outage", "pause", "time"].contains($0.name) }
    let relation = random.pick(Array(relations))
    let comparable = relations.filter { $0.arity == relation.arity && $0.name != relation.name }
    let demanded = comparable.isEmpty ? relation : random.pick(Array(comparable))
    let words: [SourceProperty.Word] = [.finally, .finally, .always, .never, .within, .within, .stable]
    return SourceProperty(
      name: name, random.pick(words), delay: random.number(in: 0...2), relation.name, demanded.name)
  }
}

extension ReferenceSpecification {
  /// What a declared property demands.
  public init(_ form: PropertyDeclaration.Form) {
    switch form {
    case .finally(let pre, let post): self = .implication(pre: pre, post: post)
    case .always(let pre, let post): self = .always(pre: pre, post: post)
    case .never(let relation): self = .never(relation)
    case .within(let slack, let pre, let post): self = .within(slack: slack, pre: pre, post: post)
    case .stable(let relation): self = .stable(relation)
    }
  }

  /// Whether it is worth knowing that it demands nothing in any run.
  public var canBeVacuous: Bool {
    switch self {
    case .implication, .molly, .always, .within, .stable: true
    case .survival, .never, .neverMatching: false
    }
  }
}

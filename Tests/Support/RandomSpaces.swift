public import Dedalus
public import ReferenceEvaluator
public import Texts

extension ReferenceFaultSpace {
  /// A random space for runs of `program` for the rounds 1…`eot`, with faults of any kinds.
  public init(for program: Program, nodes: [Text], eot: Int, using random: inout SplitMix64) {
    self.init(
      nodes: nodes, eot: eot, eff: random.pick([eot, eot, eot, max(1, eot - 1), random.number(in: 1...eot)]),
      budgets: [:])
    for kind in ReferenceFault.Kind.allCases where kind != .omission && random.chance(45) {
      budgets[kind] = min(random.number(in: 1...2), kind == .crash ? nodes.count : 2)
    }
    if random.chance(50) { budgets[.omission] = random.number(in: 0...2) }
    configuration = program.configurationFacts.filter { $0.round <= eot }
    if !configuration.isEmpty, random.chance(80) { budgets[.missing] = random.number(in: 1...2) }
    varyExtents(using: &random)
  }

  /// How far faults go, where a partition may be, and what is spared; mostly as usual.
  public mutating func varyExtents(using random: inout SplitMix64) {
    window = random.pick([1, 2, 2, 2, 3])
    late = random.pick([1, 2, 2, 2, 3])
    split = random.pick([.any, .any, .any, .one, .half])
    // From numbers of its own, so that all else is drawn as without it.
    var own = random
    var others = SplitMix64(seed: own.next() ^ 0x1A57_C4A5)
    if eot > 2, others.chance(10) { lastCrash = others.number(in: 1...(eot - 1)) }
    if random.chance(15) { sparedNodes = [random.pick(nodes)] }
    if random.chance(15), nodes.count > 1 {
      let from = random.pick(nodes)
      sparedLinks = [Link(from: from, to: random.pick(nodes.filter { $0 != from }))]
    }
  }
}

/// Counts how often each of some things occurred, for asserting that a test met them.
public struct Shares {
  private var counts: [String: Int] = [:]

  /// Nothing has occurred.
  public init() {}

  /// Notes each of `names` once.
  public mutating func note(_ names: some Sequence<String>) {
    for name in Set(names) { counts[name, default: 0] += 1 }
  }

  /// How often `name` occurred.
  public subscript(name: String) -> Int { counts[name, default: 0] }

  /// Those of `names` that occurred in less than `percent` of `total` cases, with their numbers.
  public func below(_ percent: Int, of total: Int, _ names: some Sequence<String>) -> [String] {
    names.filter { self[$0] * 100 < percent * total }.map { "\($0): \(self[$0]) of \(total)" }
  }
}

// Small protocols with a specification, for comparing a search with brute force: somebody broadcasts, with or
// without retries, acknowledgements, relays, and deadlines, and `pre`/`post` say who must end up with what.
// The random choices set how many faults break it: none, one, or, where there is redundancy, several.

import Dedalus
import ReferenceEvaluator
import Texts

/// A random protocol with its specification and bounds small enough to try every fault set.
public struct GeneratedProtocol: Sendable {
  /// What produces it again.
  public let seed: UInt64
  /// The pieces.
  public var source: SourceProgram
  /// The same, checked.
  public var program: Program
  /// The fault sets to be tried.
  public let space: ReferenceFaultSpace

  /// The protocol that belongs to `seed`: the first that the checker accepts.
  ///
  /// - Parameters:
  ///   - limit: at most so many fault sets are admissible.
  ///   - hasEveryKind: whether faults of all kinds may be among them, and not only crashes and omissions.
  ///   - hasChoices: whether the rounds of some facts are chosen; there is a `pre` then.
  public init(seed: UInt64, limit: Int = 900, hasEveryKind: Bool = false, hasChoices: Bool = false) {
    var generator = DeliveryGenerator(seed: seed, limit: limit, hasEveryKind: hasEveryKind)
    while true {
      var source = generator.source()
      if hasChoices { generator.leaveFactsOpen(in: &source) }
      guard let program = try? Program(text: source.text) else { continue }
      guard let specification = ReferenceSpecification(of: program) else { continue }
      var space = generator.space.with(eot: generator.space.eot, for: program)
      if space.count > limit { space.budgets[.missing] = 0 }
      if hasChoices {
        guard program.relation(named: "pre") != nil, !program.choices.isEmpty,
          space.count * program.inputCount(upTo: space.eot) <= 4 * limit
        else { continue }
      }
      self.init(seed: seed, source: source, program: program, space: space)
      // Too many are broken by one fault, or by none at all; most of those are passed over.
      let share = share(keptOf: specification)
      if generator.random.chance(share) { return }
    }
  }

  private init(seed: UInt64, source: SourceProgram, program: Program, space: ReferenceFaultSpace) {
    self.seed = seed
    self.source = source
    self.program = program
    self.space = space
  }

  private func share(keptOf specification: ReferenceSpecification) -> Int {
    let search = BruteForce(program: program, space: space, specification: specification)
    switch search.verdict(upToSize: 1) {
    case .holds(isVacuous: false): return 100
    case .holds(isVacuous: true): return 40
    case .broken: return 12
    case .badBaseline, .failed: return 10
    }
  }
}

/// Fills in the templates.
struct DeliveryGenerator {
  var random: SplitMix64
  let nodes: [String]
  let space: ReferenceFaultSpace
  /// `open(N)` where messages are sent in some early rounds only, else nothing.
  private var window: [String] = []
  private var facts: [SourceFact] = []
  private var rules: [SourceRule] = []
  /// Whether something else than crashes and omissions may happen.
  private let hasEveryKind: Bool

  init(seed: UInt64, limit: Int, hasEveryKind: Bool) {
    var random = SplitMix64(seed: seed)
    var space: ReferenceFaultSpace
    self.hasEveryKind = hasEveryKind
    repeat {
      space = hasEveryKind ? Self.spaceOfEveryKind(using: &random) : Self.spaceOfThePaper(using: &random)
    } while !Self.isUseful(space, limit: limit)
    self.random = random
    self.space = space
    nodes = space.nodes.map(\.string)
  }

  private static func isUseful(_ space: ReferenceFaultSpace, limit: Int) -> Bool {
    // Which facts may be missing is not known yet.
    let facts = space.budget(of: .missing) == 0 ? 1 : 4
    return space.eff <= space.eot && space.count <= limit / facts && space.faults.count >= 2
  }

  /// A space of crashes and omissions.
  private static func spaceOfThePaper(using random: inout SplitMix64) -> ReferenceFaultSpace {
    while true {
      let eot = random.pick([3, 4, 4, 5])
      let space = ReferenceFaultSpace(
        nodes: ["a", "b", "c"].prefix(random.pick([2, 3, 3])).map { Text($0) }, eot: eot,
        eff: random.pick([1, 2, 2, 3, 3, 3, 4]), crashes: random.pick([0, 1, 1, 1, 2]))
      if space.eff + space.crashes >= 3 { return space }
    }
  }

  /// A space with a few kinds of faults.
  private static func spaceOfEveryKind(using random: inout SplitMix64) -> ReferenceFaultSpace {
    let eot = random.pick([3, 4, 4, 5])
    var space = ReferenceFaultSpace(
      nodes: ["a", "b", "c", "d"].prefix(random.pick([2, 2, 2, 3, 3, 3, 4])).map { Text($0) }, eot: eot,
      eff: random.pick([2, 3, 3, 4, 4, 5].filter { $0 <= eot }), budgets: [.omission: 0])
    var left = 4
    for kind in ReferenceFault.Kind.allCases.shuffled(using: &random).prefix(random.pick([2, 3, 3, 4])) {
      space.budgets[kind] = min(random.pick([1, 1, 2]), left)
      left -= space.budgets[kind] ?? 0
    }
    if random.chance(15) { space.budgets[.omission] = nil }
    space.varyExtents(using: &random)
    return space
  }

  mutating func source() -> SourceProgram {
    (facts, rules, window) = ([], [], [])
    network()
    if random.chance(65) { limitSending() }
    if hasEveryKind, random.chance(30) {
      counting()
      return SourceProgram(facts: facts, rules: rules, declarations: declarations())
    }
    switch random.number(in: 0...9) {
    case 0...5: broadcast()
    case 6, 7: quorum()
    default: decision()
    }
    if random.chance(12), let dropped = rules.indices.randomElement(using: &random) {
      rules.remove(at: dropped)
    }
    if random.chance(8), let dropped = facts.indices.randomElement(using: &random) {
      facts.remove(at: dropped)
    }
    return SourceProgram(facts: facts, rules: rules, declarations: hasEveryKind ? declarations() : [])
  }

  /// What rules derive may be durable, and facts of the network may be missing.
  private mutating func declarations() -> [SourceDeclaration] {
    var declarations: [SourceDeclaration] = []
    for relation in Set(rules.filter { $0.timing != .deductive }.map(\.relation)).sorted()
    where random.chance(50) && relation != "node" {
      declarations.append(SourceDeclaration(.durable, relation))
    }
    if space.budgets[.missing] ?? 0 > 0 || random.chance(20) {
      let relations = Set(facts.map(\.relation)).sorted()
      declarations.append(SourceDeclaration(.configuration, random.pick(relations)))
    }
    return declarations
  }

  /// Whoever gets something twice counts it twice, and whoever waits too long gives up.
  private mutating func counting() {
    facts.append(SourceFact("total(\"b\", 0)", round: 1))
    for round in 1...random.number(in: 1...2) {
      facts.append(SourceFact("pay(\"a\", \(random.number(in: 1...2)))", round: round))
    }
    rules.append(
      SourceRule("got(\"b\", X)@async", ["pay(\"a\", X)"] + (window.isEmpty ? [] : ["open(\"a\")"])))
    if random.chance(40) {
      rules.append(SourceRule("pay(N, X)@next", ["pay(N, X)", "notin thanks(N, X)"]))
      rules.append(SourceRule("thanks(\"a\", X)@async", ["got(\"b\", X)"]))
      if random.chance(60) { keep("thanks(N, X)") }
    }
    rules.append(SourceRule("total(N, T + X)@next", ["total(N, T)", "got(N, X)"]))
    rules.append(SourceRule("total(N, T)@next", ["total(N, T)", "notin got(N, _)"]))
    rules.append(SourceRule("pre(N, T)", ["total(N, T)"]))
    let bound = random.pick(["T < 3", "T < 4", "T != 4", "T > 0"])
    rules.append(SourceRule("post(N, T)", ["total(N, T)", bound]))
    if random.chance(30) { rules.append(SourceRule("post(N, T)", ["total(N, T)", "outage(N, N, _, _)"])) }
  }

  /// Who knows whom; `node` persists.
  private mutating func network() {
    for from in nodes {
      for to in nodes where from != to || random.chance(20) {
        facts.append(SourceFact("node(\"\(from)\", \"\(to)\")", round: 1))
      }
    }
    keep("node(N, M)")
  }

  /// Messages are sent in the rounds that may lose them, mostly, so that retries do not help for ever.
  private mutating func limitSending() {
    window = ["open(N)"]
    let last = max(1, space.eff - (random.chance(75) ? 1 : 0))
    for node in nodes {
      for round in 1...last { facts.append(SourceFact("open(\"\(node)\")", round: round)) }
    }
  }

  private mutating func keep(_ atom: String) { rules.append(SourceRule(atom + "@next", [atom])) }

  /// `log` is to spread from `bcast`.
  private mutating func broadcast() {
    facts.append(SourceFact("bcast(\"a\", \"u\")", round: 1))
    if random.chance(25) {
      facts.append(SourceFact("bcast(\"\(random.pick(nodes))\", \"v\")", round: random.number(in: 1...2)))
    }
    rules.append(SourceRule("log(N, P)", ["bcast(N, P)"]))
    if random.chance(92) { keep("log(N, P)") }
    for _ in 0..<random.pick([1, 1, 2]) { sending() }
    specification()
  }

  private mutating func sending() {
    switch random.number(in: 0...5) {
    case 0: rules.append(SourceRule("log(M, P)@async", ["bcast(N, P)", "node(N, M)"] + window))
    case 1: rules.append(SourceRule("log(M, P)@async", ["log(N, P)", "node(N, M)"] + window))
    case 2:
      for round in 1...2 where random.chance(80) { facts.append(SourceFact("try(\"a\")", round: round)) }
      rules.append(SourceRule("log(M, P)@async", ["try(N)", "log(N, P)", "node(N, M)"]))
    case 3: acknowledged()
    case 4:
      rules.append(SourceRule("log(M, P)@async", ["bcast(N, P)", "node(N, M)"] + window))
      rules.append(SourceRule("relay(M, N, P)@async", ["log(N, P)", "node(N, M)"] + window))
      rules.append(
        SourceRule("log(N, P)", ["relay(N, _, P)"] + (random.chance(30) ? ["notin crash(N, N, _)"] : [])))
    default:
      rules.append(SourceRule("log(Anyone, P)@async", ["log(N, P)", "notin seen(N, P)"] + window))
      rules.append(SourceRule("seen(N, P)@next", ["log(N, P)"]))
      if random.chance(60) { keep("seen(N, P)") }
    }
  }

  /// Retries until an acknowledgement arrives.
  private mutating func acknowledged() {
    rules.append(SourceRule("log(M, P)@async", ["log(N, P)", "node(N, M)", "notin ack(N, M, P)"] + window))
    rules.append(SourceRule("ack(S, N, P)@async", ["log(N, P)", "node(N, S)"]))
    if random.chance(80) { keep("ack(N, M, P)") }
  }

  private mutating func specification() {
    let isForgiving = random.chance(60)
    switch random.number(in: 0...4) {
    case 0, 1:
      rules.append(
        SourceRule("pre(M, P)", ["log(N, P)", "node(N, M)"] + (isForgiving ? ["notin crash(N, N, _)"] : [])))
      rules.append(SourceRule("post(M, P)", ["log(M, P)"]))
      if random.chance(40) {
        rules.append(SourceRule("post(M, P)", ["node(N, M)", "log(N, P)", "crash(N, M, _)"]))
      }
    case 2:
      rules.append(
        SourceRule(
          "pre(M, P)", ["node(N, M)@1", "bcast(N, P)@1"] + (isForgiving ? ["notin crash(M, N, _)"] : [])))
      rules.append(SourceRule("post(M, P)", ["log(M, P)"]))
    case 3:
      rules.append(SourceRule("pre(P)", ["bcast(N, P)@1"] + (isForgiving ? ["notin crash(N, N, 1)"] : [])))
      rules.append(SourceRule("post(P)", ["log(N, P)", "notin bcast(N, P)@1"]))
    default: rules.append(SourceRule("post(N, P)", ["log(N, P)"]))
    }
  }

  /// Votes are counted.
  private mutating func quorum() {
    facts.append(SourceFact("ask(\"a\", 1)", round: 1))
    if random.chance(70) { keep("ask(N, X)") }
    rules.append(SourceRule("asked(M, N)@async", ["ask(N, _)", "node(N, M)"] + window))
    if random.chance(60) { keep("asked(M, N)") }
    rules.append(SourceRule("vote(N, M)@async", ["asked(M, N)", "node(M, N)"]))
    keep("vote(N, M)")
    if hasEveryKind, random.chance(40) { return countedQuorum() }
    switch random.number(in: 0...5) {
    case 0: rules.append(SourceRule("votes(N, count<M>)@next", ["vote(N, M)"]))
    case 1:
      // Each node tells what it has counted; the most that anybody tells is what counts.
      rules.append(SourceRule("told(A, count<M>)@async", ["vote(N, M)", "node(N, A)"] + window))
      rules.append(SourceRule("votes(N, max<C>)", ["told(N, C)"]))
    default: rules.append(SourceRule("votes(N, count<M>)", ["vote(N, M)"]))
    }
    let needed = random.number(in: 1...(nodes.count - 1))
    rules.append(
      SourceRule(
        "post(N)", ["votes(N, C)", random.pick(["C >= \(needed)", "C >= \(needed)", "C == \(needed)"])]))
    guard random.chance(75) else { return }
    rules.append(SourceRule("pre(N)", ["ask(N, _)@1"] + (random.chance(70) ? ["notin crash(N, N, _)"] : [])))
    if random.chance(30) { rules.append(SourceRule("post(N)", ["ask(N, _)@1", "notin vote(N, _)"])) }
  }

  /// The same, in the place where the number is needed.
  private mutating func countedQuorum() {
    let needed = random.number(in: 1...(nodes.count - 1))
    let voted = random.pick([
      "count { vote(N, _) } >= \(needed)", "count { vote(N, M), node(N, M) } == \(needed)",
      "count { node(N, M), notin vote(N, M) } <= \(nodes.count - needed)", "count { vote(N, M), M != N } > 0",
    ])
    rules.append(SourceRule("pre(N)", ["ask(N, _)@1"] + (random.chance(70) ? ["notin crash(N, N, _)"] : [])))
    rules.append(SourceRule("post(N)", ["ask(N, _)@1", voted]))
  }

  /// Whoever has heard nothing by a deadline aborts; all must decide alike.
  private mutating func decision() {
    facts.append(SourceFact("go(\"a\")", round: 1))
    if random.chance(50) { facts.append(SourceFact("go(\"\(random.pick(nodes))\")", round: 2)) }
    if random.chance(60) { keep("go(N)") }
    rules.append(SourceRule("commit(M)@async", ["go(N)", "node(N, M)"] + window))
    rules.append(SourceRule("commit(N)@next", ["go(N)"]))
    keep("commit(N)")
    if random.chance(40) {
      rules.append(SourceRule("commit(M)@async", ["commit(N)", "node(N, M)"] + window))
    }
    let deadline = random.number(in: 2...3)
    for node in nodes { facts.append(SourceFact("deadline(\"\(node)\")", round: deadline)) }
    rules.append(SourceRule("abort(N)", ["deadline(N)", "notin commit(N)"]))
    keep("abort(N)")
    if random.chance(30) { rules.append(SourceRule("abort(M)@async", ["abort(N)", "node(N, M)"])) }
    rules.append(
      SourceRule(
        "split(\"all\")", ["commit(N)", "abort(M)"] + (random.chance(50) ? ["notin crash(N, M, _)"] : [])))
    rules.append(
      SourceRule(
        "post(N)", ["node(N, _)", "notin split(\"all\")"] + (random.chance(30) ? ["commit(N)"] : [])))
    rules.append(SourceRule("pre(N)", ["node(N, _)"] + (random.chance(40) ? ["notin crash(N, N, _)"] : [])))
  }
}

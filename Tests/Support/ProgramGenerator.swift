// Random programs that the checker accepts, by construction where that is cheap and by trying again where it
// is not. Each relation has a level; in the same round a rule may depend on its own level or lower ones, and
// negate or aggregate lower ones only, so that every program is stratified. Domains are tiny (two or three
// nodes, a few strings, the integers 0…3 and now and then an extreme one), so that joins meet.

import Dedalus
import Texts

/// A random program with the bounds it is to be run under.
public struct GeneratedProgram: Sendable {
  /// What produces it again.
  public let seed: UInt64
  /// The pieces.
  public var source: SourceProgram
  /// The same, checked.
  public var program: Program
  /// The nodes, sorted.
  public let nodes: [Text]
  /// The last round.
  public let eot: Int
}

/// What a column of a generated relation holds.
enum ColumnKind: Hashable {
  case node, word, number
}

/// A relation of a program that is being generated.
struct Signature {
  let name: String
  let kinds: [ColumnKind]
  let level: Int
  let hasFacts: Bool
}

/// Makes programs; the same seed makes the same program.
struct ProgramGenerator {
  /// Which features this program shall have; each decided once, so that their shares are controlled.
  struct Features {
    let hasNegation, hasAggregate, hasArithmetic, hasRecursion, hasWorld, hasExtremes,
      hasCounts: Bool
  }

  var random: SplitMix64
  /// Chooses what the run states and what is declared.
  var worldRandom: SplitMix64
  /// Chooses what is counted, and which operators are written for others.
  var countRandom: SplitMix64
  /// Chooses what is demanded.
  var demandRandom: SplitMix64
  /// Chooses what is left open.
  var choiceRandom: SplitMix64
  let nodes: [String]
  let eot: Int
  let features: Features
  var relations: [Signature] = []

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    worldRandom = SplitMix64(seed: ~seed)
    countRandom = SplitMix64(seed: seed ^ 0x0C0F_FEE0_0BAD_F00D)
    demandRandom = SplitMix64(seed: seed ^ 0x5DEE_CE66_D1CE_4E5B)
    choiceRandom = SplitMix64(seed: seed ^ 0x2545_F491_4F6C_DD1D)
    nodes = Array(["a", "b", "c"].prefix(random.number(in: 2...3)))
    eot = random.number(in: 3...5)
    features = Features(
      hasNegation: random.chance(75), hasAggregate: random.chance(40), hasArithmetic: random.chance(45),
      hasRecursion: random.chance(40), hasWorld: random.chance(25), hasExtremes: random.chance(25),
      hasCounts: countRandom.chance(40))
  }

  mutating func source() -> SourceProgram {
    relations = signatures()
    let facts = relations.filter(\.hasFacts).flatMap { self.facts(of: $0) }
    var rules: [SourceRule] = []
    for relation in relations {
      if relation.hasFacts {
        if random.chance(80) { rules.append(frameRule(of: relation)) }
      } else {
        rules.append(rule(deriving: relation, known: relations.filter { $0.name < relation.name }))
      }
    }
    if features.hasAggregate { rules += aggregateRules() }
    if features.hasRecursion, let head = relations.last { rules.append(recursiveRule(deriving: head)) }
    let target = min(12, max(3, rules.count + random.number(in: 0...4)))
    while rules.count < target {
      let relation = random.pick(relations)
      rules.append(random.chance(25) ? frameRule(of: relation) : rule(deriving: relation, known: relations))
    }
    rules = varied(rules)
    return SourceProgram(
      facts: facts.uniqued, rules: rules.uniqued, declarations: declarations(), properties: properties(),
      choices: choices())
  }

  private mutating func signatures() -> [Signature] {
    let given = random.number(in: 1...3)
    let derived = random.number(in: 2...5)
    var signatures = [
      Signature(
        name: "p0", kinds: random.chance(75) ? [.node, .node] : kinds(), level: 0, hasFacts: true)
    ]
    var level = 0
    for position in 1..<(given + derived) {
      let hasFacts = position < given
      if !hasFacts, level == 0 || random.chance(60) { level += 1 }
      signatures.append(
        Signature(name: "p\(position)", kinds: kinds(), level: level, hasFacts: hasFacts))
    }
    return signatures
  }

  private mutating func kinds() -> [ColumnKind] {
    let arity = random.pick([1, 2, 2, 2, 3, 3])
    return [.node] + (1..<arity).map { _ in random.pick([.node, .word, .number, .number]) }
  }

  private mutating func facts(of relation: Signature) -> [SourceFact] {
    (0..<random.number(in: 3...6)).map { _ in
      SourceFact(
        relation.name, relation.kinds.map { constant($0) },
        round: random.chance(75) ? 1 : random.number(in: 1...eot))
    }
  }

  mutating func constant(_ kind: ColumnKind) -> SourceExpression {
    switch kind {
    case .node: return .string(random.chance(95) ? random.pick(nodes) : "x")
    case .word:
      return .string(random.pick(["u", "u", "u", "v", "v", "v", "a", random.pick(["\u{e9}", "e\u{301}"])]))
    case .number:
      if features.hasExtremes, random.chance(30) { return .integer(random.pick([.max, .min, .max / 2, -1])) }
      return .integer(random.pick([0, 1, 1, 1, 2, 2, 3, -1]))
    }
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  fileprivate var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension GeneratedProgram {
  /// The program that belongs to `seed`: the first that the checker accepts. Without `choices`, it leaves
  /// nothing open.
  public init(seed: UInt64, choices: Bool = true) {
    var generator = ProgramGenerator(seed: seed)
    while true {
      var source = generator.source()
      if !choices { source.choices = [] }
      if let program = try? Program(text: source.text) {
        self.init(
          seed: seed, source: source, program: program, nodes: generator.nodes.map { Text($0) },
          eot: generator.eot)
        return
      }
    }
  }
}

import Indices
import Support
import Testing

@testable import Dedalus

// The analyses of a whole program against plain definitions of what they should find, on random rules. The
// generator makes rules of one or two columns over few relations, so that clashes, cycles and dead rules are
// frequent.

/// A random program, as data that the definitions below can work on.
struct RandomRules: CustomStringConvertible {
  struct Premise {
    let relation: Int
    let columns: [String]
    let isNegated: Bool
    let round: Int?
  }
  struct Rule {
    let head: Int
    let headColumns: [String]
    let suffix: String
    let body: [Premise]
  }
  var facts: [(relation: Int, columns: [String])] = []
  var rules: [Rule] = []
  static let relationCount = 6

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    func relation() -> Int { Int.random(in: 0..<Self.relationCount, using: &random) }
    for _ in 0..<Int.random(in: 2...8, using: &random) {
      facts.append((relation(), ["\"n\"", chance(90) ? "\"s\"" : "7"]))
    }
    for _ in 0..<Int.random(in: 1...7, using: &random) {
      let body = (0..<Int.random(in: 1...3, using: &random)).map { position in
        Premise(
          relation: relation(), columns: chance(85) ? ["X", "Y"] : ["X", chance(25) ? "7" : "\"s\""],
          isNegated: position > 0 && chance(35),
          round: chance(35) ? Int.random(in: 1...3, using: &random) : nil)
      }
      let isBound = body.contains { !$0.isNegated && $0.columns[1] == "Y" }
      rules.append(
        Rule(
          head: relation(), headColumns: ["X", isBound ? "Y" : chance(50) ? "X" : "7"],
          suffix: chance(25) ? "@next" : "", body: body))
    }
  }

  var description: String {
    func atom(_ relation: Int, _ columns: [String]) -> String {
      "p\(relation)(\(columns.joined(separator: ", ")))"
    }
    let facts = facts.map { atom($0.relation, $0.columns) + "@1;" }
    let rules = rules.map { rule in
      let body = rule.body.map { premise in
        (premise.isNegated ? "notin " : "") + atom(premise.relation, premise.columns)
          + (premise.round.map { "@\($0)" } ?? "")
      }
      return atom(rule.head, rule.headColumns) + rule.suffix + " :- " + body.joined(separator: ", ") + ";"
    }
    return (facts + rules).joined(separator: "\n")
  }

  /// The rules whose positive premises can hold: a naive least fixpoint.
  var liveRules: [Rule] {
    var possible = Set(facts.map(\.relation))
    func canFire(_ rule: Rule) -> Bool {
      rule.body.allSatisfy { $0.isNegated || possible.contains($0.relation) }
    }
    while let rule = rules.first(where: { canFire($0) && !possible.contains($0.head) }) {
      possible.insert(rule.head)
    }
    return rules.filter(canFire)
  }

  /// Whether, in `round`, some relation depends on itself through a negation: by transitive closure.
  func hasNegativeCycle(in round: Int) -> Bool {
    let count = Self.relationCount
    var reach = [[Bool]](repeating: [Bool](repeating: false, count: count), count: count)
    for relation in 0..<count { reach[relation][relation] = true }
    let edges = liveRules.filter { $0.suffix.isEmpty }.flatMap { rule in
      rule.body.filter { $0.round == nil || $0.round == round }.map { (rule.head, $0) }
    }
    for (head, premise) in edges { reach[head][premise.relation] = true }
    for middle in 0..<count {
      for from in 0..<count where reach[from][middle] {
        for to in 0..<count where reach[middle][to] { reach[from][to] = true }
      }
    }
    return edges.contains { head, premise in premise.isNegated && reach[premise.relation][head] }
  }

  /// The type of each column by naive propagation; nil when some place is both.
  var columnTypes: [[ColumnType?]]? {
    var known: [String: ColumnType] = [:]
    var pairs: [(String, String)] = []
    func tie(_ relation: Int, _ columns: [String], _ scope: String) {
      for (position, column) in columns.enumerated() {
        let other = column == "X" || column == "Y" ? scope + column : column == "7" ? "integer" : "string"
        pairs.append(("p\(relation).\(position)", other))
      }
    }
    for fact in facts { tie(fact.relation, fact.columns, "") }
    for (number, rule) in rules.enumerated() {
      tie(rule.head, rule.headColumns, "\(number)")
      for (position, premise) in rule.body.enumerated() {
        let isFree = premise.isNegated && !rule.body.contains { !$0.isNegated && $0.columns[1] == "Y" }
        tie(premise.relation, premise.columns, isFree ? "\(number).\(position)" : "\(number)")
        if isFree { pairs.append(("\(number).\(position)X", "\(number)X")) }
      }
    }
    known = ["integer": .integer, "string": .string]
    var isChanging = true
    while isChanging {
      isChanging = false
      for (left, right) in pairs + pairs.map({ ($1, $0) }) {
        guard let type = known[left] else { continue }
        if known[right] == nil {
          known[right] = type
          isChanging = true
        } else if known[right] != type {
          return nil
        }
      }
    }
    return (0..<Self.relationCount).map { relation in (0..<2).map { known["p\(relation).\($0)"] } }
  }
}

@Suite("Analyses of whole programs, against their definitions")
struct WholeProgramTests {
  @Test("dead rules, strata and types of random programs", arguments: 0..<15 as Range<UInt64>)
  func randomPrograms(block: UInt64) {
    for seed in (block * 100)..<(block * 100 + 100) {
      let random = RandomRules(seed: seed)
      guard disagreement(on: random) != nil else { continue }
      let small = shrink(random)
      Issue.record("seed \(seed): \(disagreement(on: small) ?? "")\n\(small)")
    }
  }

  /// Takes out rules and facts as long as the rest still disagrees.
  private func shrink(_ random: RandomRules) -> RandomRules {
    var smaller = random.rules.indices.map { position in
      var copy = random
      copy.rules.remove(at: position)
      return copy
    }
    smaller += random.facts.indices.map { position in
      var copy = random
      copy.facts.remove(at: position)
      return copy
    }
    return smaller.first { disagreement(on: $0) != nil }.map(shrink) ?? random
  }

  /// What the front end finds otherwise than the definitions do; nil when they agree.
  private func disagreement(on random: RandomRules) -> String? {
    let expectsClash = random.columnTypes == nil
    let expectsCycle = (1...4).contains { random.hasNegativeCycle(in: $0) }
    do throws(InvalidProgram) {
      let program = try Program(text: random.description)
      if expectsClash || expectsCycle { return "accepted" }
      let live = Set(random.liveRules.map { "\($0)" }).count
      if program.rules.count != live { return "\(program.rules.count) rules can fire, not \(live)" }
      return disagreement(onTypesOf: program, random) ?? disagreement(onStrataOf: program)
    } catch {
      let codes = Set(error.errors.map(\.code))
      if codes.contains(.typeClash) != expectsClash { return "clash expected: \(expectsClash)" }
      if codes.contains(.negationInCycle) != expectsCycle { return "cycle expected: \(expectsCycle)" }
      let others = codes.subtracting([.typeClash, .negationInCycle, .noRules])
      return others.isEmpty ? nil : "unexpected \(others)"
    }
  }

  private func disagreement(onTypesOf program: Program, _ random: RandomRules) -> String? {
    guard let expected = random.columnTypes else { return nil }
    for relation in program.relations where relation.name != "crash" {
      guard let number = Int(relation.name.dropFirst()) else { continue }
      for (found, known) in zip(relation.columnTypes, expected[number]) where known != nil && found != known {
        return "types of \(relation.name)"
      }
    }
    return nil
  }

  /// Every relation once, every deductive rule with its head, and what is read stands before, or beside if
  /// positive.
  private func disagreement(onStrataOf program: Program) -> String? {
    let deductive = program.rules.indices.filter { program.rules[$0].timing == .deductive }
    for round in 1...4 {
      let strata = program.strata(in: round)
      guard strata.flatMap(\.relations).sorted() == Array(program.relations.indices) else {
        return "relations"
      }
      guard strata.flatMap(\.rules).sorted() == deductive else { return "rules of strata" }
      var stratumOf: [RelationID: Int] = [:]
      for (number, stratum) in strata.enumerated() {
        for relation in stratum.relations { stratumOf[relation] = number }
        guard stratum.rules.allSatisfy({ stratumOf[program.rules[$0].headRelation] == number }) else {
          return "a rule in another stratum than its head"
        }
        let reads = reads(of: stratum, in: program, round)
        let places = reads.map { (stratumOf[$0.relation] ?? .max, $0.isNegated) }
        guard places.allSatisfy({ $0.0 < number || ($0.0 == number && !$0.1) }) else {
          return "order of strata"
        }
        // Rounds may share an order that obeys '@k' of other rounds, too.
        guard stratum.isRecursive || !places.contains(where: { $0.0 == number }) else { return "recursion" }
      }
    }
    return nil
  }

  private func reads(of stratum: Stratum, in program: Program, _ round: Int) -> [Atom] {
    stratum.rules.flatMap { id in
      program.rules[id].body.compactMap { term in
        if case .atom(let atom) = term, atom.round == nil || atom.round == round { atom } else { nil }
      }
    }
  }

  @Test("the random programs are of all kinds")
  func shares() {
    let programs = (0..<1500 as Range<UInt64>).map { RandomRules(seed: $0) }
    let clashing = programs.filter { $0.columnTypes == nil }
    let cyclic = programs.filter { program in (1...4).contains { program.hasNegativeCycle(in: $0) } }
    let late = programs.filter { !$0.hasNegativeCycle(in: 4) && $0.hasNegativeCycle(in: 2) }
    let dead = programs.filter { $0.liveRules.count < $0.rules.count }
    #expect((200...1300).contains(clashing.count) && (60...1300).contains(cyclic.count))
    #expect((200...1300).contains(dead.count))
    #expect(late.count >= 15)
  }

  @Test("strata of a round that '@k' names, and of the others")
  func specialRounds() throws {
    let program = try program(
      "p(\"a\")@1; d(\"a\")@1; a(X) :- p(X), notin b(X)@3; b(X) :- p(X), notin c(X); c(X) :- p(X), a(X)@2; d(X) :- c(X), d(X);"
    )
    func names(_ round: Int) -> [String] {
      program.strata(in: round).map { stratum in
        stratum.relations.map { program.relations[$0].name }.joined(separator: "+")
          + (stratum.isRecursive ? "*" : "")
      }
    }
    #expect(names(1) == ["p", "c", "d*", "a", "b", "crash"])
    #expect(names(3) == ["p", "c", "d*", "b", "a", "crash"])
    #expect(names(2) == ["p", "a", "c", "d*", "b", "crash"])
    #expect(names(9) == names(1))
  }

  @Test("some rounds may be named in ways that need strata of their own")
  func tooManyRounds() {
    // In odd rounds a must stand before b, in even ones after it: no order serves all of them.
    func text(_ relations: Int, _ rounds: Int) -> String {
      (2..<relations).map { "p\($0)(\"a\")@1;" }.joined()
        + (1...rounds).map {
          $0 % 2 == 1 ? "a(X) :- p2(X), notin b(X)@\($0);" : "b(X) :- p2(X), notin a(X)@\($0);"
        }.joined()
    }
    #expect(diagnose(text(99, 1900)).isEmpty)
    #expect(diagnose(text(99, 2100)).map { $0.split(separator: " ").last } == ["too-many-rounds"])
  }

  @Test("rounds that an order for all of them serves share it")
  func sharedOrder() throws {
    // Each round alone needs p after q, which the usual order has not.
    let rules = (1...5000).map { "p(X) :- q(X)@\($0);" }.joined()
    let program = try program("p(X) :- s(X); s(\"a\")@1; q(X) :- p(X)@9, s(X);" + rules)
    #expect(Set((1...6000).map { program.order(of: $0) }).isSubset(of: [.plain, .everyNamedRound]))
    #expect(program.orders.count <= 2)
  }

  @Test("many rounds that need no strata of their own take no time")
  func harmlessRounds() {
    let text = "p(\"a\")@1;" + (1...40_000).map { "a(X) :- p(X)@\($0);" }.joined()
    #expect(diagnose(text).isEmpty)
  }

  @Test("a chain of 40,000 relations and a cycle of 40,000 need no deep stack")
  func longChains() throws {
    let chain = (0..<40_000).map { "p\($0 + 1)(X) :- p\($0)(X);" }.joined(separator: "\n")
    let program = try program("p0(\"a\")@1;\n" + chain)
    #expect(program.strata(in: 1).count == 40_002)
    let cycle = "p0(\"a\")@1; p0(X) :- p0(X), notin p40000(X);\n" + chain
    #expect(diagnose(cycle) == ["1:28 negation-in-cycle"])
  }

  @Test("default nodes are the strings that facts are located at, by bytes")
  func defaultNodes() throws {
    let program = try program(
      "p(\"b\", 1)@1; p(\"B\", 2)@1; q(\"é\", \"z\")@2; q(\"e\", \"z\")@9; r(7)@1; s(X) :- p(X, _);")
    #expect(program.defaultNodes == ["B", "b", "e", "é"])
  }

  @Test("checking twice says the same")
  func deterministic() throws {
    for seed in 0..<50 as Range<UInt64> {
      let text = "\(RandomRules(seed: seed))\n"
      #expect(rendered(text) == rendered(text))
    }
  }
}

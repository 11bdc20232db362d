// Faults of every kind and lists of what is spared, written and read again, with names and values that are
// hard to write.

import Dedalus
import Support
import Testing
import Texts

@testable import Scenarios

@Suite("Hard names")
struct FaultRoundTripTests {
  private static let names: [Text] = [
    "a", "b c", "d,e", "f\"g", "h\\i", " j", "k ", "l>m", "\"", "\\", "\\\"", ",", ">", "n\to", "ü",
    "p\u{A0}q", "1", "a>b",
    "\u{3000}",
  ]
  private static let nodes = Nodes(names)
  private static let facts = [
    TimedFact(NamedFact("p", [.string("a")]), in: Round(1)),
    TimedFact(NamedFact("p", [.string("b c"), .integer(-7)]), in: Round(12)),
    TimedFact(NamedFact("q", [.string("x, y)@3"), .string(""), .integer(.min)]), in: Round(2)),
    TimedFact(NamedFact("q", [.string("h\\i\\"), .string(" k\t ")]), in: Round(3)),
    TimedFact(NamedFact("r", [.string("(1)@2"), .string("@")]), in: Round(3)),
  ]

  /// A random fault of `kind`; its side, if any, is named as it is to be.
  private func fault(_ kind: KindID, _ random: inout SplitMix64) -> Fault {
    func node() -> NodeID { NodeID(random.number(in: 0...(Self.nodes.count - 1))) }
    let meaning = kind.meaning
    var round = Round(random.number(in: 1...30))
    let subject: Fault.Subject
    switch meaning.subject {
    case .node: subject = .node(node())
    case .link:
      let from = node()
      subject = .link(Link(from: from, to: random.pick(Self.nodes.ids.filter { $0 != from })))
    case .side:
      let side = [node()] + Self.nodes.ids.filter { _ in random.chance(40) }.dropFirst()
      subject = .side(NodeSet(side).side(ofNodes: Self.nodes.count))
    case .fact:
      let fact = random.pick(Self.facts)
      (subject, round) = (.fact(fact.fact), fact.round)
    }
    return Fault(kind, subject, round, extent: meaning.measure == nil ? 0 : random.number(in: 1...40))
  }

  @Test("a fault is read as it is written", arguments: Array(KindID.allIDs))
  func faults(kind: KindID) throws {
    for seed in Campaign.seeds(300) {
      var random = SplitMix64(seed: seed)
      let fault = fault(kind, &random)
      let text = fault.text(Self.nodes)
      try #require(try Fault(text, nodes: Self.nodes, facts: Self.facts) == fault, "\(text)")
      let spaced = "  " + text.replacing(" ", with: "  ", maxReplacements: 1) + "\t"
      #expect(try Fault(spaced, nodes: Self.nodes, facts: Self.facts) == fault, "\(spaced)")
    }
  }

  @Test("either side of a partition names it")
  func otherSide() throws {
    let nodes = Nodes(["a", "b", "c d", "e"])
    for (text, name) in [
      ("partition a 1 2", "partition a 1 2"), ("partition b,\"c d\",e 1 2", "partition a 1 2"),
      ("partition e,\"c d\" 1 3", "partition a,b 1 3"), ("partition b,a,b 1 3", "partition a,b 1 3"),
      ("partition \"c d\",b 2 3", "partition a,e 2 3"),
    ] {
      #expect(try Fault(text, nodes: nodes).text(nodes) == name)
    }
  }

  @Test("what is spared is read as it is written")
  func spared() throws {
    for seed in Campaign.seeds(500) {
      var random = SplitMix64(seed: seed)
      let ids = Array(Self.nodes.ids)
      var spared = Budgets.Spared()
      for _ in 0..<random.number(in: 0...3) { spared.nodes.insert(random.pick(ids)) }
      for _ in 0..<random.number(in: 0...3) {
        let from = random.pick(ids)
        spared.links.insert(Link(from: from, to: random.pick(ids.filter { $0 != from })))
      }
      if spared.isEmpty { continue }
      let list = spared.list(Self.nodes)
      try #require(try Budgets.Spared(list: list, nodes: Self.nodes) == spared, "\(list)")
      #expect(try Budgets.Spared(list: " " + list + " ", nodes: Self.nodes) == spared)
    }
  }

  @Test("budgets are read as they are written")
  func budgets() throws {
    for seed in Campaign.seeds(300) {
      var random = SplitMix64(seed: seed)
      var budgets = Budgets()
      for kind in KindID.allIDs where random.chance(40) { budgets[kind] = random.number(in: 0...3) }
      if random.chance(30) { budgets.window = random.number(in: 1...9) }
      if random.chance(30) { budgets.late = random.number(in: 1...9) }
      budgets.split = random.pick(Budgets.Split.allCases)
      if random.chance(30) { budgets.spared.nodes = [NodeID(1)] }
      let settings = budgets.settings(Self.nodes)
      let read = try Budgets(settings, nodes: Self.nodes) { "--\($0)" }
      #expect(read == budgets, "\(settings)")
    }
  }
}

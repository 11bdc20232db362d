import Dedalus
import ReferenceEvaluator
import Support
import Testing
import Texts

@testable import Scenarios

/// The table of the kinds of faults: a new kind gets a row.
@Suite("Kinds of faults")
struct KindTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    /// A fault in a call; nodes are a, b and c.
    let text: String
    let sentence: String
    /// The rounds in which it may begin, where EOT is 6 and EFF 4.
    let rounds: Range<Int>
    /// The extents that a fault of its round may have there.
    let extents: Range<Int>
    let leastEFF: Int
    /// What it does in the silent view.
    let silent: [String]
    /// What it does in the fail-stop view; the same, unless given.
    var failStop: [String]?
    /// Why it has no effect where it is inert.
    let inert: String
    var testDescription: String { name }
  }

  private static let rows = [
    Row(
      name: "crash", text: "crash b 3", sentence: "b crashes in round 3", rounds: 1..<6, extents: 0..<1,
      leastEFF: 0,
      silent: ["b is silent from 3", "stated crash of b in 3"],
      failStop: [
        "b is silent from 3", "stated crash of b in 3", "b stops from 3", "nothing reaches b from 3",
        "no facts at b from 4", "durable stays at b from 3",
      ], inert: "b does nothing from round 3 on"),
    Row(
      name: "omission", text: "omit a b 3", sentence: "what a sends to b in round 3 is lost", rounds: 1..<4,
      extents: 0..<1, leastEFF: 4, silent: [], inert: "a sends nothing to b in round 3"),
    Row(
      name: "delay", text: "delay a b 1 2", sentence: "what a sends to b in round 1 arrives 2 rounds late",
      rounds: 1..<3, extents: 1..<3, leastEFF: 4, silent: [], inert: "a sends nothing to b in round 1"),
    Row(
      name: "duplicate", text: "duplicate a b 2 1",
      sentence: "what a sends to b in round 2 arrives once more, 1 round later", rounds: 1..<3,
      extents: 1..<2,
      leastEFF: 4, silent: [], inert: "a sends nothing to b in round 2"),
    Row(
      name: "pause", text: "pause b 2 4", sentence: "b pauses in rounds 2 to 3", rounds: 1..<4,
      extents: 1..<3,
      leastEFF: 4,
      silent: [
        "b stops from 2 through 3", "volatile, durable, fixed stays at b from 2 through 3",
        "stated pause of b in 2 until 4",
      ], inert: "b does nothing and gets nothing in rounds 2 to 3"),
    Row(
      name: "restart", text: "restart b 3 4",
      sentence: "b is down in round 3 and restarts with what is durable", rounds: 2..<4, extents: 1..<2,
      leastEFF: 4,
      silent: [
        "b stops from 3 through 3", "nothing reaches b from 3 through 3",
        "no facts at b from 3 through 3, but fixed", "durable, fixed stays at b from 3 through 3",
        "stated outage of b in 3 until 4",
      ], inert: "b does nothing, keeps nothing and gets nothing in round 3"),
    Row(
      name: "partition", text: "partition b 2 4",
      sentence: "b cannot talk to the other nodes in rounds 2 to 3",
      rounds: 1..<4, extents: 1..<3, leastEFF: 4, silent: ["[\"b\"] is cut off from 2 through 3"],
      inert: "nothing is sent between b and the other nodes in rounds 2 to 3"),
    Row(
      name: "wipe", text: "wipe b 2 4", sentence: "b is down in rounds 2 to 3 and restarts with nothing",
      rounds: 2..<4, extents: 1..<3, leastEFF: 4,
      silent: [
        "b stops from 2 through 3", "nothing reaches b from 2 through 3",
        "no facts at b from 2 through 3, but fixed", "fixed stays at b from 2 through 3",
        "stated outage of b in 2 until 4",
      ], inert: "b does nothing, keeps nothing and gets nothing in rounds 2 to 3"),
    Row(
      name: "missing", text: #"missing "p(\"a\", 1)@2""#, sentence: #"the fact p("a", 1)@2 is missing"#,
      rounds: 1..<7, extents: 0..<1, leastEFF: 0, silent: [#"p("a", 1)@2 is gone"#],
      inert: #"there is no fact p("a", 1)@2"#),
  ]
  private static let facts = [TimedFact(NamedFact("p", [.string("a"), .integer(1)]), in: Round(2))]
  private static let nodes = Nodes(["a", "b", "c"])

  private func words(_ effect: Effect) -> String {
    func name(_ node: NodeID) -> String { Self.nodes[node].string }
    func span(_ span: Effect.Span) -> String {
      "from \(span.first.rawValue)" + (span.last.map { " through \($0.rawValue)" } ?? "")
    }
    return switch effect {
    case .stops(let node, let rounds): "\(name(node)) stops \(span(rounds))"
    case .silences(let node, let rounds): "\(name(node)) is silent \(span(rounds))"
    case .isolates(let node, let rounds): "nothing reaches \(name(node)) \(span(rounds))"
    case .bars(let node, let rounds, let spared):
      "no facts at \(name(node)) \(span(rounds))" + spared.map { ", but \($0)" }.joined()
    case .keeps(let node, let rounds, let kept):
      "\(kept.map { "\($0)" }.joined(separator: ", ")) stays at \(name(node)) \(span(rounds))"
    case .separates(let side, let rounds): "\(side.nodes.map(name)) is cut off \(span(rounds))"
    case .states(let fact):
      "stated \(fact.relation) of \(name(fact.node)) in \(fact.round.rawValue)"
        + (fact.until.map { " until \($0.rawValue)" } ?? "")
    case .removes(let fact, let round): "\(fact.text(in: round)) is gone"
    }
  }

  @Test("every kind has a row, in the order of kinds")
  func complete() { #expect(KindID.all.map(\.name) == Self.rows.map(\.name)) }

  @Test("what a kind says of itself", arguments: rows)
  func row(_ row: Row) throws {
    let kind = try #require(KindID(named: row.name))
    let fault = try Fault(row.text, nodes: Self.nodes, facts: Self.facts)
    #expect(fault.kind == kind && fault.text(Self.nodes) == row.text)
    #expect(fault.sentence(Self.nodes) == row.sentence)
    #expect(fault.effects(in: .silent).map(words) == row.silent)
    #expect(fault.effects(in: .failStop).map(words) == row.failStop ?? row.silent)
    #expect(fault.inertSentence(Self.nodes) == row.inert)
    #expect(row.silent.contains { $0.hasPrefix("stated") } == kind.meaning.isStated)
    func bounds(eff: Int) throws -> Bounds {
      try Bounds(eot: 6, eff: eff, budgets: Budgets([kind: 1]), nodes: Self.nodes, facts: Self.facts)
    }
    #expect(kind.meaning.rounds(within: try bounds(eff: 4)) == row.rounds)
    #expect(kind.meaning.extents(from: fault.round.position, within: try bounds(eff: 4)) == row.extents)
    #expect(kind.meaning.leastEFF(of: fault) == row.leastEFF)
    for eff in 0...6 { #expect(try bounds(eff: eff).covers(fault) == (eff >= row.leastEFF)) }
  }

  @Test("choices are numbered in canonical order, and number and fault follow from each other")
  func numbers() throws {
    for (eff, crashes) in [(0, 0), (1, 1), (4, 0), (4, 2), (6, 3)] {
      let bounds = try Bounds(eot: 6, eff: eff, crashes: crashes, nodes: Self.nodes)
      let possible = PossibleFaults(bounds)
      let all = Array(possible.all)
      #expect(all.map(\.fault) == all.map(\.fault).sorted())
      #expect(all.allSatisfy { possible.choice(of: $0.fault) == $0.choice && bounds.covers($0.fault) })
      let space = ReferenceFaultSpace(nodes: ["a", "b", "c"], eot: 6, eff: eff, crashes: crashes)
      #expect(all.map(\.fault) == FaultSet(space.faults, among: Self.nodes).faults)
      #expect(KindID.allIDs.reduce(0) { $0 + possible.count(of: $1) } == all.count)
    }
  }

  @Test("the admissible sets are those of the reference evaluator, and counted without being made")
  func admissible() throws {
    for (eot, eff, crashes, names) in [
      (3, 2, 2, ["a", "b"]), (2, 2, 1, ["a", "b", "c"]), (4, 0, 3, ["a", "b", "c"]),
    ] {
      let nodes = Nodes(names.map { Text($0) })
      let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: nodes)
      let space = ReferenceFaultSpace(nodes: names.map { Text($0) }, eot: eot, eff: eff, crashes: crashes)
      let sets = Array(AdmissibleFaultSets(bounds))
      let expected = (0...space.faults.count).flatMap { space.sets(ofSize: $0) }
      #expect(sets == expected.map { FaultSet($0, among: nodes) })
      #expect(sets.allSatisfy { bounds.admits($0) } && "\(bounds.admissibleSetCount)" == "\(sets.count)")
    }
  }

  @Test("a fault that strikes later shares more rounds; one that is stated shares none")
  func shared() throws {
    func shared(_ text: String, _ view: CrashView) throws -> Round? {
      try Fault(text, nodes: Self.nodes, facts: Self.facts).lastRoundShared(in: view)
    }
    #expect(try shared("omit a b 3", .silent) == Round(3) && shared("omit a b 1", .failStop) == Round(1))
    for text in ["crash a 3", "pause a 3 4", "restart a 3 4", "wipe a 3 4"] {
      #expect(try shared(text, .silent) == nil && shared(text, .failStop) == nil)
    }
    #expect(
      try shared("delay a b 3 2", .silent) == Round(3) && shared("duplicate a b 1 1", .silent) == Round(1))
    #expect(
      try shared("partition a 3 5", .silent) == Round(3)
        && shared("missing \"p(\\\"a\\\", 1)@2\"", .silent) == Round(1))
  }
}

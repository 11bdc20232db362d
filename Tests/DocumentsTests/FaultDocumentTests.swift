// Faults of every kind and bounds with every budget, as documents: what is written is what is read.

import Dedalus
import Evaluation
import Support
import Testing
import Texts

@testable import Documents
@testable import Files
@testable import Scenarios

@Suite("Faults and bounds in documents")
struct FaultDocumentTests {
  private static let nodes = Nodes(["a", "b c", "d,e", "f\"g", "h\\i", "l>m"])
  private static let facts = [
    TimedFact(NamedFact("p", [.string("h\\i"), .integer(-7)]), in: Round(2)),
    TimedFact(NamedFact("q", [.string("x, y)@3"), .string("")]), in: Round(4)),
  ]

  private func value(_ json: JSON) throws -> StrictJSON { try StrictJSONReader.read(Array(json.text.utf8)) }

  private func bounds(_ random: inout SplitMix64) throws -> Bounds {
    var budgets = Budgets()
    for kind in KindID.allIDs { budgets[kind] = random.number(in: 1...3) }
    if random.chance(50) { budgets[.omission] = nil }
    budgets.window = random.number(in: 1...3)
    budgets.late = random.number(in: 1...3)
    budgets.split = random.pick(Budgets.Split.allCases)
    if random.chance(30) { budgets.spared.nodes = [NodeID(random.number(in: 0...5))] }
    if random.chance(30) {
      budgets.spared.links = [Link(from: NodeID(5), to: NodeID(random.number(in: 0...4)))]
    }
    return try Bounds(eot: 8, eff: 6, budgets: budgets, nodes: Self.nodes, facts: Self.facts)
  }

  @Test("admissible sets are read as they are written")
  func sets() throws {
    var shares = Shares()
    let seeds = Campaign.seeds(400)
    for seed in seeds {
      var random = SplitMix64(seed: seed)
      let bounds = try bounds(&random)
      #expect(try value(JSON(bounds)).bounds() == bounds.with(facts: []), "seed \(seed)")
      let possible = Array(PossibleFaults(bounds).all.map(\.fault))
      var chosen: [Fault] = []
      for kind in KindID.allIDs.shuffled(using: &random).prefix(4) {
        let fault = random.pick(possible.filter { $0.kind == kind })
        if bounds.admits(FaultSet(chosen + [fault])) { chosen.append(fault) }
      }
      let set = FaultSet(chosen)
      let document = try value(JSON(set, nodes: bounds.nodes))
      try #require(try document.faults(within: bounds) == set, "seed \(seed)")
      shares.note(chosen.map(\.meaning.name))
    }
    #expect(shares.below(15, of: seeds.count, KindID.all.map(\.name)) == [])
  }

  @Test(
    "each kind has its keys",
    arguments: [
      ("crash a 3", #"{"kind": "crash", "node": "a", "round": 3}"#),
      ("omit a l>m 3", #"{"kind": "omission", "from": "a", "to": "l>m", "round": 3}"#),
      ("delay a \"b c\" 3 2", #"{"kind": "delay", "from": "a", "to": "b c", "round": 3, "late": 2}"#),
      ("duplicate a \"b c\" 3 1", #"{"kind": "duplicate", "from": "a", "to": "b c", "round": 3, "late": 1}"#),
      ("pause \"f\\\"g\" 2 4", #"{"kind": "pause", "node": "f\"g", "round": 2, "until": 4}"#),
      ("restart \"h\\\\i\" 2 3", #"{"kind": "restart", "node": "h\\i", "round": 2, "until": 3}"#),
      (
        "partition a,\"b c\" 2 3",
        #"{"kind": "partition", "side": ["a", "b c"], "round": 2, "until": 3}"#
      ),
      ("wipe a 2 4", #"{"kind": "wipe", "node": "a", "round": 2, "until": 4}"#),
      (
        #"missing "p(\"h\\i\", -7)@2""#.replacing(#"h\\i"#, with: #"h\\i"#),
        #"{"kind": "missing", "fact": "p(\"h\\i\", -7)@2"}"#
      ),
    ])
  func keys(text: String, document: String) throws {
    let fault = try Fault(text, nodes: Self.nodes, facts: Self.facts)
    let flat = JSON(fault, nodes: Self.nodes).text.split(separator: "\n")
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
      .replacing("{ ", with: "{").replacing(" }", with: "}").replacing("[ ", with: "[").replacing(
        " ]", with: "]")
    #expect(flat == document)
    #expect(fault.text(Self.nodes) == text)
  }

  /// A document with these bounds and faults.
  private static func document(_ bounds: String, _ faults: String) -> String {
    """
    {"format": "faultline-counterexample/1",
    "program": {"files": [{"path": "p.ded", "digest": "\(CounterexampleFileTests.digest)"}], "included": []},
    "bounds": {"eot": 6, "eff": 5, "crashes": 1\(bounds), "nodes": ["a", "b"]},
    "oracle": "implication", "outcome": "post", "ignoresPre": false, "crashView": "silent",
    "faults": [\(faults)],
    "minimum": true, "confirmed": true, "violated": [["a"]]}

    """
  }

  @Test(
    "a file with faults that cannot be is refused, with its place",
    arguments: [
      (
        #", "restarts": 2"#,
        #"{"kind": "restart", "node": "a", "round": 2, "until": 4}, {"kind": "restart", "node": "a", "round": 3, "until": 4}"#,
        "5:11",
        "'restart a 2 4' and 'restart a 3 4' overlap or touch; a node must be well for a round between them"
      ),
      (
        #", "restarts": 1, "pauses": 1"#,
        #"{"kind": "pause", "node": "a", "round": 2, "until": 3}, {"kind": "restart", "node": "a", "round": 3, "until": 4}"#,
        "5:11",
        "'pause a 2 3' and 'restart a 3 4' overlap or touch; a node must be well for a round between them"
      ),
      (
        #", "delays": 2"#,
        #"{"kind": "delay", "from": "a", "to": "b", "round": 1, "late": 1}, {"kind": "delay", "from": "a", "to": "b", "round": 1, "late": 2}"#,
        "5:11", "'delay a b 1 1' and 'delay a b 1 2' change the same message; only one fault of a kind can"
      ),
      (
        #", "delays": 1"#, #"{"kind": "delay", "from": "a", "to": "b", "round": 4, "late": 1}"#, "5:12",
        "the fault 'delay a b 4 1' lies outside the bounds: with EOT 6 and EFF 5 it begins in a round from 1 to 3"
      ),
      (
        #", "delays": 1"#, #"{"kind": "delay", "from": "a", "to": "b", "round": 1, "late": 3}"#, "5:12",
        "the fault 'delay a b 1 3' lies outside the bounds: a message of round 1 comes at most 2 rounds late"
      ),
      (
        #", "restarts": 1"#, #"{"kind": "restart", "node": "a", "round": 1, "until": 2}"#, "5:12",
        "the fault 'restart a 1 2' lies outside the bounds: with EOT 6 and EFF 5 it begins in a round from 2 to 4"
      ),
      (
        #", "restarts": 1"#, #"{"kind": "restart", "node": "a", "round": 3, "until": 3}"#, "5:66",
        "expected an integer from 4 to 1000000001, found 3"
      ),
      (
        "", #"{"kind": "wipe", "node": "a", "round": 2, "until": 3}"#, "5:11",
        "more wipes than the bounds allow"
      ),
      (
        #", "partitions": 1"#, #"{"kind": "partition", "side": ["a", "b"], "round": 2, "until": 3}"#, "5:42",
        "a side holds some of the nodes, and not all of them"
      ),
      (
        #", "pauses": 1"#, #"{"kind": "pause", "node": "a", "round": 2}"#, "5:12",
        "the key \"until\" is missing"
      ),
      (
        #", "missing": 1"#, #"{"kind": "missing", "fact": "p(a)@1"}"#, "5:40", "'p(a)@1' is no fact"
      ),
      (#", "window": 0"#, "", "3:56", "expected an integer from 1 to 1000000, found 0"),
      (#", "restarts": 1, "spare": "c""#, "", "3:70", "there is no node 'c'"),
    ])
  func refused(bounds: String, faults: String, place: String, message: String) throws {
    let text = Self.document(bounds, faults)
    let error = #expect(throws: InvalidFile.self) {
      try CounterexampleFile(reading: SourceFile(path: "x.cex.json", bytes: Array(text.utf8)))
    }
    #expect(error?.position.map { "\($0.line):\($0.column)" } == place && error?.message == message)
  }
}

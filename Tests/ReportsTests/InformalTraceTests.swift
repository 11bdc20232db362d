// Traces for the viewers of other tools: exact documents, and a loop only where the run repeats itself.

import Answers
import Dedalus
import Evaluation
import Scenarios
import Support
import Testing

@testable import Reports

@Suite("Traces")
struct InformalTraceTests {
  private func trace(_ text: String, eot: Int, _ faults: String...) throws -> String {
    let nodes = Nodes(["a", "b"])
    let program = try Program(text: text)
    let set = FaultSet(try faults.map { try Fault($0, nodes: nodes) })
    let run = run(
      program, Setting(nodes: nodes, eot: eot, crashView: .silent), under: Scenario(set))
    return InformalTrace(run, files: ["p.ded"]).json.text
  }

  private static let turns = #"s("a", 0)@1; s(N, 1)@next :- s(N, 0); s(N, 0)@next :- s(N, 1);"#

  @Test("a state is a round, and a variable the set of a relation's rows")
  func document() throws {
    #expect(
      try trace(Self.turns, eot: 5, "omit a b 1") == """
        {
          "#meta": {"format": "ITF", "source": "p.ded", "faults": ["omit a b 1"]},
          "vars": ["s", "crash"],
          "states": [
            {
              "#meta": {"index": 0, "round": 1},
              "s": {"#set": [{"#tup": ["a", {"#bigint": "0"}]}]},
              "crash": {"#set": []}
            },
            {
              "#meta": {"index": 1, "round": 2},
              "s": {"#set": [{"#tup": ["a", {"#bigint": "1"}]}]},
              "crash": {"#set": []}
            },
            {
              "#meta": {"index": 2, "round": 3},
              "s": {"#set": [{"#tup": ["a", {"#bigint": "0"}]}]},
              "crash": {"#set": []}
            },
            {
              "#meta": {"index": 3, "round": 4},
              "s": {"#set": [{"#tup": ["a", {"#bigint": "1"}]}]},
              "crash": {"#set": []}
            }
          ],
          "loop": 2
        }

        """)
  }

  @Test(
    "has a loop only where nothing new can come",
    arguments: [
      (turns, 5, true), (turns, 2, false),
      // Its fact has not been placed yet.
      (turns + #"late("a", 1)@9;"#, 5, false),
      (#"c("a", 0)@1; c(N, T + 1)@next :- c(N, T);"#, 9, false),
      // What the clock states is not the same in any two rounds.
      (turns + "old(N) :- time(N, R, _), R > 7, s(N, _);", 5, false),
      (turns + "any(N) :- time(N, _, _), s(N, _);", 5, true),
    ])
  func loop(text: String, eot: Int, isThere: Bool) throws {
    #expect(try trace(text, eot: eot).contains(#""loop""#) == isThere)
  }

  /// A document, and what is wrong with it.
  static let documents: [(text: String, flaw: String?)] = [
    (##"{"vars": ["x"], "states": [{"x": {"#map": [[1, {"#bigint": "-3"}]]}}], "loop": 0}"##, nil),
    (
      ##"{"#meta": {}, "params": ["n"], "vars": ["x"], "states": [{"#meta": {"index": 0}, "x": {"a": [true]}}]}"##,
      nil
    ),
    ("[]", "it is no JSON object"),
    (#"{"vars": ["x"], "states": [{"x": 1}], "more": 1}"#, "there is a 'more'"),
    (#"{"vars": ["x", "x"], "states": [{"x": 1}]}"#, "a variable is named twice"),
    (##"{"vars": ["#x"], "states": [{"#x": 1}]}"##, "a variable has no good name"),
    (#"{"vars": ["x"], "states": []}"#, "there are no states"),
    (#"{"vars": ["x"], "states": [{"x": 1}, {"y": 1}]}"#, #"state 1: its variables are ["y"]"#),
    (#"{"vars": ["x"], "states": [{"x": 1}], "loop": 1}"#, "'loop' is no state"),
    (##"{"vars": ["x"], "states": [{"#meta": {"index": 1}, "x": 1}]}"##, "state 0: its index is 1"),
    (##"{"vars": ["x"], "states": [{"x": {"#bigint": "03"}}]}"##, "state 0: x: 03 is no number"),
    (##"{"vars": ["x"], "states": [{"x": {"#set": [1, 1]}}]}"##, "state 0: x: an element stands twice"),
    (##"{"vars": ["x"], "states": [{"x": [{"#tup": 1}]}]}"##, "state 0: x: a tuple is no list"),
    (##"{"vars": ["x"], "states": [{"x": {"#list": []}}]}"##, "state 0: x: '#list' is unknown"),
    (
      ##"{"vars": ["x"], "states": [{"x": {"#tup": [], "y": 1}}]}"##,
      "state 0: x: '#tup' does not stand alone"
    ),
    (##"{"vars": ["x"], "states": [{"x": {"#map": [[1, 2], [1, 3]]}}]}"##, "state 0: x: a key stands twice"),
  ]

  @Test(
    "the sentences about the format accept what is one and refuse what is none", arguments: documents.indices)
  func format(_ index: Int) {
    #expect(TraceFormat.flaw(of: Self.documents[index].text) == Self.documents[index].flaw)
  }

  @Test("traces of random runs are in the format, and their loops are loops")
  func random() throws {
    var shares = Shares()
    for seed in Campaign.seeds(400) {
      let generated = GeneratedProtocol(seed: seed, limit: 300, hasEveryKind: seed % 2 == 0)
      var random = SplitMix64(seed: seed)
      let text = generated.source.text(
        withBeatOf: 2, at: generated.space.nodes[0].string, &random)
      let program = try Program(text: seed % 3 == 0 ? text : generated.source.text)
      let bounds = try Bounds(generated.space)
      let sets = Array(AdmissibleFaultSets(bounds).prefix(200))
      let faults = sets[random.number(in: 0...(sets.count - 1))]
      let inputs = PossibleInputs(program.openFacts, upTo: 14).first
      let nodes = bounds.nodes
      func run(_ eot: Int) -> Execution {
        Evaluation.run(
          program, Setting(nodes: nodes, eot: eot, crashView: .silent), under: Scenario(faults, inputs))
      }
      let trace = InformalTrace(run(14), files: ["p.ded"])
      #expect(TraceFormat.flaw(of: trace.json.text) == nil, "seed \(seed)")
      guard let loop = run(14).recurrence else { continue }
      shares.note(["loop"] + (loop.period > 1 ? ["longer loop"] : []))
      let relations = program.allRelations.subtracting([program.time].compactMap(\.self))
      let rows = run(30).rowsByRound(of: relations)
      for round in loop.first.position...(30 - loop.period) {
        #expect(rows[round - 1] == rows[round - 1 + loop.period], "seed \(seed), round \(round)")
      }
    }
    #expect(shares["loop"] >= 150 && shares["longer loop"] >= 30, "\(shares)")
  }
}

// Traces for the viewers of other tools: exact documents, and a loop only where the run repeats itself.

import Dedalus
import Evaluation
import Scenarios
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
}

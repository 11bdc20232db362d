import Dedalus
import Evaluation
import Scenarios
import Support
import Testing

@testable import LineageViz

@Suite("Sequence diagrams for Markdown")
struct SequenceDiagramTests {
  private func diagram(_ program: String, nodes: [String], eot: Int, _ faults: [String] = []) throws -> String
  {
    let nodes = Nodes(nodes.map { .init($0) })
    let faults = FaultSet(try faults.map { try Fault($0, nodes: nodes) })
    return SequenceDiagram.mermaid(
      of: Evaluation.run(
        try Program(text: program), Setting(nodes: nodes, eot: eot), under: Scenario(faults)))
  }

  private static let ping = """
    start("a")@1; start(N)@next :- start(N);
    ping("b", "a")@async :- start("a");
    pong(N, "b")@async :- ping("b", N);
    """

  @Test("have the messages, losses and faults of each round, and equal rounds once")
  func rounds() throws {
    let told = try diagram(
      Self.ping, nodes: ["a", "b", "c"], eot: 7, ["omit a b 1", "crash b 4", "crash c 2"])
    #expect(
      told == """
        sequenceDiagram
          participant n0 as a
          participant n1 as b
          participant n2 as c
          Note over n0,n2: round 1
          n0--xn1: ping("a") (lost)
          Note over n0,n2: round 2
          Note over n2: c crashes in round 2
          n0->>n1: ping("a")
          Note over n0,n2: round 3
          n0->>n1: ping("a")
          n1->>n0: pong("b")
          Note over n0,n2: round 4
          Note over n1: b crashes in round 4
          n0->>n1: ping("a")
          n1--xn0: pong("b") (lost)
          Note over n0,n2: rounds 5–6
          n0->>n1: ping("a")
          n1--xn0: pong("b") (lost)

        """, "\(told)")
  }

  @Test("whatever a program calls its nodes, a line stays one line of its kind")
  func hostile() throws {
    let names = ["end", "x;y", "a#1", "<b>", "%%c", "p:q", "line\nbreak"]
    let facts = names.dropLast().map { "start(\"\($0)\")@1;" }
    let told = try diagram(
      facts.joined(separator: "\n") + "\nm(\"end\", N)@async :- start(N);", nodes: names, eot: 2)
    let forms: [Regex<AnyRegexOutput>] = [
      Regex(#/sequenceDiagram/#), Regex(#/  participant n[0-9] as [^;#:<>%]*(#[0-9]+;[^;#:<>%]*)*/#),
      Regex(#/  Note over n0,n6: round [0-9]/#),
      Regex(#/  n[0-9]->>n[0-9]: [^;#:<>%]*(#[0-9]+;[^;#:<>%]*)*/#),
    ]
    for line in told.split(separator: "\n", omittingEmptySubsequences: true) {
      #expect(forms.contains { line.wholeMatch(of: $0) != nil }, "\(line)")
      #expect(!line.hasSuffix(" as end"))
    }
    #expect(told.split(separator: "\n").count == 1 + 7 + 1 + 5, "\(told)")
  }
}

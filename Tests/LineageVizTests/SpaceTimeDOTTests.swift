import Dedalus
import Evaluation
import Scenarios
import Support
import Testing

@testable import LineageViz

@Suite("Space-time diagrams")
struct SpaceTimeDOTTests {
  private static let program = """
    start("a")@1;
    ping("b", "a")@async :- start("a");
    data("b", 1)@async :- start("a");
    data("b", 2)@async :- start("a");
    pong(N, "b")@async :- ping("b", N);
    self(N)@async :- start(N);
    """

  private func run(eot: Int = 3, _ faults: Fault...) throws -> Execution {
    Evaluation.run(
      try Program(text: Self.program), Setting(nodes: Nodes(["a", "b"]), eot: eot),
      under: Scenario(FaultSet(faults)))
  }

  @Test("lines, rounds and messages, byte for byte")
  func golden() throws {
    let dot = SpaceTimeDOT.diagram(of: try run(eot: 2), title: "ping")
    #expect(dot == Self.picture, "\(dot)")
  }

  @Test("messages between the same nodes in the same round share an arrow; those to oneself have none")
  func arrows() throws {
    let dot = SpaceTimeDOT.diagram(of: try run())
    #expect(dot.contains(#"label="ping\ndata ×2""#))
    #expect(dot.contains(#"label="pong""#) && !dot.contains("self"))
    #expect(!dot.contains("✗ "))
  }

  @Test("a lost message is crossed out, and a crashed process is dotted from its crash on")
  func faults() throws {
    let lost = SpaceTimeDOT.diagram(of: try run(.omission(from: NodeID(0), to: NodeID(1), Round(1))))
    #expect(lost.contains(#"label="✗ ping\ndata ×2""#) && lost.contains("faults: omit a→b @1"))
    let crashed = SpaceTimeDOT.diagram(of: try run(.crash(NodeID(1), Round(2))))
    #expect(crashed.contains(#"p1_2 [label="crash""#) && crashed.contains(#"label="✗ pong""#))
    #expect(crashed.split(separator: "\n").count { $0.contains("dotted") } == 1)
  }

  @Test("exactly the processes, rounds and arrows", .needs(.graphviz))
  func plain() throws {
    let plain = try Plain(of: SpaceTimeDOT.diagram(of: try run()))
    #expect(
      plain.nodes == [
        "h0", "h1", "m0", "m1", "p0_1", "p0_2", "p0_3", "p1_1", "p1_2", "p1_3", "r1", "r2", "r3",
      ])
    #expect(
      plain.edges == [
        "h0 -> p0_1", "h1 -> p1_1", "p0_1 -> p0_2", "p0_1 -> p1_2", "p0_2 -> p0_3", "p1_1 -> p1_2",
        "p1_2 -> p0_3", "p1_2 -> p1_3",
      ])
  }

  @Test("too many arrows are cut with a note")
  func limit() throws {
    #expect(SpaceTimeDOT.diagram(of: try run(), limit: 1).contains("showing 1 of 2 arrows"))
  }
}

extension SpaceTimeDOTTests {
  fileprivate static let picture = #"""
    digraph spacetime {
      graph [layout="neato", splines="line", outputorder="edgesfirst", fontname="Helvetica", fontsize=11, labelloc="b", labeljust="l", label="ping\lno faults\lTime runs down. Dashed red: lost (✗). Red octagon: the node crashes and sends nothing more.\l"]
      node [fontname="Helvetica", fontsize=9]
      edge [arrowsize=0.6, color="#444444"]
      h0 [label="a", shape="box", style="rounded,filled", fillcolor="#cfe6f7", fontsize=12, pos="0.00,0.44!"]
      p0_1 [label="", shape="circle", style="filled", fillcolor="#444444", width=0.07, pos="0.00,0.00!"]
      p0_2 [label="", shape="circle", style="filled", fillcolor="#444444", width=0.07, pos="0.00,-1.10!"]
      h0 -> p0_1 [dir="none", color="#b0b0b0", penwidth=1.5]
      p0_1 -> p0_2 [dir="none", color="#b0b0b0", penwidth=1.5]
      h1 [label="b", shape="box", style="rounded,filled", fillcolor="#fde2bd", fontsize=12, pos="1.60,0.44!"]
      p1_1 [label="", shape="circle", style="filled", fillcolor="#444444", width=0.07, pos="1.60,0.00!"]
      p1_2 [label="", shape="circle", style="filled", fillcolor="#444444", width=0.07, pos="1.60,-1.10!"]
      h1 -> p1_1 [dir="none", color="#b0b0b0", penwidth=1.5]
      p1_1 -> p1_2 [dir="none", color="#b0b0b0", penwidth=1.5]
      r1 [label="round 1", shape="plaintext", fontcolor="#7a7a7a", pos="-0.90,0.00!"]
      r2 [label="round 2", shape="plaintext", fontcolor="#7a7a7a", pos="-0.90,-1.10!"]
      p0_1 -> p1_2 [color="#1f5fa8"]
      m0 [label="ping\ndata ×2", shape="plaintext", style="filled", fillcolor="#ffffffd0", fontcolor="#222222", margin="0.01,0.0", width=0, height=0, pos="0.80,-0.55!"]
    }

    """#
}

import Dedalus
import Evaluation
import FaultInjection
import Testing

@testable import LineageViz

@Suite("Lineage diagrams")
struct LineageDOTTests {
  @Test(
    "every fault of a counterexample is drawn, and Graphviz accepts the picture", arguments: BrokenProgram.all
  )
  func faultsAreDrawn(broken: BrokenProgram) throws {
    let (answer, counterexample, baseline) = try broken.answer()
    let dot = LineageDOT.explanation(of: counterexample, of: answer.question, baseline: baseline)
    for fault in counterexample.faults.faults {
      let text = answer.question.bounds.nodes.text(of: fault)
      #expect(dot.contains("[label=\"\(text)\", shape=\"octagon\""), "\(text)")
    }
    #expect(dot == LineageDOT.explanation(of: counterexample, of: answer.question, baseline: baseline))
    if Plain.isAvailable {
      let plain = try Plain(of: dot)
      #expect(plain.nodes.count == lines(of: dot) { !$0.contains("->") && $0.contains(" [label=") })
      #expect(plain.edges.count == lines(of: dot) { $0.contains(" -> ") })
    }
  }

  private func lines(of dot: String, where isCounted: (Substring) -> Bool) -> Int {
    dot.split(separator: "\n").count { line in
      let text = line.drop { $0 == " " }
      return !text.hasPrefix("graph") && !text.hasPrefix("node") && !text.hasPrefix("edge") && isCounted(text)
    }
  }

  @Test("a lost message and what it takes away, byte for byte")
  func golden() throws {
    let answer = try Self.lossy.answer()
    let counterexample = try #require(answer.counterexamples.first)
    let baseline = try #require(answer.baseline)
    let dot = LineageDOT.explanation(of: counterexample, of: answer.question, baseline: baseline)
    #expect(dot == Self.lossyPicture, "\(dot)")
  }

  @Test("a large lineage is cut with a note")
  func limit() throws {
    let program = try Program(
      text: """
        left("a", 0)@1; right("a", 0)@1;
        left(N, X + 1)@next :- left(N, X);
        left(N, X + 1)@next :- right(N, X);
        right(N, X + 1)@next :- left(N, X);
        right(N, X + 1)@next :- right(N, X);
        """)
    let run = Evaluation.run(program, Setting(nodes: Nodes(["a"]), eot: 1000))
    let left = try #require(program.relation(named: "left"))
    let root = try #require(run.tuple(left, [.string("a"), .integer(999)], in: Round(1000)))
    let dot = LineageDOT.lineage(of: [root], in: run)
    #expect(dot.contains("showing 2,000 of 5,993 steps"))
  }

  @Test("hostile names and values change nothing about nodes and edges", .needsGraphviz)
  func hostileValues() throws {
    for text in hostileStrings where !text.contains("\"") && !text.contains("\n") && !text.contains("\0") {
      let question = LossyQuestion(payload: text, sender: text + "sender", receiver: text + "receiver")
      let answer = try question.answer()
      let counterexample = try #require(answer.counterexamples.first)
      let plain = try Plain(
        of: LineageDOT.explanation(
          of: counterexample, of: answer.question, baseline: try #require(answer.baseline)))
      #expect(plain.nodes.count == 7 && plain.edges.count == 6, "\(text.debugDescription)")
      let diagram = try Plain(of: SpaceTimeDOT.diagram(of: counterexample.execution))
      #expect(diagram.nodes.count == 9 && diagram.edges.count == 5, "\(text.debugDescription)")
    }
  }
}

/// One message, which may be lost.
struct LossyQuestion {
  var payload = "x"
  var sender = "a"
  var receiver = "b"

  func answer() throws -> Answer {
    let program = try Program(
      text: """
        bcast("\(sender)", "\(payload)")@1;
        log("\(receiver)", P)@async :- bcast("\(sender)", P);
        pre(P) :- bcast(N, P)@1;
        post(P) :- log("\(receiver)", P);
        """, path: "lossy.ded")
    let bounds = try Bounds(eot: 2, eff: 2, nodes: Nodes([Text(sender), Text(receiver)]))
    return try check(Question(program: program, bounds: bounds), patience: Patience())
  }
}

extension LineageDOTTests {
  fileprivate static let lossy = LossyQuestion()
  fileprivate static let lossyPicture = #"""
    digraph lineage {
      graph [rankdir="TB", newrank="false", nodesep=0.25, ranksep=0.35, fontname="Helvetica", fontsize=11, labelloc="b", labeljust="l", label="faults: omit a→b @1\lArrows into a box: all of these are needed. Arrows from a rule's place (file:line): any one of these will do.\lDashed blue: a message. Dashed box: nothing matches. Octagon: an injected fault; red: what it takes away.\lGrey: missing under the faults, because every way to it is cut. Red box: there only under the faults.\l"]
      node [fontname="Helvetica", fontsize=10, shape="box", style="rounded,filled", height=0.3]
      edge [fontname="Helvetica", fontsize=9, color="#444444", arrowsize=0.6]
      subgraph cluster_m {
        graph [label="what the faults take away: without them, post holds", labelloc="t", labeljust="c", color="#444444", style="rounded"]
        m0 [label="post(\"x\")\nmissing in round 2   lossy.ded:4", style="rounded,filled,dashed", fillcolor="#fafafa", color="#757575", fontcolor="#757575", penwidth=2.5]
        m1 [label="log(\"b\", \"x\")\nmissing in round 2   lossy.ded:2", style="rounded,filled,dashed", fillcolor="#fafafa", color="#757575", fontcolor="#757575", penwidth=0.8]
        m2 [label="bcast(\"a\", \"x\")\nround 1", fillcolor="#cfe6f7", penwidth=0.8]
        m3 [label="omit a→b @1", shape="octagon", style="filled", fillcolor="#fde3e3", color="#c0182b", fontcolor="#c0182b", penwidth=2]
        m1 -> m0 [color="#757575"]
        m3 -> m1 [label="", color="#c0182b", fontcolor="#c0182b", penwidth=1.5, arrowhead="tee"]
        m2 -> m1 [label="a→b @1", style="dashed", color="#757575", fontcolor="#757575"]
      }
      subgraph cluster_n {
        graph [label="under the faults: why pre holds and demands post", labelloc="t", labeljust="c", color="#444444", style="rounded"]
        subgraph cluster_n1 {
          graph [label="round 1", labelloc="t", labeljust="l", color="#dddddd", fontcolor="#7a7a7a", style="rounded"]
          n0 [label="bcast(\"a\", \"x\")\nround 1", fillcolor="#cfe6f7", penwidth=0.8]
        }
        subgraph cluster_n2 {
          graph [label="round 2", labelloc="t", labeljust="l", color="#dddddd", fontcolor="#7a7a7a", style="rounded"]
          n1 [label="pre(\"x\")\nround 2   lossy.ded:3", fillcolor="#f2f2f2", penwidth=2.5]
        }
        n0 -> n1 [color="#444444"]
      }
    }

    """#
}

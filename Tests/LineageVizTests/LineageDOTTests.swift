import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Search
import Support
import Testing
import Texts

@testable import LineageViz

@Suite("Lineage diagrams")
struct LineageDOTTests {
  @Test(
    "every fault of a counterexample is drawn, and Graphviz accepts the picture", arguments: BrokenProgram.all
  )
  func faultsAreDrawn(broken: BrokenProgram) throws {
    let (answer, counterexample, baseline) = try broken.answer()
    let dot = try LineageDiagram(
      of: counterexample, of: answer.question, baseline: baseline
    ).dot
    for fault in counterexample.faults.faults {
      let text = answer.question.bounds.nodes.text(of: fault)
      #expect(dot.contains("[label=\"\(text)\", shape=\"octagon\""), "\(text)")
    }
    let again = try LineageDiagram(
      of: counterexample, of: answer.question, baseline: baseline
    ).dot
    #expect(dot == again)
  }

  @Test(
    "Graphviz finds exactly the boxes and arrows of the picture", .needs(.graphviz),
    arguments: BrokenProgram.all
  )
  func parsed(broken: BrokenProgram) throws {
    let breach = try broken.breach()
    for isFull in [false, true] {
      var view = LineageView()
      view.isFull = isFull
      try compare(try LineagePicture(of: breach, view), breach.counterexample.faults)
      view.depth = 2
      try compare(try LineagePicture(of: breach, view), breach.counterexample.faults)
    }
  }

  /// Holds the DOT text of `picture`, as Graphviz reads it, against the picture.
  private func compare(_ picture: LineagePicture, _ faults: FaultSet) throws {
    let parsed = try ParsedDOT(LineageDrawing(picture, faults: faults).text)
    let boxes = Dictionary(uniqueKeysWithValues: picture.boxes.map { ("n\($0.id.rawValue)", $0) })
    #expect(Set(parsed.labels.keys.filter { $0.hasPrefix("n") }) == Set(boxes.keys))
    for (name, box) in boxes {
      #expect(
        parsed.labels[name]?.contains(box.title.showingEverything) == true, "\(box.title.debugDescription)")
    }
    let visible = parsed.edges.filter(\.isVisible)
    let arrows = picture.arrows.map {
      ParsedDOT.Edge(tail: "n\($0.tail.rawValue)", head: "n\($0.head.rawValue)", isVisible: true)
    }
    #expect(visible.count == arrows.count && Set(visible) == Set(arrows))
  }

  @Test("a lost message and what it takes away, byte for byte")
  func golden() throws {
    let answer = try Self.lossy.answer()
    let counterexample = try #require(answer.counterexample)
    let baseline = try #require(answer.baseline)
    let dot = try LineageDiagram(
      of: counterexample, of: answer.question, baseline: baseline
    ).dot
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
    let dot = try LineageDiagram(of: [root], in: run).dot
    #expect(dot.contains("showing 2,000 of 5,993 boxes"))
  }

  @Test("hostile names and values change nothing about nodes and edges", .needs(.graphviz))
  func hostileValues() throws {
    for text in hostileConstants {
      let question = LossyQuestion(payload: text, sender: text + "sender", receiver: text + "receiver")
      let answer = try question.answer()
      let counterexample = try #require(answer.counterexample)
      let breach = Breach(
        counterexample: counterexample, question: answer.question, baseline: try #require(answer.baseline))
      let picture = try LineagePicture(of: breach)
      #expect(picture.boxes.count == 5 && picture.arrows.count == 4, "\(text.debugDescription)")
      try compare(picture, counterexample.faults)
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
      graph [rankdir="TB", newrank="true", nodesep=0.2, ranksep=0.3, fontname="Helvetica", fontsize=11, labelloc="b", labeljust="l", label="faults: omit a→b @1\lArrows into a box: all of these are needed. Arrows from a rule's place (file:line): any one of these will do.\lDashed arrow: a message from one node to another. Dashed box with sharp corners: nothing matches.\lOctagon: a fault; red bars: what it takes away, or what now stands against a rule.\lGrey: missing under the faults, would hold without them; red double border: the earliest of these.\lRed box: only under the faults. Bold: what is violated.\l"]
      node [fontname="Helvetica", fontsize=10, shape="box", style="rounded,filled", height=0.3]
      edge [fontname="Helvetica", fontsize=9, color="#444444", arrowsize=0.6]
      subgraph cluster_time {
        graph [label="", peripheries=0]
        t [label="", shape="plaintext", style="solid"]
        r1 [label="round 1", shape="plaintext", style="solid", fontcolor="#7a7a7a"]
        r2 [label="round 2", shape="plaintext", style="solid", fontcolor="#7a7a7a"]
      }
      t -> r1 [style="invis", weight=100]
      r1 -> r2 [style="invis", weight=100]
      subgraph cluster_0 {
        graph [label="", color="#dddddd", style="rounded"]
        h0 [label="a", fillcolor="#cfe6f7", fontsize=14]
        n3 [label="bcast(\"a\", \"x\")\nround 1", fillcolor="#cfe6f7", penwidth=0.8]
        n4 [label="omit a→b @1", shape="octagon", style="filled", fillcolor="#fde3e3", color="#c0182b", fontcolor="#c0182b", penwidth=2]
      }
      subgraph cluster_1 {
        graph [label="", color="#dddddd", style="rounded"]
        h1 [label="b", fillcolor="#fde2bd", fontsize=14]
        n2 [label="log(\"b\", \"x\")\nearliest missing: round 2   lossy.ded:2", style="rounded,filled,dashed", fillcolor="#fafafa", color="#c0182b", fontcolor="#757575", penwidth=0.8, peripheries=2]
      }
      n0 [label="post(\"x\")\nmissing in round 2   lossy.ded:4", style="rounded,filled,dashed", fillcolor="#fafafa", color="#757575", fontcolor="#757575", penwidth=2.5, peripheries=1]
      n1 [label="pre(\"x\")\nround 2   lossy.ded:3", fillcolor="#f2f2f2", penwidth=2.5]
      subgraph row {
        graph [rank="same"]
        t
        h0
        h1
      }
      r2 -> n0 [style="invis", weight=0]
      r2 -> n1 [style="invis", weight=0]
      r2 -> n2 [style="invis", weight=0]
      r1 -> n3 [style="invis", weight=0]
      n3 -> r2 [style="invis", weight=0]
      r1 -> n4 [style="invis", weight=0]
      n4 -> r2 [style="invis", weight=0]
      n2 -> n0 [color="#757575"]
      n3 -> n1 [color="#444444"]
      n3 -> n2 [tooltip="a→b, round 1", style="dashed", color="#757575", penwidth=1.3]
      n4 -> n2 [color="#c0182b", penwidth=1.5, arrowhead="tee"]
    }

    """#
}

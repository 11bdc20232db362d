import Dedalus
import Evaluation
import Scenarios
import Testing
import Texts

@testable import LineageViz

/// Runs under one fault, for the marks of its kind.
enum MarkedRun {
  /// In each round, `a` tells its peers.
  private static let program = """
    configuration peer;
    peer("a", "b")@1; peer("a", "c")@1;
    peer(N, M)@next :- peer(N, M);
    put(M)@async :- peer("a", M);
    """

  /// The run under `faults`, written as in a call.
  static func run(_ faults: String..., eot: Int = 4, view: CrashView = .silent) throws -> Execution {
    let program = try Program(text: program, path: "p.ded")
    let nodes = try Nodes(["a", "b", "c"])
    let facts = program.facts.map { TimedFact($0, of: program) }
    return Evaluation.run(
      program, Setting(nodes: nodes, eot: eot, crashView: view),
      under: Scenario(FaultSet(try faults.map { try Fault($0, nodes: nodes, facts: facts) })))
  }
}

@Suite("Marks of faults in charts")
struct ChartMarkTests {
  private static let legend = "\n  → sends   ✗ sent and lost   † has crashed: sends nothing more\n"

  /// A fault, the chart, and the lines that its legend has in addition.
  static let charts: [(fault: String, chart: String, more: String)] = [
    (
      "delay a b 1 2",
      """
        round  a                  b  c
        1      put → c            ·  ·
               put → b (round 4)
        2      put → b,c          ·  ·
        3      put → b,c          ·  ·
        4      ·                  ·  ·

      """, "  (round 4) comes late, in round 4\n"
    ),
    (
      "duplicate a b 1 1",
      """
        round  a                      b  c
        1      put → c                ·  ·
               put → b (rounds 2, 3)
        2      put → b,c              ·  ·
        3      put → b,c              ·  ·
        4      ·                      ·  ·

      """, "  (rounds 3, 5) comes twice, in these rounds\n"
    ),
    (
      "pause a 2 4",
      """
        round  a          b  c
        1      put → b,c  ·  ·
        2      ‖ pauses   ·  ·
        3      ‖          ·  ·
        4      ↻ goes on  ·  ·

      """, "  ‖ pauses: what comes waits   ↻ acts again\n"
    ),
    (
      "restart a 2 3",
      """
        round  a            b  c
        1      put → b,c    ·  ·
        2      ▒ goes down  ·  ·
        3      ↻ is back    ·  ·
               put → b,c
        4      ·            ·  ·

      """, "  ▒ is down: what comes is lost   ↻ acts again\n"
    ),
    (
      "wipe b 2 4",
      """
        round  a               b                 c
        1      put → c         ·                 ·
               put ✗ b (down)
        2      put → c         ▒ goes down       ·
               put ✗ b (down)
        3      put → b,c       ▒                 ·
        4      ·               ↻ is back, empty  ·

      """, "  ▒ is down: what comes is lost   ↻ acts again\n"
    ),
    (
      "partition c 1 3",
      """
        round  a                  b  c
        1      put → b            ·  ⊘ cut off
               put ✗ c (cut off)
        2      put → b            ·  ⊘ cut off
               put ✗ c (cut off)
        3      put → b,c          ·  ·
        4      ·                  ·  ·

      """, "  ⊘ cut off from the other nodes\n"
    ),
    (
      #"missing "peer(\"a\", \"b\")@1""#,
      """
        round  a                 b  c
        1      ∅ peer("a", "b")  ·  ·
               put → c
        2      put → c           ·  ·
        3      put → c           ·  ·
        4      ·                 ·  ·

      """, "  ∅ a fact that is missing\n"
    ),
    (
      "omit a b 2",
      """
        round  a          b  c
        1      put → b,c  ·  ·
        2      put → c    ·  ·
               put ✗ b
        3      put → b,c  ·  ·
        4      ·          ·  ·

      """, ""
    ),
    (
      "crash a 2",
      """
        round  a          b  c
        1      put → b,c  ·  ·
        2      † crashes  ·  ·
        3      †          ·  ·
        4      †          ·  ·

      """, "  † goes on computing, unheard\n"
    ),
  ]

  @Test("each kind in its rounds, and only the marks that occur", arguments: charts)
  func chart(fault: String, chart: String, more: String) throws {
    let text = MessageChart(try MarkedRun.run(fault)).text
    #expect(text == chart + Self.legend + more, "\(text)")
  }

  @Test("every kind has a case")
  func complete() {
    let words = Self.charts.map { $0.fault.prefix { $0 != " " } }
    #expect(Set(words.map(String.init)) == Set(KindID.all.map(\.word)))
  }
}

@Suite("Marks of faults in space-time diagrams")
struct SpaceTimeMarkTests {
  /// A fault, how many elements have some classes, and the texts that tell it.
  static let marks: [(fault: String, classes: [String: Int], told: [String])] = [
    ("pause a 2 4", ["rect.paused": 2, "path.pause": 2, "path.off": 2], ["pauses", "↻ goes on"]),
    ("restart a 2 3", ["rect.down": 1, "path.hatch": 1, "path.off": 1], ["goes down", "↻ is back"]),
    (
      "wipe b 2 4", ["rect.down": 2, "path.hatch": 2, "path.cross": 2, "path.gone": 2, "path.off": 2],
      ["✗ put() → b (down)", "✗ put() → b (down)", "goes down", "↻ is back, empty"]
    ),
    (
      "partition c 1 3", ["rect.cut": 2, "path.cross": 2, "path.gone": 2],
      ["✗ put() → c (cut off)", "c is cut off", "✗ put() → c (cut off)"]
    ),
    ("delay a b 1 2", ["path.late": 3, "path.arrow": 6], ["put() → b (round 4)"]),
    ("duplicate a b 1 1", ["path.late": 2, "path.arrow": 7], ["put() → b (rounds 2, 3)"]),
    ("delay a b 2 2", ["path.late": 3, "path.arrow": 5], ["put() → b (round 5)"]),
    (#"missing "peer(\"a\", \"b\")@1""#, [:], [#"peer("a", "b") is missing"#]),
    ("omit a b 2", ["path.cross": 1, "path.gone": 1], ["✗ put() → b"]),
    (
      "crash a 2", ["path.dead": 3, "rect.dead": 3, "path.cross": 4, "path.gone": 4],
      ["crashes", "✗ put() → b, c", "✗ put() → b, c"]
    ),
  ]

  private static let classes: Set = [
    "rect.paused", "path.pause", "rect.down", "path.hatch", "rect.cut", "path.off", "path.late", "path.dead",
    "rect.dead", "path.cross", "path.gone",
  ]

  @Test("each kind has its marks, and no others", arguments: marks)
  func svg(fault: String, classes: [String: Int], told: [String]) throws {
    let diagram = try ParsedMarkup(SpaceTimeSVG.diagram(of: try MarkedRun.run(fault)))
    for name in Self.classes.union(classes.keys) {
      let parts = name.split(separator: ".").map(String.init)
      #expect(diagram.texts(parts[0], parts[1]).count == classes[name] ?? 0, "\(name)")
    }
    let kinds: Set<Substring> = ["crash", "trouble", "back", "lost"]
    let texts = diagram.elements.filter { element in
      guard element.name == "text", let kind = element.attributes["class"] else { return false }
      return !kinds.isDisjoint(with: kind.split(separator: " "))
        || kind == "sent" && element.text.hasSuffix(")")
          && element.text.contains("round")
    }
    #expect(texts.map(\.text) == told)
  }

  @Test("the styles and the legend grow only where a mark needs them")
  func legend() throws {
    let plain = SpaceTimeSVG.diagram(of: try MarkedRun.run("omit a b 1"))
    #expect(!plain.contains("hatch") && !plain.contains("Tinted"))
    let cut = SpaceTimeSVG.diagram(of: try MarkedRun.run("partition c 1 3"))
    #expect(cut.contains(".hatch") && cut.contains("Tinted: these nodes are cut off from the others"))
    #expect(!cut.contains("the node is down"))
  }

  @Test("a cross stands beside the line of the sender or of the receiver, and at no other line")
  func crosses() throws {
    let names = (0..<7).map { "n\($0)" }
    let facts = names.map { "n(\"\($0)\")@1;" }.joined()
    let program = try Program(text: facts + "message(M, N, \"some payload\")@async :- n(N), n(M)@1;")
    let nodes = try Nodes(names.map { Text($0) })
    let links = nodes.ids.flatMap { sender in
      nodes.ids.filter { $0 != sender }.map { Fault.omission(from: sender, to: $0, Round(1)) }
    }
    for faults in [links, nodes.ids.map { .crash($0, Round(1)) }] {
      let run = Evaluation.run(program, Setting(nodes: nodes, eot: 2), under: Scenario(FaultSet(faults)))
      let all = Transmission.all(of: run)
      let cells = SpaceTimeCells(of: run, all, FaultMarks(of: run), properties: [])
      let layout = SpaceTimeLayout(of: run, cells, all.map(\.key), from: 0)
      #expect(all.count == links.count)
      for (key, _) in all {
        let x = layout.crossX(of: key)
        #expect(nodes.ids.allSatisfy { abs(layout.x[$0] - x) >= 8 })
        let between = nodes.ids.filter { $0 != key.sender && $0 != key.receiver }
        let isNear = [key.sender, key.receiver].contains { end in
          between.allSatisfy { other in
            let (isLeft, isLeftOfEnd) = (layout.x[other] < x, layout.x[other] < layout.x[end])
            return isLeft == isLeftOfEnd
          }
        }
        #expect(isNear, "\(key)")
      }
    }
  }

  @Test("that a crashed node goes on computing is marked, where it does")
  func unheard() throws {
    let both = try MarkedRun.run("crash a 2", "pause b 3 4")
    let svg = try ParsedMarkup(SpaceTimeSVG.diagram(of: both))
    #expect(svg.texts("rect", "faint").count == 3 && svg.texts("text", "faint").count == 2)
    #expect(SpaceTimeDOT.diagram(of: both).contains(##"color="#c0182b60", style="dotted""##))
    #expect(MessageChart(both).text.contains("† goes on computing, unheard"))
    for (view, count) in [(CrashView.silent, 3), (.failStop, 0)] {
      let crash = try MarkedRun.run("crash a 2", view: view)
      #expect(SpaceTimeSVG.diagram(of: crash).contains("class=\"dead faint") == (count > 0))
      #expect(SpaceTimeDOT.diagram(of: crash).contains("60\"") == (count > 0))
      let marks = FaultMarks(of: crash)
      #expect((1...4).count { marks.isUnheard(NodeID(0), in: Round($0)) } == count)
    }
  }

  /// A fault, and what the picture in the DOT language has because of it.
  static let dots: [(fault: String, parts: [String])] = [
    (
      "pause a 2 4",
      [#"p0_2 [label="pause", shape="octagon""#, #"p0_3 [label="‖""#, #"p0_4 [label="↻ goes on""#]
    ),
    ("restart a 2 3", [#"style="dashed", penwidth=9"#, #"p0_3 [label="↻ is back""#, "Broad grey dashes"]),
    ("wipe b 2 4", [#"p1_2 [label="wipe", shape="octagon""#, #"label="✗ put""#]),
    ("partition c 1 3", [#"c0_2 [label="c is cut off", labelloc="t""#, #"label="✗ put""#, "Tinted"]),
    ("delay a b 1 2", ["p0_1 -> p1_4 [color=\"#1f5fa8\", style=\"dashed\"]", #"label="put\n(round 4)""#]),
    (
      "delay a c 1 1",
      [#"w1 [label="", shape="point""#, #"p0_1 -> w1 ["#, #"w1 -> p2_3 ["#, #"label="put\n(round 3)""#]
    ),
    ("delay a b 2 2", [#"p1_5 [label="round 5""#, "p0_2 -> p1_5"]),
    ("duplicate a b 1 1", ["p0_1 -> p1_2 [", "p0_1 -> p1_3 [", #"label="put\n(rounds 2, 3)""#]),
    (#"missing "peer(\"a\", \"b\")@1""#, [#"p0_1_0 [label="peer(\"a\", \"b\") is missing""#]),
    ("omit a b 2", [#"label="✗ put""#]),
    ("crash a 2", [#"p0_2 [label="crash""#, #"style="dotted""#]),
  ]

  @Test("each kind has its marks in the DOT language", arguments: dots)
  func dot(fault: String, parts: [String]) throws {
    let dot = SpaceTimeDOT.diagram(of: try MarkedRun.run(fault))
    for part in parts { #expect(dot.contains(part), "\(part) in \(dot)") }
  }
}

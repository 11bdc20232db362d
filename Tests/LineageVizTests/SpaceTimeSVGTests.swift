import Dedalus
import Evaluation
import Properties
import Scenarios
import Testing
import Texts

@testable import LineageViz

@Suite("Space-time diagrams as SVG")
struct SpaceTimeSVGTests {
  private static let program = """
    start("a")@1;
    ping("b", "a")@async :- start("a");
    ping("c", "a")@async :- start("a");
    data("b", 2)@async :- start("a");
    seen(N)@next :- ping(N, _);
    seen(N)@next :- seen(N);
    pong(N, M)@async :- ping(M, N);
    self(N)@async :- start(N);
    pre(N) :- start(N)@1;
    post(N) :- pong(N, "b");
    post(N) :- summary(N);
    summary(N) :- seen(N);
    """

  private func parsed(eot: Int = 3, _ faults: [Fault] = [], limit: Int = 100) throws -> ParsedMarkup {
    let program = try Program(text: Self.program)
    let question = try Question(program: program, bounds: Bounds(eot: eot, nodes: Nodes(["a", "b", "c"])))
    let run = Evaluation.run(program, question.setting, under: Scenario(FaultSet(faults)))
    let svg = SpaceTimeSVG.diagram(of: run, question: question, title: "ping", limit: limit)
    #expect(svg == SpaceTimeSVG.diagram(of: run, question: question, title: "ping", limit: limit))
    return try ParsedMarkup(svg)
  }

  private let a = NodeID(0)
  private let b = NodeID(1)

  @Test("processes, rounds and arrows, each once; a message to oneself has none")
  func elements() throws {
    let diagram = try parsed()
    #expect(diagram.texts("text", "name") == ["a", "b", "c"])
    #expect(diagram.texts("text", "quiet").prefix(4) == ["no faults", "round 1", "round 2", "round 3"])
    #expect(diagram.texts("path", "arrow").count == 4)
    #expect(diagram.texts("path", "gone").isEmpty && diagram.texts("path", "cross").isEmpty)
    #expect(diagram.texts("rect", "bar").count == 9)
  }

  @Test("what is sent to several nodes is one line, with relation and payload")
  func sendings() throws {
    #expect(
      try parsed().texts("text", "sent") == [
        #"ping("a") → b, c"#, "data(2) → b", #"pong("b") → a"#, #"pong("c") → a"#,
      ])
  }

  @Test("a node decides what the specification looks at, when it first holds")
  func decisions() throws {
    // `pong` is read by the specification itself, `seen` through `summary`, `ping` by no rule of it; `start`
    // is given.
    #expect(
      try parsed().texts("text", "decision").sorted() == [
        #"pong("b")"#, #"pong("c")"#, "seen()", "seen()",
      ])
  }

  @Test("a lost message ends in a cross; a crash is told and the rest of the line is dotted")
  func faults() throws {
    let lost = try parsed([.omission(from: a, to: b, Round(1))])
    #expect(lost.texts("text", "lost") == [#"✗ ping("a") → b"#, "✗ data(2) → b"])
    #expect(lost.texts("path", "arrow").count == 2 && lost.texts("path", "cross").count == 1)
    #expect(lost.texts("text", "broken").first == "what a sends to b in round 1 is lost")
    #expect(lost.texts("text", "broken").last == #"in round 3 pre("a") holds and post("a") does not"#)
    let crashed = try parsed([.crash(b, Round(2))])
    #expect(crashed.texts("text", "crash") == ["crashes"])
    #expect(crashed.texts("path", "dead").count == 2 && crashed.texts("rect", "dead").count == 2)
    #expect(crashed.texts("text", "lost") == [#"✗ pong("b") → a"#])
  }

  @Test("who does not see the picture is told what it shows")
  func description() throws {
    let diagram = try parsed([.crash(b, Round(2))])
    let told = diagram.elements.filter { $0.name == "title" || $0.name == "desc" }.map(\.text)
    #expect(told.first == "Space-time diagram")
    #expect(
      told.last
        == "Processes a, b, c; rounds 1 to 3, downwards. 4 arrows, 1 of them lost. Faults: b crashes in round 2."
    )
    #expect(diagram.elements.first?.attributes["role"] == "img")
  }

  @Test("too many arrows are cut with a note")
  func limit() throws {
    let diagram = try parsed(limit: 1)
    #expect(diagram.texts("path", "arrow").count == 1)
    #expect(diagram.texts("text", "quiet").contains("showing 1 of 4 arrows"))
  }

  @Test(
    "hostile names and values are text and nothing else", arguments: hostileStrings + hostileMarkup)
  func hostileValues(text: String) throws {
    guard
      !text.contains("\"") && !text.unicodeScalars.contains(where: { "\n\r\0".unicodeScalars.contains($0) })
    else { return }
    let plain = try drawing(of: LossyQuestion())
    let hostile = try drawing(
      of: LossyQuestion(payload: text, sender: text + "sender", receiver: text + "receiver"))
    #expect(hostile.counts.filter { $0.key != "title" } == plain.counts.filter { $0.key != "title" })
    #expect(Set(hostile.elements.map(\.name)).isSubset(of: Self.elements))
  }

  private func drawing(of lossy: LossyQuestion) throws -> ParsedMarkup {
    let answer = try lossy.answer()
    let counterexample = try #require(answer.counterexample)
    return try ParsedMarkup(
      SpaceTimeSVG.diagram(
        of: counterexample.execution, question: answer.question, title: "t" + lossy.payload))
  }

  private static let elements: Set = ["svg", "title", "desc", "style", "g", "rect", "path", "text"]

  @Test("texts keep to their columns, and arrows to the space between the rounds")
  func layout() throws {
    let names = (0..<10).map { "node\($0)" }
    let facts = names.map { "n(\"\($0)\")@1;" }.joined()
    let program = try Program(
      text: facts + "n(N)@next :- n(N); message(M, N, \"some payload\")@async :- n(N), n(M);")
    let run = Evaluation.run(program, Setting(nodes: Nodes(names.map { Text($0) }), eot: 30))
    let transmissions = Transmission.all(of: run)
    #expect(transmissions.count == 2_610)
    let cells = SpaceTimeCells(of: run, transmissions, FaultMarks(of: run), properties: [])
    let layout = SpaceTimeLayout(of: run, cells, transmissions.map(\.key), from: 0)
    for (node, next) in zip(run.setting.nodes.ids, run.setting.nodes.ids.dropFirst()) {
      for round in 1...30 {
        for line in cells[node, Round(round)] {
          #expect(layout.x[node] + 10 + SpaceTimeLayout.width(of: line.shown) < layout.x[next] - 8)
        }
      }
    }
    for round in 1..<30 {
      #expect(layout.top[Round(round)] < layout.bottom[Round(round)])
      #expect(layout.bottom[Round(round)] + 24 < layout.top[Round(round + 1)])
    }
  }
}

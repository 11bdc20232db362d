import Dedalus
import Evaluation
import Scenarios
import Testing
import Texts

@testable import LineageViz

/// A run under one fault, for the marks of its kind.
struct MarkedRun {
  /// `a` tells its peers in each round.
  static let program = """
    configuration peer;
    peer("a", "b")@1; peer("a", "c")@1;
    peer(N, M)@next :- peer(N, M);
    put(M)@async :- peer(_, M);
    put(M)@async :- peer(N, M), put(N);
    """

  /// The run of the program under `faults`, written as in a call.
  static func run(_ faults: String..., text: String = program, eot: Int = 4) throws -> Execution {
    let program = try Program(text: text.replacing("peer(_, M)", with: "peer(\"a\", M)"), path: "p.ded")
    let nodes = try Nodes(["a", "b", "c"])
    let facts = program.facts.map { TimedFact($0, of: program) }
    return Evaluation.run(
      program, Setting(nodes: nodes, eot: eot),
      under: FaultSet(try faults.map { try Fault($0, nodes: nodes, facts: facts) }))
  }
}

@Suite("Marks of faults")
struct FaultMarkTests {
  private static let usual = "  → sends   ✗ sent and lost   † has crashed: sends nothing more\n"

  /// A fault, the cells of the chart that differ from those without faults, and the lines of its legend.
  static let charts: [(fault: String, rows: String, legend: String)] = [
  ]

  @Test("a chart tells each kind in its rounds, and only the marks that occur", arguments: [
    "crash a 2", "omit a b 2", "delay a b 1 2", "duplicate a b 1 1", "pause a 2 4", "restart a 2 3", "wipe b 2 4", "partition a,b 1 3",
    #"missing "peer(\"a\", \"b\")@1""#,
  ])
  func chart(fault: String) throws {
    let run = try MarkedRun.run(fault)
    print("----", fault)
    print(MessageChart(run).text)
    let svg = try ParsedMarkup(SpaceTimeSVG.diagram(of: run))
    var counts: [String: Int] = [:]
    for element in svg.elements { for word in element.attributes["class"]?.split(separator: " ") ?? [] { counts[element.name + "." + word, default: 0] += 1 } }
    print(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    print(["crash", "trouble", "back", "lost", "sent"].map { "\($0) \(svg.texts("text", $0))" }.joined(separator: "\n"))
    print(svg.texts("text", "quiet").suffix(4))
  }
}

import Dedalus
import Evaluation
import FaultInjection
import Indices
import Lineage
import Testing

@testable import LineageViz

@Suite("Lineage pictures")
struct LineagePictureTests {
  @Test("folding changes nothing about what is reachable from what", arguments: BrokenProgram.all)
  func folding(broken: BrokenProgram) throws {
    let (_, counterexample, baseline) = try broken.answer()
    for execution in [baseline, counterexample.execution] {
      let roots = execution.store.tuples.filter {
        execution.store.round(of: $0) == execution.setting.eot
      }
      for root in roots.prefix(12) {
        let graph = DerivationGraph(of: [root], in: execution)
        let picture = LineagePicture(of: graph, in: execution)
        #expect(reachablePairs(of: picture) == image(of: graph, in: picture))
      }
    }
  }

  /// Every pair of boxes of which the second supports the first.
  private func reachablePairs(of picture: LineagePicture) -> Set<[PictureNodeID]> {
    var supports: [PictureNodeID: [PictureNodeID]] = [:]
    for edge in picture.edges where picture.nodes[edge.tail].kind != .fault {
      supports[edge.head, default: []].append(edge.tail)
    }
    var pairs: Set<[PictureNodeID]> = []
    for start in picture.nodes.indices where picture.nodes[start].kind != .firing {
      for end in closure(from: start, { supports[$0] ?? [] }) where end != start {
        if [.tuple, .absence].contains(picture.nodes[end].kind) { pairs.insert([start, end]) }
      }
    }
    return pairs
  }

  /// The same of the full graph, seen through the boxes.
  private func image(of graph: DerivationGraph, in picture: LineagePicture) -> Set<[PictureNodeID]> {
    var pairs: Set<[PictureNodeID]> = []
    for start in graph.nodes.indices {
      guard let box = picture.boxes[start] else { continue }
      for end in closure(from: start, { graph.supports[$0] }) {
        if let other = picture.boxes[end], other != box { pairs.insert([box, other]) }
      }
    }
    return pairs
  }

  private func closure<Node: Hashable>(from start: Node, _ next: (Node) -> [Node]) -> Set<Node> {
    var seen: Set<Node> = [start]
    var pending = [start]
    while let node = pending.popLast() {
      for other in next(node) where seen.insert(other).inserted { pending.append(other) }
    }
    return seen
  }

  @Test("frame copies are one box that names its rounds")
  func frames() throws {
    let program = try Program(
      text: """
        log("a", "x")@1;
        log(N, P)@next :- log(N, P);
        log("a", "x")@3;
        """)
    let run = Evaluation.run(program, Setting(nodes: Nodes(["a"]), eot: 5))
    let log = try #require(program.relation(named: "log"))
    let root = try #require(run.tuple(log, [.string("a"), .string("x")], in: Round(5)))
    let picture = LineagePicture(of: DerivationGraph(of: [root], in: run), in: run)
    #expect(picture.nodes.map(\.lines) == [[#"log("a", "x")"#, "rounds 1–5"]])
    #expect(picture.edges.isEmpty)
  }

  @Test("rounds are told in few words")
  func rounds() {
    #expect(text(of: [Round(2)]) == "2")
    #expect(text(of: [Round(6), Round(2), Round(4), Round(5)]) == "2, 4–6")
  }
}

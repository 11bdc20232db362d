import Evaluation
import Indices

/// The gates that say that a node has not crashed yet.
struct Liveness {
  private var table: IndexedArray<NodeID, [Edge]>

  /// One gate per node and round: the node was alive the round before, and does not crash in this one.
  init(_ setting: Setting, _ faults: PossibleFaults, _ circuit: inout Circuit) {
    table = IndexedArray(repeating: [], count: setting.nodes.count)
    for node in setting.nodes.ids {
      var alive = Edge.always
      for round in 1...setting.eot.position {
        if let input = faults.input(of: .crash(node, Round(round))) {
          alive = circuit.and([alive, !circuit.input(input)])
        }
        table[node].append(alive)
      }
    }
  }

  /// True where `node` crashes in no round up to `round`.
  func alive(_ node: NodeID, _ round: Round) -> Edge { table[node][round.position - 1] }
}

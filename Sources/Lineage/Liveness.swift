import Evaluation
import Indices
import Scenarios

/// The gates that say that a node has not crashed yet.
struct Liveness {
  /// By node, one gate for each round in which some node may crash.
  private var table: IndexedArray<NodeID, [Edge]>

  /// One gate per node and round: the node was alive the round before, and does not crash in this one. Without the
  /// rest of them where the circuit outgrows `mostGates`.
  init(_ setting: Setting, _ faults: PossibleFaults, _ circuit: inout Circuit, mostGates: Int) {
    table = IndexedArray(repeating: [], count: setting.nodes.count)
    for node in setting.nodes.ids {
      var alive = Edge.always
      for round in 0..<faults.lastCrashRound where circuit.gateCount <= mostGates {
        if let input = faults.input(of: .crash(node, Round(round + 1))) {
          alive = circuit.and([alive, !circuit.input(input)])
        }
        table[node].append(alive)
      }
    }
  }

  /// True where `node` crashes in no round up to `round`.
  func alive(_ node: NodeID, _ round: Round) -> Edge {
    let last = min(round.position, table[node].count)
    return last == 0 ? .always : table[node][last - 1]
  }
}

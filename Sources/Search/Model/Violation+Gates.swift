import Dedalus
import Evaluation
import Lineage
import Properties

extension Question {
  /// For every row that could be violated, sorted: the condition on the faults under which it is violated.
  package func violationGates(
    in grounding: Grounding, baseline: Execution, _ circuit: inout Circuit
  ) -> [(row: [Constant], gate: Edge)] {
    let post = gates(of: outcome.post, in: grounding)
    var suspects: [(values: [Constant], gate: Edge)]
    if let pre = outcome.pre {
      suspects = grounding.possibleRows(of: pre, in: setting.eot)
      if oracle == .molly {
        let expected = Set(baseline.finalRows(of: outcome.post))
        suspects = suspects.filter { expected.contains($0.values) }
      }
    } else {
      suspects = baseline.finalRows(of: outcome.post).map { ($0, .always) }
    }
    return suspects.map { row, gate in (row, circuit.and([gate, !(post[row] ?? .never)])) }
  }

  /// The condition on the faults under which `pre` has a row.
  func premiseGate(in grounding: Grounding, _ circuit: inout Circuit) -> Edge {
    guard let pre = outcome.pre else { return .always }
    return circuit.or(grounding.possibleRows(of: pre, in: setting.eot).map(\.gate))
  }

  private func gates(of relation: RelationID, in grounding: Grounding) -> [[Constant]: Edge] {
    let rows = grounding.possibleRows(of: relation, in: setting.eot)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.values, $0.gate) })
  }
}

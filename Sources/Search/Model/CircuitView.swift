import Dedalus
import Evaluation
import Lineage
import Scenarios

/// Reads single fault sets from the circuit.
struct CircuitView {
  let circuit: Circuit
  let possible: PossibleFaults
  let violations: [(row: [Constant], gate: Edge)]
  /// The run without faults, against which oracles may compare.
  let baseline: Execution

  func violatedRows(under faults: FaultSet) -> [[Constant]] {
    let values = circuit.values(possible.values(under: faults))
    return violations.filter { values[$0.gate.gate] != $0.gate.isNegated }.map(\.row)
  }
}

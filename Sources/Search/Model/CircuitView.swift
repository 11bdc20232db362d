import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios

/// Reads single scenarios from the circuit.
struct CircuitView {
  let circuit: Circuit
  let possible: PossibleFaults
  let possibleViolations: [(violation: Violation, condition: Edge)]
  /// The run without faults, which oracles may compare with.
  let baseline: Execution

  /// What breaks properties under `scenario`: each row once for a property, in the first round.
  func violations(under scenario: Scenario) -> [Violation] {
    let values = circuit.values(possible.values(under: scenario))
    return possibleViolations.filter { values[$0.condition.gate] != $0.condition.isNegated }
      .map(\.violation).firsts
  }
}

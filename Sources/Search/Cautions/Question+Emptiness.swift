// An outcome is empty where it has no row without faults. Where inputs are chosen there are many runs without
// faults, and all of them must lack a row.

import Evaluation
import Lineage
import Properties
import Satisfiability
import Scenarios

extension Question {
  /// Whether the outcome is asked for and has no row at the end of any run without faults. `baseline` is one
  /// of these runs.
  public func isEmptyWithoutFaults(_ baseline: Execution) -> Bool {
    guard isEmpty(in: baseline) else { return false }
    guard !program.choices.isEmpty, let outcome, let quiet = bounds.withoutFaults else { return true }
    let possible = PossibleFaults(quiet)
    let grounding = Grounding(CompiledProgram(program, nodes: bounds.nodes), setting, possible)
    if grounding.interruption != nil { return false }
    var circuit = grounding.circuit
    let goal = circuit.or(
      grounding.possibleRows(of: outcome.post, in: setting.eot).map(\.gate))
    var model = FaultModel(circuit, possible, bounds: quiet, goals: [goal], shouldStop: { false })
    return model.solve(FaultModel.Call(goals: [goal]), limits: .none) == .unsatisfiable
  }
}

extension Bounds {
  /// The same rounds and nodes, with nothing that goes wrong.
  fileprivate var withoutFaults: Bounds? {
    try? Bounds(eot: eot, budgets: Budgets(), nodes: nodes, openFacts: openFacts)
  }
}

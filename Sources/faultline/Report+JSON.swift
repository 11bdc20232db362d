import Dedalus
import FaultInjection

extension Report {
  /// The verdict as JSON, to the letter of `faultline-verdict/1`.
  var json: JSON {
    if let failure { return Refusal.run(failure).json }
    let (bounds, cost) = (question.bounds, answer.cost)
    return [
      "format": "faultline-verdict/1",
      "program": [
        "files": .array(files.map { .string($0) }), "digest": .string(question.program.digest),
      ],
      "bounds": JSON(bounds),
      "oracle": .string(question.oracle.rawValue),
      "outcome": .string(question.outcome.name),
      "crashView": .string(question.crashView.rawValue),
      "strategy": "circuit",
      "verdict": .string(answer.verdict.rawValue),
      "vacuous": .bool(answer.vacuous),
      "faultSpace": .string(String(bounds.faultSpace)),
      "counterexamples": .array(answer.counterexamples.map(json)),
      "executions": .integer(cost.executions),
      "circuit": [
        "tuples": .integer(cost.tuples), "gates": .integer(cost.gates),
        "faultVariables": .integer(cost.faultVariables),
      ],
      "cnf": ["variables": .integer(cost.variables), "clauses": .integer(cost.clauses)],
      "solver": [
        "conflicts": .integer(cost.conflicts), "decisions": .integer(cost.decisions),
        "propagations": .integer(cost.propagations), "calls": .integer(cost.solverCalls),
      ],
      "certificate": certificate.map { .string($0) } ?? .null,
      "seconds": [
        "total": .decimal(cost.total), "grounding": .decimal(cost.grounding),
        "solving": .decimal(cost.solving),
        "confirming": .decimal(cost.confirming),
      ],
    ]
  }

  private func json(_ counterexample: Counterexample) -> JSON {
    [
      "faults": JSON(counterexample.faults, nodes: nodes),
      "minimum": .bool(counterexample.minimum),
      "confirmed": true,
      "violated": JSON(rows: counterexample.violated),
    ]
  }
}

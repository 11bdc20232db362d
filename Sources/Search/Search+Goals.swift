import Evaluation
import Lineage
import Properties

extension Search {
  /// What the solver must make true to answer a question.
  struct Goals {
    /// What may be violated, and when.
    let violations: [(violation: Violation, condition: Edge)]
    let violation: Edge
    let failure: Edge
    /// For each property that can be vacuous: that it demands something.
    let premises: [(property: String, goal: Edge)]

    /// The goals of `question`; `baseline` is the run without faults.
    init(of question: Question, in grounding: Grounding, after baseline: Execution, _ circuit: inout Circuit)
    {
      violations = question.possibleViolations(
        in: grounding, expecting: question.expectedRows(in: baseline), &circuit)
      violation = circuit.or(violations.map(\.condition))
      failure = circuit.or(grounding.errors.map(\.condition))
      premises = question.judgedProperties.map { ($0.name, $0.demand(in: grounding, &circuit)) }
    }

    /// Their edges.
    var all: [Edge] { [violation, failure] + premises.map(\.goal) }
  }
}

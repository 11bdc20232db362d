import Dedalus
import Evaluation
import FaultInjection
import Lineage

/// A counterexample as a subject of explanation.
struct Breach {
  let counterexample: Counterexample
  let question: Question
  /// The most nodes of a graph.
  let limit: Int

  private var bad: Execution { counterexample.execution }

  /// Why the violated rows are so in the faulty run and not in `reference`: their `post` is missing, or else their
  /// `pre` is new. Nil where the reference differs in neither.
  func explanation(comparedWith reference: Execution) -> (explanation: Explanation, difference: Difference)? {
    let difference = Difference(from: reference, to: bad)
    var roots: [Explanation.Node] = tuples(question.outcome.post, in: reference).map { .missing($0) }
    if roots.isEmpty, let pre = question.outcome.pre {
      roots = counterexample.violated
        .filter { reference.tuple(pre, $0, in: reference.setting.eot) == nil }
        .compactMap { bad.tuple(pre, $0, in: bad.setting.eot) }
        .map { .added($0) }
    }
    return roots.isEmpty ? nil : (Explanation(of: roots, in: difference, limit: limit), difference)
  }

  /// One reason for which `pre` holds in the faulty run, with the name of `pre`; nil where there is no `pre`.
  var demand: (graph: DerivationGraph, name: String)? {
    question.outcome.pre.map { pre in
      (
        DerivationGraph(of: tuples(pre, in: bad), in: bad, scope: .oneReason, limit: limit),
        question.program.relations[pre].name
      )
    }
  }

  /// The run under all faults but one.
  func run(without fault: Fault) -> Execution {
    Evaluation.run(
      question.program, question.setting, under: FaultSet(counterexample.faults.faults.filter { $0 != fault })
    )
  }

  private func tuples(_ relation: RelationID, in execution: Execution) -> [TupleID] {
    counterexample.violated.compactMap { execution.tuple(relation, $0, in: execution.setting.eot) }
  }
}

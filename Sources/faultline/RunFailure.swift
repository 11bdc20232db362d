import Dedalus
import Evaluation
import FaultInjection

/// A run that ended because a computation has no result.
struct RunFailure {
  let program: Program
  let nodes: Nodes
  let error: RunError
  let faults: FaultSet

  /// What failed, in a line.
  var message: String {
    let reason =
      switch error.failure {
      case .overflow: "does not fit 64 bits"
      case .divisionByZero: "divides by zero"
      }
    let under =
      faults.count == 0 ? "" : " under " + faults.faults.map { "'\($0.text(nodes))'" }.joined(separator: ", ")
    return "in round \(error.round.rawValue)\(under), '\(error.operation)' \(reason)"
  }

  private var diagnostic: Diagnostic {
    .failedComputation(message, in: program.rules[error.rule], isOverflow: error.failure == .overflow)
  }

  func text(coloured: Bool) -> String {
    DiagnosticRenderer(sources: program.sources, colored: coloured).render(diagnostic)
  }

  var json: JSON { JSON(diagnostic, sources: program.sources) }
}

import Answers
import Dedalus
import Documents
import Evaluation
import Scenarios

/// A run that ended because a computation has no result.
package struct RunFailure {
  private let program: Program
  private let nodes: Nodes
  private let error: RunError
  private let scenario: Scenario

  /// The failure of a run of `program` under `scenario` with `error`.
  package init(program: Program, nodes: Nodes, error: RunError, _ scenario: Scenario) {
    self.program = program
    self.nodes = nodes
    self.error = error
    self.scenario = scenario
  }

  /// The failure that `answer` reports; nil where it reports something else.
  package init?(_ answer: Answer) {
    guard case .error(let error, let scenario, _, _) = answer.finding else { return nil }
    self.init(
      program: answer.question.program, nodes: answer.question.bounds.nodes, error: error, scenario)
  }

  /// What failed, in one line.
  var message: String {
    let reason =
      switch error.failure {
      case .overflow: "does not fit 64 bits"
      case .divisionByZero: "divides by zero"
      }
    let words = scenario.faults.faults.map { $0.text(nodes) } + scenario.inputs.facts.map(\.choiceText)
    let under = words.isEmpty ? "" : " under " + words.map { "'\($0)'" }.joined(separator: ", ")
    return "in round \(error.round.rawValue)\(under), '\(error.operation)' \(reason)"
  }

  private var diagnostic: Diagnostic {
    .failedComputation(message, in: program.rules[error.rule], isOverflow: error.failure == .overflow)
  }

  package func text(coloured: Bool) -> String {
    DiagnosticRenderer(sources: program.sources, colored: coloured).render(diagnostic)
  }

  var json: JSON { JSON(diagnostic, sources: program.sources) }
}

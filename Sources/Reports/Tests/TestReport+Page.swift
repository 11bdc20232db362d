import LineageViz
import Properties
import Workbench

extension TestReport {
  /// The matrix as a page.
  package var page: MatrixPage {
    MatrixPage(
      title: "Scenarios" + (commonFolder.isEmpty ? "" : " of \(commonFolder)"), summary: summary,
      rows: programs.map { program in
        .init(
          name: String(program.path.dropFirst(commonFolder.count)), cells: program.answers.map(Self.cell))
      })
  }

  private static func cell(_ answer: ScenarioAnswer) -> MatrixPage.Cell {
    var kind = MatrixPage.Kind.other
    if case .found(let finding, _) = answer.outcome {
      switch finding.verdict {
      case .holds: kind = .holds
      case .counterexample: kind = .broken
      case .badBaseline, .error, .inconclusive: kind = .other
      }
    }
    return MatrixPage.Cell(
      bounds: answer.bounds ?? "", finding: answer.finding, asked: asked(answer), kind: kind,
      complaint: answer.complaint,
      place: answer.place, notes: answer.notes)
  }

  /// What is broken, where several properties are asked, and what of the question is not as usual.
  private static func asked(_ answer: ScenarioAnswer) -> String {
    guard case .success(let scenario) = answer.scenario else { return "" }
    var parts: [String] = []
    if case .found(let finding, _) = answer.outcome, finding.question.properties.count > 1,
      !finding.violations.isEmpty
    {
      parts.append("breaks \(finding.question.quotedNames(of: finding.violations))")
    }
    let inquiry = scenario.inquiry
    if let outcome = inquiry.namedOutcome { parts.append("outcome \(outcome)") }
    if inquiry.oracle != .implication { parts.append("oracle \(inquiry.oracle.rawValue)") }
    if inquiry.crashView != .silent { parts.append("crash view \(inquiry.crashView.rawValue)") }
    return parts.joined(separator: ", ")
  }
}

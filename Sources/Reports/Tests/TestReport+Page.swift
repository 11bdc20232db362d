import LineageViz
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
      bounds: answer.bounds ?? "", finding: answer.finding, kind: kind, complaint: answer.complaint,
      place: answer.place, notes: answer.notes)
  }
}

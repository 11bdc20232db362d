import Answers
import Dedalus
import Evaluation
import LineageViz
import Properties
import Scenarios

extension Report {
  /// A page has a laboratory only where the circuit has at most so many gates.
  private static let mostGates = 60_000

  /// The laboratory of its question, which begins with the counterexample; nil where its circuit is too large
  /// for a page. 'faultline lab' makes one of any size.
  var laboratory: Laboratory? {
    guard answer.cost[.gates] <= Self.mostGates else { return nil }
    let start = answer.counterexample?.execution.scenario ?? Scenario(.none, answer.inputs)
    var budget = Budget.standard
    budget.gates = Self.mostGates
    return try? Laboratory(question, files: files, startingWith: start, budget: budget)
  }
}

extension HTMLReport {
  /// The page of `reports`; a single one has its laboratory. Throws where `shouldStop` has ended that.
  package static func page(
    of reports: [Report], shouldStop: @escaping () -> Bool
  ) throws(Stopped) -> String {
    var page = HTMLReport(title: "Faultline report", shouldStop: shouldStop)
    for report in reports { page.add(report) }
    if reports.count == 1, let laboratory = reports[0].laboratory { page.add(laboratory) }
    return try page.finish()
  }

  /// Adds `report`, with the runs that its answer names.
  mutating func add(_ report: Report) {
    let (answer, question) = (report.answer, report.question)
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    let baseline =
      answer.counterexample.flatMap { answer.baseline(for: $0.execution) } ?? answer.baseline
      ?? compiled.run(question.setting, under: Scenario(.none, question.bounds.possibleInputs.first))
    begin(
      ReportPage(report).analysis,
      baseline: .init(number: 1, kind: .baseline, execution: baseline))
    guard let first = answer.counterexample else { return }
    var number = 2
    add(
      .init(
        number: number, kind: .counterexample, execution: first.execution, isMinimum: first.minimum,
        aftermath: report.aftermath, because: report.reasoning))
    for set in answer.minimalSets?.elements ?? [] where set.faults != first.faults {
      number += 1
      add(
        .init(
          number: number, kind: .counterexample,
          execution: compiled.run(question.setting, under: set.scenario))
      )
    }
  }
}

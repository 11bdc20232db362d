// A recorded analysis on a page: what the record does not say is found out again from its runs.

import Answers
import Dedalus
import Evaluation
import LineageViz
import Properties
import RunStore
import Scenarios
import Search
import Workbench

extension HTMLReport {
  /// Adds `record` of `store` with all its runs.
  package mutating func add(_ record: AnalysisRecord, of store: RunStore) throws(StoreError) {
    let question = try store.question(of: record.id)
    let answer = try store.answer(of: record.id)
    var page = ReportPage(
      question: question, verdict: record.verdict, strategy: record.plan.strategy)
    if let answer {
      page.isVacuous = answer.isVacuous
      page.harmlessUpTo = answer.harmlessUpTo
      page.stoppedBy = answer.stoppedBy
      page.cost = answer.cost
    }
    var runs: [ReportedAnalysis.Run] = []
    try store.forEachRun(of: record.id) { run, execution in
      runs.append(
        .init(number: run.number, kind: .init(run.role), execution: execution, isMinimum: run.minimum))
    }
    let broken = runs.filter { $0.kind == .counterexample }.map(\.execution.faults.count)
    if let smallest = broken.min() { page.sets = (broken.count, smallest, false) }
    // The run that the first counterexample is compared with, or else the last that was made: the one that is
    // broken, where one is.
    let shown = runs.first { $0.kind == .counterexample }?.execution.inputs
    let recorded =
      runs.firstIndex { $0.kind == .baseline && $0.execution.inputs == shown }
      ?? runs.lastIndex { $0.kind == .baseline }
    let baseline =
      recorded.map { runs.remove(at: $0) }
      ?? .init(
        number: 0, kind: .baseline,
        execution: Evaluation.run(
          question.program, question.setting,
          under: Scenario(.none, question.bounds.possibleInputs.first)))
    page.cautions = question.cautions(on: record.verdict, baseline: baseline.execution)
    page.complaint = page.complaint(baseline: baseline.execution, runs: runs)
    begin(page.analysis, baseline: baseline)
    if let first = runs.firstIndex(where: { $0.kind == .counterexample }) {
      runs[first] = runs[first].withAftermath(of: question, baseline: baseline.execution)
    }
    for run in runs { add(run) }
  }
}

extension ReportPage {
  /// What the terminal has said of a program that is itself at fault, by its recorded runs.
  fileprivate func complaint(baseline: Execution, runs: [ReportedAnalysis.Run]) -> String {
    switch verdict {
    case .badBaseline:
      let bad = BadBaseline(
        question: question, execution: baseline,
        inputs: question.program.choices.isEmpty ? "" : "\n  \(baseline.inputs.words)", files: [])
      return bad.text(question.violations(in: baseline, baseline: baseline)).trimmingNewlines
    case .error:
      for execution in [baseline] + runs.map(\.execution) {
        guard case .failed(let error) = execution.ending else { continue }
        return RunFailure(
          program: question.program, nodes: question.bounds.nodes, error: error, execution.scenario
        ).text(coloured: false).trimmingNewlines
      }
      return ""
    case .counterexample, .holds, .inconclusive, nil: return ""
    }
  }
}

extension ReportedAnalysis.Run {
  /// This run, which breaks what `question` asks, and what becomes of it when it goes on.
  fileprivate func withAftermath(of question: Question, baseline: Execution) -> Self {
    let broken = question.violations(in: execution, baseline: baseline)
    let found = Counterexample(minimum: isMinimum ?? false, violations: broken, execution: execution)
    return Self(
      number: number, kind: kind, execution: execution, isMinimum: isMinimum,
      aftermath: broken.isEmpty ? nil : question.aftermath(of: found))
  }
}

extension ReportedAnalysis.Run.Kind {
  fileprivate init(_ role: RunRole) {
    switch role {
    case .baseline: self = .baseline
    case .counterexample: self = .counterexample
    case .trial: self = .trial
    }
  }
}

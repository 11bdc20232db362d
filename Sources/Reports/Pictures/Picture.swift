import Answers
import Dedalus
import Evaluation
import LineageViz
import Properties
import Workbench

/// A picture of a run, as a call asks for it.
package struct Picture {
  /// What is drawn.
  package enum Subject: Equatable, Sendable {
    /// Why the rows of this pattern hold.
    case row(String)
    /// Why no row of this pattern holds.
    case absence(String)
    /// Why a counterexample breaks the outcome; of any other run, why the outcome holds in its last round.
    case outcome
    /// Who sent what to whom when.
    case spaceTime
  }

  /// The form in which it is drawn; Mermaid's has room for messages only.
  package enum Form: Equatable, Sendable { case dot, svg, mermaid }

  private let subject: Subject
  private let form: Form
  private let part: LineagePart

  /// The picture of `subject` in `form`; of a lineage, only `part`.
  package init(_ subject: Subject, as form: Form, part: LineagePart) {
    (self.subject, self.form, self.part) = (subject, form, part)
  }

  /// The largest number of boxes of a picture; what is nearest to its subject is shown, and every fault.
  private static let mostBoxes = 400

  /// The picture of `run`.
  package func text(of run: DrawnRun) throws -> String {
    let trial = run.trial
    switch (subject, form) {
    case (_, .mermaid): return SequenceDiagram.mermaid(of: trial.execution)
    case (.spaceTime, .dot): return SpaceTimeDOT.diagram(of: trial.execution, title: run.title)
    case (.spaceTime, .svg):
      return SpaceTimeSVG.diagram(
        of: trial.execution, question: trial.question, baseline: trial.baseline, title: run.title)
    case (_, .dot): return try lineage(of: run, part.view(of: trial.execution.program)).dot
    case (_, .svg):
      var view = try part.view(of: trial.execution.program)
      view.limit = Self.mostBoxes
      return try lineage(of: run, view).svg(title: run.title)
    }
  }

  private func lineage(of run: DrawnRun, _ view: LineageView) throws -> LineageDiagram {
    do {
      return try diagram(of: run, view)
    } catch let miss as LineageView.Miss {
      throw part.refusal(of: miss)
    }
  }

  private func diagram(of run: DrawnRun, _ view: LineageView) throws -> LineageDiagram {
    let execution = run.trial.execution
    switch subject {
    case .row(let text):
      return try LineageDiagram(of: try RowPattern(text).tuples(in: execution), in: execution, view)
    case .absence(let text):
      let absence = try RowPattern(text).absence(
        in: execution, beside: run.counterexample?.baseline ?? run.trial.baseline)
      return try LineageDiagram(of: absence, in: execution, view)
    case .outcome, .spaceTime:
      guard let (question, baseline, isMinimum) = run.counterexample else {
        let tuples = try run.trial.outcomePattern().tuples(in: execution)
        return try LineageDiagram(of: tuples, in: execution, view)
      }
      try run.trial.refuseUnbroken()
      let counterexample = Counterexample(
        minimum: isMinimum, violations: run.trial.violations, execution: execution)
      return try LineageDiagram(of: counterexample, of: question, baseline: baseline, view)
    }
  }
}

extension Trial {
  /// Refuses to explain a counterexample that today's program is not broken under, as far as that is known.
  fileprivate func refuseUnbroken() throws(Refusal) {
    if let cut = execution.ending.cut {
      throw .call(
        "cut-run", "whether today's program is broken under these faults is not known: \(cut.words)",
        fix: "draw what there is of it with --row or --space-time")
    }
    guard !violations.isEmpty else {
      throw .call(
        "fixed", "today's program is not broken under these faults: there is nothing to explain",
        fix: "draw the run itself with --row or --space-time")
    }
  }

  /// The pattern of all rows of the outcome in the last round.
  fileprivate func outcomePattern() throws(Refusal) -> RowPattern {
    guard let outcome = question?.outcome else {
      throw .call("no-post", "the program has no relation 'post' to draw", fix: "name a row with --row")
    }
    let arity = execution.program.relations[outcome.post].arity
    return try RowPattern("\(outcome.name)(\(Array(repeating: "_", count: arity).joined(separator: ", ")))")
  }
}

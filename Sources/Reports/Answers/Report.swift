import Answers
import Certificates
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Search
import Workbench

/// An answer, ready to be shown.
package struct Report {
  package let answer: Answer
  /// The files of the call, as given.
  package let files: [String]
  /// The warnings about the program.
  let warnings: [Diagnostic]
  /// The course of the sweep, where a sweep found the bounds.
  let sweep: SweepResult?
  /// Whether the coverage of the run without faults is shown.
  package var showsCoverage = false
  /// Why the counterexample is one, where it was found out.
  package var reasoning: Reasoning?
  /// Where it was asked for: why a row does not hold.
  package private(set) var whyNot: WhyNotReport?
  /// How a counterexample is explained.
  package var style = ExplanationStyle()
  /// Where it was asked for: whether what holds does so for every larger EOT.
  package var settlement: Settlement?
  /// The paths of the files that were written, in order.
  package var written: [String] = []
  /// The folder of the certificate; nil where there is none.
  package internal(set) var certificate: String?
  /// The claim of the certificate.
  package internal(set) var certificateFile: CertificateFile?

  /// What becomes of the counterexample when its run goes on, where more rounds could mend it.
  package let aftermath: Aftermath?
  /// The crashed nodes of the counterexample, where the violation rests on what they go on computing.
  let computingCrashed: [NodeID]

  package init(_ answer: Answer, warnings: [Diagnostic], files: [String], sweep: SweepResult? = nil) {
    self.answer = answer
    aftermath = answer.aftermath
    computingCrashed = answer.computingCrashed
    self.warnings = warnings
    self.files = files
    self.sweep = sweep
  }

  package var question: Question { answer.question }
  var nodes: Nodes { answer.question.bounds.nodes }

  /// The exit code of the verdict.
  package var status: ExitStatus {
    switch answer.verdict {
    case .counterexample: question.sought == nil ? .broken : .success
    case .holds: question.sought == nil ? .success : .broken
    case .inconclusive: .inconclusive
    case .badBaseline: .badBaseline
    case .error: .refused
    }
  }

  /// For the verdict `error`: what failed.
  package var failure: RunFailure? { RunFailure(answer) }

  /// `counterexample` as a file in `folder`.
  func file(of counterexample: Counterexample, in folder: String) -> CounterexampleFile {
    let sources = AskedQuestion.Source.all(of: question.program, files: files, seenFrom: folder)
    let asked = AskedQuestion(question, files: sources.given, included: sources.included)
    return CounterexampleFile(counterexample, to: asked)
  }
}

extension Report {
  /// Finds out why no row of `pattern` holds in the counterexample, or without one in the run without faults.
  package mutating func explain(absenceOf pattern: RowPattern) throws(Refusal) {
    guard let execution = answer.counterexample?.execution ?? answer.baseline else { return }
    let absence = try pattern.absence(in: execution, beside: answer.baseline(for: execution))
    whyNot = WhyNotReport(absence, of: execution)
  }
}

/// How a counterexample is explained in the text for people.
package struct ExplanationStyle: Hashable, Sendable {
  /// Whether everything is told, with the rules, the messages and the figures of the search.
  package var isFull = false
  /// The number of columns of a line of the short form.
  package var width = 80
  /// The largest number of lines of an explanation in short.
  static let mostLines = 12

  /// In short, in lines of 80 columns.
  package init() {}

  /// In full or in short; in lines of `width` columns, though not of fewer than 40.
  package init(isFull: Bool, width: Int) { (self.isFull, self.width) = (isFull, max(40, width)) }
}

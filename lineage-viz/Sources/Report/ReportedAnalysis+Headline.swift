import Answers
import Properties

extension ReportedAnalysis {
  /// The verdict as the terminal writes it.
  var verdictWord: String {
    switch verdict {
    case .counterexample: question.sought == nil ? "COUNTEREXAMPLE" : "FOUND"
    case .holds: question.sought == nil ? "HOLDS" : "NONE"
    case .inconclusive: "INCONCLUSIVE"
    case .badBaseline: "BAD BASELINE"
    case .error: "ERROR"
    case nil: "UNFINISHED"
    }
  }

  /// Whether the question is still open.
  var isOpen: Bool { verdict == nil || verdict == .inconclusive }

  /// Whether the verdict is what somebody hopes for, who asks.
  var isGood: Bool { verdict == (question.sought == nil ? .holds : .counterexample) }

  /// The verdict in words. An outcome that is empty without faults cannot be lost.
  func headline(isEmptyWithoutFaults: Bool) -> String {
    if let sought = question.sought { return headline(seeking: sought.text) }
    let outcome = question.properties.map(\.name).joined(separator: "”, “")
    return switch verdict {
    case .counterexample:
      isEmptyWithoutFaults || question.namesProperties
        ? "Faults break “\(outcome)” of \(name)" : "Faults take “\(outcome)” away from \(name)"
    case .holds: "No set of faults within the bounds breaks “\(outcome)” of \(name)"
    case .inconclusive: "Whether “\(outcome)” of \(name) survives is not known"
    case .badBaseline: "“\(outcome)” of \(name) fails without any fault"
    case .error: "\(name) computes what has no result"
    case nil: "The analysis of \(name) did not come to an end"
    }
  }

  /// The verdict in words, where rows are looked for.
  private func headline(seeking rows: String) -> String {
    switch verdict {
    case .counterexample: "“\(rows)” holds in a run of \(name)"
    case .holds: "No run of \(name) within the bounds has a row “\(rows)”"
    case .inconclusive: "Whether a run of \(name) has a row “\(rows)” is not known"
    case .badBaseline, .error: "\(name) computes what has no result"
    case nil: "The analysis of \(name) did not come to an end"
    }
  }
}

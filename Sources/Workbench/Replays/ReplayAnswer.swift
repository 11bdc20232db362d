import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios

/// What a replay found.
package enum ReplayResult: String {
  case stillBroken = "still broken"
  case fixed
  case changed
  case inert
  case unreadable
}

/// The answer for one file.
package struct ReplayAnswer {
  /// The counterexample's file.
  package let path: String
  /// The result of the replay.
  package let outcome: Outcome
  /// The wall-clock seconds that it took.
  package let seconds: Double

  package enum Outcome {
    case ran(Findings)
    /// The file or its program cannot be read, or the program cannot be run.
    case unreadable(Refusal)
  }

  /// What the run under the saved faults shows.
  package struct Findings {
    let result: ReplayResult
    package let faults: FaultSet
    package let inputs: Inputs
    package let nodes: Nodes
    /// The faults that no longer have an effect.
    package let inert: [Fault]
    package let hasProgramChanged: Bool
    package let violations: [Violation]
    /// What is asked of today's program.
    package let question: Question
    /// How the run differs from what the file says; nil where it does not.
    package let difference: String?
    /// The rules that derive the violated rows.
    package let places: [Place]
  }

  package var result: ReplayResult { findings?.result ?? .unreadable }

  package var findings: Findings? {
    if case .ran(let findings) = outcome { findings } else { nil }
  }

  package var refusal: Refusal? {
    if case .unreadable(let refusal) = outcome { refusal } else { nil }
  }

  /// Where to look: the rules that derive the violated rows, or the place of an error in the file or the
  /// program.
  package var places: [Place] {
    switch outcome {
    case .ran(let findings): return findings.places
    case .unreadable(let refusal): return refusal.place.map { [$0] } ?? []
    }
  }

  /// A remark in one line; nil where there is nothing to add to the file.
  package var remark: String? {
    switch outcome {
    case .unreadable(let refusal): refusal.summary
    case .ran(let findings) where findings.result == .inert:
      findings.inertSentences + (findings.difference.map { "; \($0)" } ?? "")
    case .ran(let findings) where findings.result == .stillBroken && findings.question.namesProperties:
      findings.question.sentences(about: findings.violations, atMost: 3)
    case .ran(let findings): findings.difference
    }
  }

  /// For a counterexample with some inert faults, but not only those: what to look into.
  package var warning: String? {
    guard let findings, !findings.inert.isEmpty, findings.result != .inert else { return nil }
    let faults = findings.inert.map { "'\($0.text(findings.nodes))'" }.joined(separator: ", ")
    return "\(faults) \(findings.inert.count == 1 ? "touches" : "touch") nothing any more: "
      + findings.inertSentences
  }
}

extension ReplayAnswer.Findings {
  /// Why the inert faults are inert, in words.
  var inertSentences: String { inert.map { $0.inertSentence(nodes) }.joined(separator: "; ") }
}

import Dedalus
import Evaluation
import FaultInjection

/// What a replay found.
enum ReplayResult: String {
  case stillBroken = "still broken"
  case fixed
  case changed
  case inert
  case unreadable
}

/// The answer for one file.
struct ReplayAnswer {
  /// The counterexample's file.
  let path: String
  /// What came of it.
  let outcome: Outcome
  /// Wall-clock seconds.
  let seconds: Double

  enum Outcome {
    case ran(Findings)
    /// The file or its program cannot be read, or the program cannot be run.
    case unreadable(Refusal)
  }

  /// What the run under the saved faults shows.
  struct Findings {
    let result: ReplayResult
    let faults: FaultSet
    let nodes: Nodes
    /// The faults that touch nothing any more.
    let inert: [Fault]
    let hasProgramChanged: Bool
    let violated: [[Constant]]
    /// How that differs from what the file says; nil where it does not.
    let difference: String?
    /// The rules that derive the violated rows.
    let places: [Place]
  }

  var result: ReplayResult { findings?.result ?? .unreadable }

  var findings: Findings? {
    if case .ran(let findings) = outcome { findings } else { nil }
  }

  var refusal: Refusal? {
    if case .unreadable(let refusal) = outcome { refusal } else { nil }
  }

  /// Where to look: the rules that derive what is violated, or where the file or the program is wrong.
  var places: [Place] {
    switch outcome {
    case .ran(let findings): return findings.places
    case .unreadable(let refusal): return refusal.place.map { [$0] } ?? []
    }
  }

  /// What there is to say about it in a line; nil where the file says it all.
  var remark: String? {
    switch outcome {
    case .unreadable(let refusal): refusal.summary
    case .ran(let findings) where findings.result == .inert:
      findings.inertSentences + (findings.difference.map { "; \($0)" } ?? "")
    case .ran(let findings): findings.difference
    }
  }

  /// For a counterexample of which only some faults are inert: what to look into.
  var warning: String? {
    guard let findings, !findings.inert.isEmpty, findings.result != .inert else { return nil }
    let faults = findings.inert.map { "'\($0.text(findings.nodes))'" }.joined(separator: ", ")
    return "\(faults) \(findings.inert.count == 1 ? "touches" : "touch") nothing any more: "
      + findings.inertSentences
  }
}

extension ReplayAnswer.Findings {
  /// Why the inert faults are inert.
  var inertSentences: String { inert.map { $0.inertSentence(nodes) }.joined(separator: "; ") }
}

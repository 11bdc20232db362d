import Answers
import Certificates
import ReferenceEncoder
import Texts

extension Progress {
  /// The current state in words.
  package var line: String {
    var parts: [String] = []
    switch phase {
    case .running: parts.append("running the program")
    case .grounding: parts.append("grounding round \(round) of \(bounds.eot)")
    case .solving:
      parts.append(
        "solving for \(budget.map { "at most \(counted($0, "fault"))" } ?? "any number of faults")")
    case .checking: parts.append("checking the proof")
    }
    parts.append("\(decimalText(elapsed, places: 1)) s")
    if runs > 0 { parts.append(counted(runs, "run")) }
    if conflicts > 0 { parts.append(counted(conflicts, "conflict")) }
    if let exhaustiveRuns { parts.append("'--strategy exhaustive' makes \(counted(exhaustiveRuns, "run"))") }
    if gates > 0 { parts.append(counted(gates, "gate")) }
    parts.append("EOT \(bounds.eot), EFF \(bounds.eff), \(counted(bounds.crashes, "crash", "crashes"))")
    return parts.joined(separator: "; ")
  }
}

extension ReferenceProgress {
  /// The current state in words.
  fileprivate var line: String { "writing the formula; round \(round); \(counted(variables, "variable"))" }
}

extension Certificate.Phase {
  /// The current state in words.
  package var line: String {
    switch self {
    case .encoding(let progress): "certifying; \(progress.line)"
    case .solving(let conflicts): "certifying; solving; \(counted(conflicts, "conflict"))"
    case .checking(let steps): "certifying; checking the proof; \(counted(steps, "step"))"
    }
  }
}

extension CertificateReview.Phase {
  /// The current state in words.
  package var line: String {
    switch self {
    case .formula(let progress): progress.line
    case .proof(let steps): "checking the proof; \(counted(steps, "step"))"
    case .runs(let count): "running counterexamples; \(count) confirmed"
    }
  }
}

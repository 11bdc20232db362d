import Search
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

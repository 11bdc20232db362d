import Answers
import Documents
import Texts

extension ScenarioLine {
  /// How `answer`, given to the scenario's question, differs from what the line expects; nil where it does
  /// not.
  public func discrepancy(in answer: Answer) -> String? {
    guard answer.verdict == expected else {
      let reason = answer.limit.map { " (\($0.kind.rawValue))" } ?? ""
      return "expected \(expected.rawValue), found \(answer.verdict.rawValue)\(reason)"
    }
    guard let minimum else { return nil }
    guard let found = answer.counterexample else {
      preconditionFailure("a counterexample is reported with its faults")
    }
    let size = found.faults.count
    let faults = counted(size, "fault")
    if size < minimum { return "expected minimum=\(minimum), but \(faults) will do" }
    if !found.minimum { return "expected minimum=\(minimum); \(faults) will do, and perhaps fewer" }
    return size == minimum ? nil : "expected minimum=\(minimum), but it takes \(faults)"
  }
}

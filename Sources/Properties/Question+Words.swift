import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

extension Bounds {
  /// The bounds in words, for a sentence.
  public var words: String {
    let names = nodes.names.map(\.string.showingEverything).joined(separator: ", ")
    let others = budgets.settings(nodes).filter { $0.name != "crashes" }.map { " \($0.name) \($0.value)," }
    return "EOT \(eot), EFF \(eff), \(counted(crashes, "crash", "crashes")),\(others.joined()) nodes \(names)"
  }
}

extension Question {
  /// `pre("Data1")` holds and `post("Data1")` does not, a line for each of `violations`.
  public func violationText(_ violations: [Violation]) -> String {
    let shown = violations.prefix(10).map { violation -> String in
      let columns = "(" + violation.row.map { $0.description.showingEverything }.joined(separator: ", ") + ")"
      guard let pre = outcome.pre else {
        return "  in round \(violation.round.rawValue) \(outcome.name)\(columns) is missing\n"
      }
      return
        "  in round \(violation.round.rawValue) \(program.relations[pre].name)\(columns) holds and \(outcome.name)\(columns) "
        + "does not\n"
    }
    return shown.joined()
      + (violations.count > 10 ? "  and \(counted(violations.count - 10, "more row"))\n" : "")
  }
}

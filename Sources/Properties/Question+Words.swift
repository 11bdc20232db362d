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
  /// What `violation` says about the run: `in round 7 pre("Data1") holds and post("Data1") does not`.
  ///
  /// The constants of its row may be any text, so it must be escaped before it is shown.
  public func sentence(about violation: Violation) -> String {
    let round = "in round \(violation.round.rawValue)"
    let columns = "(" + violation.row.map(\.description).joined(separator: ", ") + ")"
    guard let pre = outcome.pre else { return "\(round) \(outcome.name)\(columns) is missing" }
    return "\(round) \(program.relations[pre].name)\(columns) holds and \(outcome.name)\(columns) does not"
  }

  /// What the first ten of `violations` say, a line for each, and how many there are besides.
  public func violationText(_ violations: [Violation]) -> String {
    violations.prefix(10).map { "  \(sentence(about: $0).showingEverything)\n" }.joined()
      + (violations.count > 10 ? "  and \(counted(violations.count - 10, "more row"))\n" : "")
  }
}

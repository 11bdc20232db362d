import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

extension Bounds {
  /// The bounds in words, for a sentence.
  public var words: String {
    let names = nodes.names.map(\.string.showingEverything).joined(separator: ", ")
    return "EOT \(eot), EFF \(eff), \(crashes) \(crashes == 1 ? "crash" : "crashes"), nodes \(names)"
  }
}

extension Question {
  /// A line for each of `rows`, such as: `pre("Data1")` holds and `post("Data1")` does not.
  public func violationText(_ rows: [[Constant]]) -> String {
    let shown = rows.prefix(10).map { row -> String in
      let columns = "(" + row.map { $0.description.showingEverything }.joined(separator: ", ") + ")"
      guard let pre = outcome.pre else {
        return "  in round \(bounds.eot) \(outcome.name)\(columns) is missing\n"
      }
      return
        "  in round \(bounds.eot) \(program.relations[pre].name)\(columns) holds and \(outcome.name)\(columns) "
        + "does not\n"
    }
    return shown.joined() + (rows.count > 10 ? "  and \(counted(rows.count - 10, "more row"))\n" : "")
  }
}

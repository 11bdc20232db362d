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
  /// What `violation` says about the run: `in round 7 pre("Data1") holds and post("Data1") does not`. Where
  /// properties have names, the name comes first.
  ///
  /// The constants of its row may be any text, so it must be escaped before it is shown.
  public func sentence(about violation: Violation) -> String {
    let round = violation.round.rawValue
    let columns = "(" + violation.row.map(\.description).joined(separator: ", ") + ")"
    guard let property = property(named: violation.property) else { return "" }
    func row(_ relation: RelationID?) -> String {
      (relation.map { program.relations[$0].name } ?? "") + columns
    }
    let what =
      switch property.form {
      case .survival: "in round \(round) \(row(property.post)) is missing"
      case .finally, .finallyExpected, .always:
        "in round \(round) \(row(property.pre)) holds and \(row(property.post)) does not"
      case .never, .neverMatching: "in round \(round) \(row(property.pre)) holds"
      case .within(let slack, _, _):
        "in round \(round) \(row(property.pre)) holds, and \(row(property.post)) in no round up to \(round + UInt32(slack))"
      case .stable: "in round \(round) \(row(property.pre)) holds, and in round \(round + 1) no more"
      }
    return namesProperties && sought == nil ? "\(property.name): \(what)" : what
  }

  /// What the first ten of `violations` say, a line for each, and how many there are besides.
  public func violationText(_ violations: [Violation]) -> String {
    violations.prefix(10).map { "  \(sentence(about: $0).showingEverything)\n" }.joined()
      + (violations.count > 10 ? "  and \(counted(violations.count - 10, "more row"))\n" : "")
  }

  /// What the first `most` of `violations` say, in one line, and how many there are besides.
  public func sentences(about violations: [Violation], atMost most: Int) -> String {
    let rest = violations.count - most
    return (violations.prefix(most).map(sentence) + (rest > 0 ? ["and so on for \(rest) more"] : []))
      .joined(separator: "; ")
  }

  /// What is asked, in quotes: `'post'`, `'mutex' and 'post'`.
  public var quotedNames: String { Self.quoted(properties.map(\.name), "and") }

  /// The properties that `violations` break, in quotes, in the order of the question.
  public func quotedNames(of violations: [Violation]) -> String {
    let broken = Set(violations.map(\.property))
    return Self.quoted(properties.map(\.name).filter(broken.contains), "and")
  }

  /// `names` in quotes, with `word` before the last.
  public static func quoted(_ names: [String], _ word: String) -> String {
    let quoted = names.map { "'\($0.showingEverything)'" }
    guard quoted.count > 1 else { return quoted.first ?? "" }
    return "\(quoted.dropLast().joined(separator: ", ")) \(word) \(quoted[quoted.count - 1])"
  }
}

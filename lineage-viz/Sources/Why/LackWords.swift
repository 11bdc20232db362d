import Dedalus
import Evaluation
import Indices
import Lineage
import Scenarios
import Texts

/// Puts into words what an instance of a rule lacks.
public struct LackWords {
  private let execution: Execution
  private let words: WhyWords

  /// Words about `execution`.
  public init(_ execution: Execution) {
    self.execution = execution
    words = WhyWords(execution.program, execution.setting.nodes)
  }

  /// What is lacking, as a phrase.
  public func text(of lack: WhyNot.Lack) -> String {
    switch lack {
    case .claim(let claim): return claim.holds ? "\(row(claim)) holds" : "no \(row(claim))"
    case .fault(let fault): return words.sentence([fault])
    case .condition(let range, let values):
      let known = values.map { "\($0.name) = \(shortened($0.value.description.showingEverything, to: 40))" }
      let parts = execution.program.text(of: range).split(whereSeparator: \.isWhitespace)
      let source = shortened(parts.joined(separator: " ").showingEverything, to: 60)
      return "'\(source)' is false" + (known.isEmpty ? "" : " for \(listed(known, "and"))")
    case .column(let number, let value):
      return "column \(number + 1) is \(shortened(value.description.showingEverything, to: 40))"
    case .aggregate(let claim):
      return "the aggregate derives " + (claim.map(row) ?? "another value") + " instead"
    case .noNode(let value): return "\(shortened(value.description.showingEverything, to: 40)) is no node"
    case .unread(let relation, let round):
      return "\(execution.schema[relation].name)@\(round.rawValue) is not read before round \(round.rawValue)"
    case .beginning: return "no round is before the first"
    case .otherRows: return "derives other rows only"
    case .notChosen: return "the fact may be chosen, and is not"
    case .unknown: return "no instance holds"
    }
  }

  /// The row of `claim` as it is written in a program.
  public func row(_ claim: WhyNot.Claim) -> String {
    if let rule = execution.schema[claim.relation].aggregateRule {
      let head = execution.program.relations[execution.program.rules[rule].headRelation]
      return "row of \(head.name)(\(columns(claim.columns[...].prefix(head.arity))))"
    }
    return "\(execution.schema[claim.relation].name)(\(columns(claim.columns[...])))"
  }

  private func columns(_ columns: ArraySlice<Constant?>) -> String {
    columns.map { $0.map { shortened($0.description.showingEverything, to: 60) } ?? "_" }
      .joined(separator: ", ")
  }
}

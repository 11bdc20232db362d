// Why a row does not hold in a run: for people in a dozen lines or in full, and as a member of the run's
// document.

import Dedalus
import Documents
import Evaluation
import Indices
import Lineage
import LineageViz
import Scenarios

/// Why a row does not hold, ready to be shown.
package struct WhyNotReport {
  private let whyNot: WhyNot
  private let execution: Execution
  private let words: LackWords

  /// The report of `whyNot`, which is about `execution`.
  package init(_ whyNot: WhyNot, of execution: Execution) {
    (self.whyNot, self.execution) = (whyNot, execution)
    words = LackWords(execution)
  }

  /// The text in lines of `style.width`.
  package func text(_ style: ExplanationStyle) -> String {
    let text = WhyNotText(whyNot, of: execution)
    let lines =
      style.isFull
      ? text.full(width: style.width) : text.brief(width: style.width, most: ExplanationStyle.mostLines)
    return lines.map { $0 + "\n" }.joined()
  }

  /// The member of the run's document.
  package var member: JSON.Member {
    let root = whyNot.nodes[0].claim
    return JSON.Member(
      key: "whyNot",
      value: [
        "relation": .string(name(root)), "columns": columns(root.columns),
        "round": .integer(root.round.position), "claims": .array(whyNot.nodes.map(json)),
      ])
  }

  private func json(_ node: WhyNot.Node) -> JSON {
    [
      "relation": .string(name(node.claim)),
      "columns": columns(node.claim.columns),
      "round": .integer(node.claim.round.position),
      "holds": .bool(node.claim.holds),
      "followed": .bool(node.isFollowed),
      "rules": .array(node.obstacles.map(json)),
    ]
  }

  private func json(_ obstacle: WhyNot.Obstacle) -> JSON {
    [
      "rule": obstacle.rule.map { .string(execution.program.place(of: execution.program.rules[$0].range)) }
        ?? .null,
      "round": .integer(obstacle.round.position),
      "lacks": .array(obstacle.lacks.map(json)),
      "others": .array(obstacle.others.map { .array($0.map(json)) }),
      "further": .integer(obstacle.further),
    ]
  }

  private func json(_ lack: WhyNot.Lack) -> JSON {
    var members: [JSON.Member] = []
    if let claim = lack.claim, let number = whyNot.number(of: claim) {
      members.append(.init(key: "claim", value: .integer(number)))
    }
    if case .fault(let fault) = lack {
      members.append(.init(key: "fault", value: JSON(fault, nodes: execution.setting.nodes)))
    }
    return .object(members + [.init(key: "text", value: .string(words.text(of: lack)))])
  }

  private func name(_ claim: WhyNot.Claim) -> String { execution.schema[claim.relation].name }

  private func columns(_ columns: [Constant?]) -> JSON {
    .array(columns.map { $0.map(JSON.init(constant:)) ?? .null })
  }
}

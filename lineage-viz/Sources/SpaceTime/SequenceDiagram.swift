// Who sent what to whom, as a sequence diagram in the text form that Mermaid reads: Markdown renderers draw
// it in place. Rounds in which the same is sent, and no fault begins, are told once. Nodes have short names
// of their own in the text, so that whatever a program calls them cannot end a line or begin a command.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// Sequence diagrams as Mermaid text.
public enum SequenceDiagram {
  /// The messages between different nodes in `execution`, and its faults.
  public static func mermaid(of execution: Execution) -> String {
    let nodes = execution.setting.nodes
    var text = "sequenceDiagram\n"
    for node in nodes.ids { text += "  participant \(name(node)) as \(escaped(nodes[node].string))\n" }
    let whole = nodes.count == 1 ? "n0" : "n0,n\(nodes.count - 1)"
    var rounds: [(range: ClosedRange<Int>, lines: [String], begins: Bool)] = []
    for (round, lines, begins) in lines(of: execution) {
      if let last = rounds.last, last.range.upperBound == round - 1, last.lines == lines, !begins {
        rounds[rounds.count - 1].range = last.range.lowerBound...round
      } else if !lines.isEmpty {
        rounds.append((round...round, lines, begins))
      }
    }
    for (range, lines, _) in rounds {
      let words =
        range.count == 1 ? "round \(range.lowerBound)" : "rounds \(range.lowerBound)–\(range.upperBound)"
      text += "  Note over \(whole): \(words)\n" + lines.map { "  \($0)\n" }.joined()
    }
    return text
  }

  /// For each round its lines, and whether a fault begins in it.
  private static func lines(of execution: Execution) -> [(round: Int, lines: [String], begins: Bool)] {
    let (nodes, last) = (execution.setting.nodes, execution.setting.eot.position)
    var lines = Array(repeating: [String](), count: last + 1)
    var begins = Array(repeating: false, count: last + 1)
    for fault in execution.faults.faults where fault.round.position <= last {
      begins[fault.round.position] = true
      let struck = fault.subject.nodes
      if fault.subject.form == .link { continue }
      let place = struck.isEmpty ? "n0" : struck.map(name).joined(separator: ",")
      let over = struck.count > 2 ? "\(name(struck[0])),\(name(struck[struck.count - 1]))" : place
      lines[fault.round.position].append("Note over \(over): \(escaped(fault.sentence(nodes)))")
    }
    for (key, rows) in Transmission.all(of: execution) {
      let (from, to) = (name(key.sender), name(key.receiver))
      let note = key.isLost ? " (\(key.note ?? "lost"))" : key.note.map { " (\($0))" } ?? ""
      let what = rows.map(execution.textWithoutLocation).joined(separator: ", ")
      lines[key.sent.position].append("\(from)\(key.isLost ? "--x" : "->>")\(to): \(escaped(what + note))")
    }
    return (1...last).map { ($0, lines[$0], begins[$0]) }
  }

  private static func name(_ node: NodeID) -> String { "n\(node.position)" }

  /// `text` as part of a line: with codes for what would end it, begin a comment or an element.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.showingEverything.unicodeScalars {
      switch scalar {
      case "#", ";", "<", ">", "&", "%", ":": result += "#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    // A word that ends blocks would end the diagram.
    return result.lowercased() == "end"
      ? "#\(result.unicodeScalars.first?.value ?? 101);" + result.dropFirst() : result
  }
}

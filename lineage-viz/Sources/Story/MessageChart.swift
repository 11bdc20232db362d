// Who sends what to whom, in plain text: a column for each node, a row for each round. A cell shows what the
// node sends to others in that round, with a line for each relation and fate.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// The messages of a run as a table.
struct MessageChart {
  private let execution: Execution
  /// Tables wider than this are split into several.
  private let width: Int

  private static let widestCell = 34

  init(_ execution: Execution, width: Int = 118) {
    self.execution = execution
    self.width = width
  }

  /// The table, or several below each other where the nodes do not fit next to each other; each line ends
  /// with a line break.
  var text: String {
    let columns = execution.setting.nodes.ids.map(column)
    var bands: [[[[String]]]] = [[]]
    var used = 7
    for column in columns {
      let needed = 2 + Self.width(of: column)
      if used + needed > width, bands.last?.isEmpty == false {
        bands.append([])
        used = 7
      }
      bands[bands.count - 1].append(column)
      used += needed
    }
    return bands.map(table).joined(separator: "\n")
      + "\n  → sends   ✗ sent and lost   † has crashed: sends nothing more\n"
  }

  /// The cells of a node, starting with its name; each is a list of lines.
  private func column(_ node: NodeID) -> [[String]] {
    let name = shortened(execution.setting.nodes[node].string.showingEverything, to: Self.widestCell)
    return [[name]] + (1...execution.setting.eot.position).map { cell(node, Round($0)) }
  }

  private func cell(_ node: NodeID, _ round: Round) -> [String] {
    if let fault = execution.faults.outage(of: node, in: round, execution.setting.crashView) {
      return [fault.round == round ? "† \(fault.meaning.verb)" : "†"]
    }
    var receivers: [Sending: [NodeID]] = [:]
    var order: [Sending] = []
    for message in execution.messages
    where message.sender == node && message.receiver != node && message.sent == round {
      let key = Sending(
        relation: execution.store.relation(of: message.row), isLost: message.fate != .delivered)
      if receivers[key] == nil { order.append(key) }
      if receivers[key]?.contains(message.receiver) != true {
        receivers[key, default: []].append(message.receiver)
      }
    }
    order.sort { ($0.relation, $0.isLost ? 1 : 0) < ($1.relation, $1.isLost ? 1 : 0) }
    let lines = order.map { key in
      let names = (receivers[key] ?? []).sorted().map { execution.setting.nodes[$0].string.showingEverything }
      let text =
        "\(execution.schema[key.relation].name) \(key.isLost ? "✗" : "→") \(names.joined(separator: ","))"
      return shortened(text, to: Self.widestCell)
    }
    return lines.isEmpty ? ["·"] : lines
  }

  private struct Sending: Hashable {
    let relation: RelationID
    let isLost: Bool
  }

  private static func width(of column: [[String]]) -> Int { column.joined().map(\.count).max() ?? 0 }

  private func table(_ columns: [[[String]]]) -> String {
    var text = ""
    for row in 0...execution.setting.eot.position {
      let height = columns.map { $0[row].count }.max() ?? 0
      for line in 0..<height {
        let head = line > 0 ? "" : row == 0 ? "round" : String(row)
        var words = "  " + head.padded(to: 5)
        for column in columns {
          let cell = line < column[row].count ? column[row][line] : ""
          words += "  " + cell.padded(to: Self.width(of: column))
        }
        while words.hasSuffix(" ") { words.removeLast() }
        text += words + "\n"
      }
    }
    return text
  }
}

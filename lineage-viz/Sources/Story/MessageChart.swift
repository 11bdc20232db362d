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
  private let marks: FaultMarks
  /// The rounds that are shown.
  private let rounds: ClosedRange<Int>
  /// Tables wider than this are split into several.
  private let width: Int

  private static let widestCell = 34

  /// The messages of `execution`, of all its rounds unless others are given.
  init(_ execution: Execution, rounds: ClosedRange<Int>? = nil, width: Int = 118) {
    self.execution = execution
    self.rounds = rounds ?? 1...execution.setting.eot.position
    marks = FaultMarks(of: execution)
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
      + marks.symbols.map { "  \($0)\n" }.joined()
  }

  /// The cells of a node, starting with its name; each is a list of lines.
  private func column(_ node: NodeID) -> [[String]] {
    let name = shortened(execution.setting.nodes[node].string.showingEverything, to: Self.widestCell)
    return [[name]] + rounds.map { cell(node, Round($0)) }
  }

  private func cell(_ node: NodeID, _ round: Round) -> [String] {
    if let fault = execution.faults.outage(of: node, in: round, execution.setting.crashView),
      fault.meaning.isForGood
    {
      return [fault.round == round ? "† \(fault.meaning.verb)" : "†"] + missingFacts(node, round)
    }
    let lines = trouble(node, round) + missingFacts(node, round) + sendings(node, round)
    return lines.isEmpty ? ["·"] : lines
  }

  /// What passing faults make of `node` in `round`.
  private func trouble(_ node: NodeID, _ round: Round) -> [String] {
    var lines = marks.endings(at: node, in: round).map { "↻ \($0.text)" }
    if let trouble = marks.passingTrouble(of: node, in: round), let symbol = trouble.symbol {
      let begun = marks.beginnings(at: node, in: round).first { $0.fault.subject == .node(node) }
      lines.append(begun.map { "\(symbol) \($0.text)" } ?? symbol)
    }
    if marks.isCutOff(node, in: round) { lines.append("⊘ cut off") }
    return lines
  }

  private func missingFacts(_ node: NodeID, _ round: Round) -> [String] {
    marks.missingFacts(at: node, in: round).map {
      shortened("∅ \($0.subject.words(execution.setting.nodes))", to: Self.widestCell)
    }
  }

  /// What `node` sends to others in `round`, a line for each relation and fate.
  private func sendings(_ node: NodeID, _ round: Round) -> [String] {
    var receivers: [Sending: [NodeID]] = [:]
    var order: [Sending] = []
    for message in execution.messages where message.sender == node && message.sent == round {
      guard let transmission = Transmission(message) else { continue }
      let key = Sending(
        relation: execution.store.relation(of: message.row), isLost: transmission.isLost,
        note: transmission.note)
      if receivers[key] == nil { order.append(key) }
      if receivers[key]?.contains(message.receiver) != true {
        receivers[key, default: []].append(message.receiver)
      }
    }
    order.sort { $0.order < $1.order }
    return order.map { key in
      let names = (receivers[key] ?? []).sorted().map { execution.setting.nodes[$0].string.showingEverything }
      let text =
        "\(execution.schema[key.relation].name) \(key.isLost ? "✗" : "→") \(names.joined(separator: ","))"
      return shortened(text, to: Self.widestCell) + (key.note.map { " (\($0))" } ?? "")
    }
  }

  private struct Sending: Hashable {
    let relation: RelationID
    let isLost: Bool
    let note: String?

    var order: (RelationID, Int, String) { (relation, isLost ? 1 : 0, note ?? "") }
  }

  private static func width(of column: [[String]]) -> Int { column.joined().map(\.count).max() ?? 0 }

  private func table(_ columns: [[[String]]]) -> String {
    var text = ""
    for row in 0...rounds.count {
      let height = columns.map { $0[row].count }.max() ?? 0
      for line in 0..<height {
        let head = line > 0 ? "" : row == 0 ? "round" : String(rounds.lowerBound + row - 1)
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

extension Trouble {
  /// The mark of a node in the rounds of passing trouble; nil where what it sends says it all.
  fileprivate var symbol: String? {
    switch self {
    case .paused: "‖"
    case .down: "▒"
    case .silent: nil
    }
  }
}

extension FaultMarks {
  /// The marks of a chart that occur, with what they mean, in up to two lines.
  fileprivate var symbols: [String] {
    let nodes = [Mark.paused, .down, .back, .cutOff, .missingFact, .unheard]
    return [nodes, [.late, .doubled]].compactMap { line in
      let words = line.filter(occurring.contains).map(\.symbolAndMeaning)
      return words.isEmpty ? nil : words.joined(separator: "   ")
    }
  }
}

extension FaultMarks.Mark {
  fileprivate var symbolAndMeaning: String {
    switch self {
    case .paused: "‖ pauses: what comes waits"
    case .down: "▒ is down: what comes is lost"
    case .back: "↻ acts again"
    case .cutOff: "⊘ cut off from the other nodes"
    case .missingFact: "∅ a fact that is missing"
    case .unheard: "† goes on computing, unheard"
    case .late: "(round 4) comes late, in round 4"
    case .doubled: "(rounds 3, 5) comes twice, in these rounds"
    }
  }
}

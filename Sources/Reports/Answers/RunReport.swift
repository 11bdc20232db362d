// One run as tables: what held in each round, relation by relation in the order of the program, rows sorted;
// then what was sent and whether it arrived.

import Dedalus
import Documents
import Evaluation
import Indices
import Scenarios
import Workbench

/// One run, ready to be shown.
package struct RunReport {
  private let trial: Trial
  private let files: [String]
  /// The warnings about the program.
  private let warnings: [Diagnostic]
  private let rounds: [RoundRecord]
  /// Where it was asked for: why a row does not hold.
  package var whyNot: WhyNotReport?
  /// How that is told.
  package var style = ExplanationStyle()

  /// What happened in one round.
  struct RoundRecord {
    let round: Round
    /// The relations that have rows, in the order of the program.
    var tables: [Table] = []
    var messages: [Message] = []
  }

  /// The rows of a relation in one round.
  struct Table {
    let name: String
    /// The rows that are shown, sorted.
    let rows: [[Constant]]
    /// The number of rows that are not shown; greater than 0 only in an incomplete run.
    let hidden: Int
  }

  /// The number of rows shown of a relation in one round, for a run that used up its budget.
  private static let mostRows = 100

  package init(_ trial: Trial, warnings: [Diagnostic] = [], files: [String]) {
    self.trial = trial
    self.warnings = warnings
    self.files = files
    rounds = Self.rounds(of: trial.execution)
  }

  private var execution: Execution { trial.execution }
  private var nodes: Nodes { execution.setting.nodes }

  package var status: ExitStatus {
    if execution.ending != .complete { return .inconclusive }
    return trial.violations.isEmpty ? .success : .broken
  }

  private static func rounds(of execution: Execution) -> [RoundRecord] {
    let store = execution.store
    let count = execution.program.relations.count
    let last = execution.setting.eot.position
    var rows = Array(repeating: Array(repeating: [RowID](), count: count), count: last + 1)
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      let relation = store.relation(of: row).position
      // The rows of an aggregate do not belong to a relation of the program.
      guard relation < count else { continue }
      rows[store.round(of: tuple).position][relation].append(row)
    }
    var records = (0...last).map { RoundRecord(round: Round($0)) }
    for position in records.indices {
      for relation in execution.program.relations.indices where !rows[position][relation.position].isEmpty {
        records[position].tables.append(table(relation, rows[position][relation.position], execution))
      }
    }
    for message in execution.messages { records[message.sent.position].messages.append(message) }
    return Array(records.dropFirst())
  }

  private static func table(_ relation: RelationID, _ rows: [RowID], _ execution: Execution) -> Table {
    let shown = execution.ending == .complete ? rows[...] : rows.prefix(mostRows)
    return Table(
      name: execution.program.relations[relation].name,
      rows: shown.map { execution.values(of: $0) }.sorted { $0.lexicographicallyPrecedes($1) },
      hidden: rows.count - shown.count)
  }
}

// MARK: For people

extension RunReport {
  /// The tables, or why a row does not hold; then the verdict.
  package func text(coloured: Bool) -> String {
    if let whyNot { return whyNot.text(style) + "\n" + verdict(coloured: coloured) }
    var text = ""
    for record in rounds {
      text += "round \(record.round.rawValue)\n"
      for table in record.tables {
        for row in table.rows { text += "  \(Self.text(table.name, row))\n" }
        if table.hidden > 0 { text += "  \(table.name): \(table.hidden) more\n" }
      }
      for line in messageLines(record.messages) { text += "  \(line)\n" }
      text += "\n"
    }
    return text + verdict(coloured: coloured)
  }

  private static func text(_ name: String, _ row: [Constant]) -> String {
    "\(name)(\(row.map(\.description.showingEverything).joined(separator: ", ")))"
  }

  /// Lists each message once, however many firings send it.
  private func messageLines(_ messages: [Message]) -> [String] {
    var lines: [String] = []
    var seen = Set<[UInt32]>()
    for message in messages {
      let key = [message.sender?.rawValue ?? .max, message.receiver.rawValue, message.row.rawValue]
      guard seen.insert(key).inserted else { continue }
      let sender = message.sender.map { nodes[$0].string.showingEverything } ?? "_"
      let receiver = nodes[message.receiver].string.showingEverything
      lines.append(
        "\(sender) -> \(receiver)  \(execution.text(of: message.row).showingEverything)\(message.words)")
    }
    return lines
  }

  /// Whether the specification is met, and which rows violate it.
  package func verdict(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    let faults = execution.faults.faults.map { "'\($0.text(nodes).showingEverything)'" }
    let inputs = execution.program.choices.isEmpty ? "" : ", \(execution.inputs.words)"
    let under = (faults.isEmpty ? "without faults" : "under " + faults.joined(separator: ", ")) + inputs
    guard execution.ending == .complete else { return paint.yellow("INCOMPLETE") + "  \(under)\n" }
    guard let question = trial.question else { return "NO SPECIFICATION  there is no relation 'post'\n" }
    guard !trial.violations.isEmpty else { return paint.green("MET") + "  \(under)\n" }
    return paint.red("VIOLATED") + "  \(under)\n" + question.violationText(trial.violations)
  }
}

extension Message {
  /// The words after a message that is lost, late or doubled.
  fileprivate var words: String {
    switch fate {
    case .delivered where isOnTime && arrivals.count == 1: ""
    case .delivered where arrivals.count == 1: "  LATE: it arrives in round \(arrivals[0].rawValue)"
    case .delivered: "  TWICE: it arrives in rounds \(arrivals[0].rawValue) and \(arrivals[1].rawValue)"
    case .omitted: "  LOST: omission"
    case .partitioned: "  LOST: partition"
    case .receiverDown: "  LOST: the receiver is down"
    case .senderCrashed: "  LOST: the sender has crashed"
    }
  }
}

// MARK: For programs

extension RunReport {
  /// The run as `faultline-run/1`.
  package var json: JSON {
    let setting = execution.setting
    let head: JSON = [
      "format": "faultline-run/1",
      "program": JSON(execution.program, files: files),
      "eot": .integer(setting.eot.position),
      "nodes": .array(nodes.names.map { .string($0.string) }),
      "crashView": .string(setting.crashView.rawValue),
      "faults": JSON(execution.faults, nodes: nodes),
    ]
    let judged: JSON = [
      "complete": .bool(execution.ending == .complete),
      "verdict": .string(verdictWord),
    ]
    let violated =
      trial.question.map { JSON.members(trial.violations, in: $0) }
      ?? JSON.members([], of: nil, named: false)
    return .object(
      head.members + JSON.members(execution.inputs) + judged.members + violated
        + JSON.members(warnings: warnings, sources: execution.program.sources) + [
          .init(key: "rounds", value: .array(rounds.map(json)))
        ] + (whyNot.map { [$0.member] } ?? []))
  }

  private var verdictWord: String {
    if execution.ending != .complete { return "incomplete" }
    if trial.question == nil { return "no-specification" }
    return trial.violations.isEmpty ? "met" : "violated"
  }

  private func json(_ record: RoundRecord) -> JSON {
    [
      "round": .integer(record.round.position),
      "tuples": .object(record.tables.map { .init(key: $0.name, value: JSON(rows: $0.rows)) }),
      "messages": .array(record.messages.map(json)),
    ]
  }

  private func json(_ message: Message) -> JSON {
    [
      "from": message.sender.map { .string(nodes[$0].string) } ?? .null,
      "to": .string(nodes[message.receiver].string),
      "relation": .string(execution.schema[execution.store.relation(of: message.row)].name),
      "row": JSON(row: execution.values(of: message.row)),
      "fate": .string(message.fate.rawValue),
      "arrives": .array(message.arrivals.map { .integer($0.position) }),
    ]
  }
}

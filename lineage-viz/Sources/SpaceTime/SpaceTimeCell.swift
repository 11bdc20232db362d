// A node in a round is a cell of the diagram. It contains what the node decides and what it sends. The same
// message to several nodes is one line, so that a broadcast to nine others does not need nine labels.

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios

/// One line of text in a cell.
struct SpaceTimeLine: Hashable {
  enum Kind: String, Hashable {
    /// A fault strikes for good: the node crashes, or a fact is missing.
    case crash
    /// A fault begins that passes.
    case trouble
    /// The node comes back.
    case back
    /// From this round on, the node holds a row on which the specification depends.
    case decision
    /// A message that arrives.
    case sent
    /// A message that is lost.
    case lost
  }

  let kind: Kind
  let text: String
}

/// The lines of every cell of a run.
struct SpaceTimeCells {
  private var lines: [[SpaceTimeLine]]
  private let nodeCount: Int

  /// The cells of `execution`; decisions are known only where there is an `outcome`.
  init(
    of execution: Execution, _ transmissions: [(key: Transmission, rows: [RowID])], _ marks: FaultMarks,
    properties: [Property]
  ) {
    nodeCount = execution.setting.nodes.count
    lines = Array(repeating: [], count: nodeCount * (execution.setting.eot.position + 1))
    if execution.faults.count > 0 { addFaults(of: execution.setting, marks) }
    addDecisions(of: execution, properties)
    addSendings(of: execution, transmissions)
  }

  /// The lines of `node` in `round`.
  subscript(node: NodeID, round: Round) -> [SpaceTimeLine] { lines[position(node, round)] }

  private func position(_ node: NodeID, _ round: Round) -> Int { round.position * nodeCount + node.position }

  private mutating func add(_ line: SpaceTimeLine, _ node: NodeID, _ round: Round) {
    lines[position(node, round)].append(line)
  }

  private mutating func addFaults(of setting: Setting, _ marks: FaultMarks) {
    for round in 1...setting.eot.position {
      for node in setting.nodes.ids {
        for remark in marks.endings(at: node, in: Round(round)) {
          add(SpaceTimeLine(kind: .back, text: "↻ \(remark.text)"), node, Round(round))
        }
        for remark in marks.beginnings(at: node, in: Round(round)) {
          let kind: SpaceTimeLine.Kind = remark.fault.meaning.isForGood ? .crash : .trouble
          add(SpaceTimeLine(kind: kind, text: remark.text), node, Round(round))
        }
      }
    }
  }

  private mutating func addDecisions(of execution: Execution, _ properties: [Property]) {
    let store = execution.store
    let observed = Set(execution.program.relationsObserved(by: properties))
    let firings = execution.firingsByHead()
    for tuple in store.tuples {
      let (row, round) = (store.row(of: tuple), store.round(of: tuple))
      guard observed.contains(store.relation(of: row)), round <= execution.setting.eot,
        !firings[tuple].isEmpty,  // what the program gives is no decision
        let node = execution.constants.node(store.symbol(row, 0)),
        round.rawValue == 1 || store.tuple(row, in: Round(rawValue: round.rawValue - 1)) == nil
      else { continue }
      add(SpaceTimeLine(kind: .decision, text: execution.textWithoutLocation(of: row)), node, round)
    }
  }

  private mutating func addSendings(
    of execution: Execution, _ transmissions: [(key: Transmission, rows: [RowID])]
  ) {
    struct Content: Hashable {
      let place: Int
      let text: String
      let isLost: Bool
      let note: String?
    }
    var receivers: [Content: [NodeID]] = [:]
    var order: [(Content, NodeID, Round)] = []
    for (key, rows) in transmissions {
      for row in rows {
        let content = Content(
          place: position(key.sender, key.sent), text: execution.textWithoutLocation(of: row),
          isLost: key.isLost, note: key.note)
        if receivers[content] == nil { order.append((content, key.sender, key.sent)) }
        if receivers[content]?.contains(key.receiver) != true {
          receivers[content, default: []].append(key.receiver)
        }
      }
    }
    let names = execution.setting.nodes
    for (content, sender, round) in order {
      let to = receivers[content] ?? []
      let list = Self.words(for: to, from: sender, names)
      let kind: SpaceTimeLine.Kind = content.isLost ? .lost : .sent
      let note = content.note.map { " (\($0))" } ?? ""
      add(SpaceTimeLine(kind: kind, text: "\(content.text) → \(list)\(note)"), sender, round)
    }
  }

  /// The receivers in a few words: their names, or all but some names.
  private static func words(for receivers: [NodeID], from sender: NodeID, _ names: Nodes) -> String {
    let others = names.ids.filter { $0 != sender && !receivers.contains($0) }
    guard names.count > 3, others.count * 3 < receivers.count else {
      return receivers.map { names[$0].string }.joined(separator: ", ")
    }
    return others.isEmpty ? "all" : "all but " + others.map { names[$0].string }.joined(separator: ", ")
  }
}

extension Execution {
  /// `row` without its first column, which is its location: `log("Data1")` for `log("a", "Data1")`.
  func textWithoutLocation(of row: RowID) -> String {
    let columns = values(of: row).dropFirst().map(\.description).joined(separator: ", ")
    return "\(schema[store.relation(of: row)].name)(\(columns))"
  }
}

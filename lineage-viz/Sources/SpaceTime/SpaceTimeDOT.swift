// The space-time diagram of Lamport ("Time, Clocks, and the Ordering of Events in a Distributed System", CACM
// 1978): a line for each process, time running down, and a slanted arrow for each message. Every position is
// given, so the lines are straight and the same run always looks the same; Graphviz only draws. Labels are
// separate nodes, so that each can be put at the first place along its arrow where it covers no other label.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Space-time diagrams in the DOT language.
public enum SpaceTimeDOT {
  /// The number of messages that are drawn unless another limit is given.
  public static let standardLimit = 2_000

  /// The messages between different nodes in `execution`, round by round, under the heading `title`.
  public static func diagram(
    of execution: Execution, title: String = "", limit: Int = standardLimit
  ) -> String {
    var drawing = SpaceTimeDrawing(execution, title: title, limit: limit)
    drawing.drawCuts()
    drawing.drawProcesses()
    drawing.drawMessages()
    return drawing.finish()
  }
}

struct SpaceTimeDrawing {
  var document: DOTDocument
  let execution: Execution
  let marks: FaultMarks
  private let transmissions: [(key: Transmission, names: [String])]
  private let total: Int

  /// The area of a label, in inches.
  private struct LabelBox {
    let x: Double, y: Double, width: Double, height: Double

    func covers(_ other: LabelBox) -> Bool {
      abs(x - other.x) * 2 < width + other.width && abs(y - other.y) * 2 < height + other.height
    }
  }

  let columnWidth: Double
  let rowHeight = 1.1

  init(_ execution: Execution, title: String, limit: Int) {
    self.execution = execution
    marks = FaultMarks(of: execution)
    let all = Transmission.all(of: execution)
    total = all.reduce(0) { $0 + $1.key.arrowCount }
    transmissions = all.prefix(limit).map { ($0.key, Self.names(of: $0.rows, in: execution)) }
    let longest = transmissions.flatMap(\.names).map(\.count).max() ?? 0
    columnWidth = min(max(1.6, Double(longest) * 0.11), 3.5)
    let drawn = transmissions.reduce(0) { $0 + $1.key.arrowCount }
    let note =
      total > drawn
      ? ["showing \(grouped(drawn)) of \(grouped(total)) arrows"] : []
    let faults = execution.faults.faults.map { execution.setting.nodes.text(of: $0) }
    let caption =
      [faults.isEmpty ? "no faults" : "faults: " + faults.joined(separator: ", ")] + note
      + ["Time runs down. Dashed red: lost (✗). Red octagon: the node crashes and sends nothing more."]
      + marks.notes
    document = DOTDocument(
      name: "spacetime",
      graph: [
        "layout": "neato", "splines": "line", "outputorder": "edgesfirst", "fontname": "Helvetica",
        "fontsize": 11,
        "labelloc": "b", "labeljust": "l",
        "label": DOTValue(leftAlignedLabel: (title.isEmpty ? [] : [title]) + caption),
      ],
      node: ["fontname": "Helvetica", "fontsize": 9], edge: ["arrowsize": 0.6, "color": "#444444"])
  }

  /// The relations of `rows` in order of first mention, each with the number of its rows.
  private static func names(of rows: [RowID], in execution: Execution) -> [String] {
    let names = rows.map { execution.schema[execution.store.relation(of: $0)].name }
    var distinct: [String] = []
    for name in names where !distinct.contains(name) { distinct.append(name) }
    return distinct.map { name in
      let count = names.count { $0 == name }
      return count == 1 ? name : "\(name) ×\(count)"
    }
  }

  func finish() -> String { document.finish() }

  // MARK: Processes

  mutating func drawProcesses() {
    let nodes = execution.setting.nodes
    let last = execution.setting.eot.position
    for node in nodes.ids {
      document.node(
        "h\(node.rawValue)",
        [
          "label": DOTValue(label: [shortened(nodes[node].string, to: 24)]), "shape": "box",
          "style": "rounded,filled", "fillcolor": DOTValue(trusted: Palette.fill(of: node)), "fontsize": 12,
          "pos": position(x(of: node), 0.4 * rowHeight),
        ])
      for round in 1...last { drawMoment(node, Round(round)) }
      document.edge("h\(node.rawValue)", name(node, Round(1)), Self.lifeline)
      for round in 1..<max(last, 1) {
        document.edge(
          name(node, Round(round)), name(node, Round(round + 1)), lifeline(of: node, in: Round(round)))
      }
    }
    for round in 1...last {
      document.node(
        "r\(round)",
        [
          "label": DOTValue(label: ["round \(round)"]), "shape": "plaintext", "fontcolor": "#7a7a7a",
          "pos": position(-0.9, y(of: Round(round))),
        ])
    }
  }

  // MARK: Messages

  mutating func drawMessages() {
    let words = transmissions.map { Self.words(of: $0.key, $0.names) }
    let places = places(of: words)
    for (number, (key, _)) in transmissions.enumerated() {
      let red = DOTValue(trusted: Palette.fault)
      let tail = name(key.sender, key.sent)
      if key.isLost {
        document.edge(
          tail, name(key.receiver, key.sent.next), ["style": "dashed", "color": red, "arrowhead": "tee"])
      }
      if key.arrivals.contains(key.sent.next) {
        document.edge(
          tail, name(key.receiver, key.sent.next), ["color": DOTValue(trusted: Palette.message)])
      }
      for arrival in key.lateArrivals { drawLate(key, arrival, "w\(number)") }
      drawLabel("m\(number)", of: key, words[number], at: places[number])
    }
  }

  /// The lines of a label: the relations, with a cross where they are lost, and the rounds where they are
  /// late.
  private static func words(of key: Transmission, _ names: [String]) -> [String] {
    let lines =
      key.isLost ? ["✗ " + names[0]] + names.dropFirst() : names + (key.note.map { ["(\($0))"] } ?? [])
    return lines.map { shortened($0, to: 32) }
  }

  private mutating func drawLabel(_ name: String, of key: Transmission, _ lines: [String], at box: LabelBox) {
    document.node(
      name,
      [
        "label": DOTValue(label: lines), "shape": "plaintext", "style": "filled", "fillcolor": "#ffffffd0",
        "fontcolor": DOTValue(trusted: key.isLost ? Palette.fault : "#222222"), "margin": "0.01,0.0",
        "width": 0,
        "height": 0, "pos": position(box.x, box.y),
      ])
  }

  // MARK: Labels

  /// The places of the labels with these `words`, each at the first place along its arrow where it covers no
  /// label before it. Then those with a cross at the line of a third node are moved.
  private func places(of words: [[String]]) -> [LabelBox] {
    var places: [LabelBox] = []
    for (transmission, lines) in zip(transmissions, words) {
      let way = LabelWay(self, transmission.key, lines)
      let usual = [0.5, 0.35, 0.65, 0.25, 0.75, 0.42, 0.58, 0.18, 0.82].map(way.box)
      places.append(usual.first { box in !places.contains { $0.covers(box) } } ?? usual[0])
    }
    for (number, (transmission, lines)) in zip(transmissions, words).enumerated() {
      let key = transmission.key
      let span = Double(abs(key.receiver.position - key.sender.position))
      guard key.isLost, span > 1, !isApart(places[number], from: key) else { continue }
      // Between the line of the receiver, or of the sender, and that of its neighbour.
      let way = LabelWay(self, key, lines)
      let near = [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75].map {
        way.box(key.isLostAtSender ? $0 / span : (span - 1 + $0) / span)
      }
      let apart = near.filter { isApart($0, from: key) }
      let others = places[..<number] + places[(number + 1)...]
      places[number] = apart.first { box in !others.contains { $0.covers(box) } } ?? apart.first ?? near[0]
    }
    return places
  }

  /// The places that a label can have along an arrow.
  private struct LabelWay {
    let x0: Double, y0: Double, x1: Double, y1: Double, width: Double, height: Double

    init(_ drawing: SpaceTimeDrawing, _ key: Transmission, _ lines: [String]) {
      (x0, x1) = (drawing.x(of: key.sender), drawing.x(of: key.receiver))
      (y0, y1) = (drawing.y(of: key.sent), drawing.y(of: key.arrivals.last ?? key.sent.next))
      width = Double(lines.map(\.count).max() ?? 0) * 0.075 + 0.06
      height = Double(lines.count) * 0.15
    }

    func box(_ share: Double) -> LabelBox {
      LabelBox(x: x0 + (x1 - x0) * share, y: y0 + (y1 - y0) * share, width: width, height: height)
    }
  }

  /// Whether `place` covers no line of a node other than the two between which the message is sent, and is
  /// next to one of these.
  private func isApart(_ place: LabelBox, from key: Transmission) -> Bool {
    let isNear = [key.sender, key.receiver].contains { abs(place.x - x(of: $0)) < columnWidth }
    return isNear
      && execution.setting.nodes.ids.allSatisfy { node in
        node == key.sender || node == key.receiver || abs(place.x - x(of: node)) * 2 > place.width
      }
  }

  // MARK: Places

  func x(of node: NodeID) -> Double { Double(node.position) * columnWidth }
  func y(of round: Round) -> Double { -Double(round.position) * rowHeight + rowHeight }
  func name(_ node: NodeID, _ round: Round) -> String { "p\(node.rawValue)_\(round.rawValue)" }

  func position(_ x: Double, _ y: Double) -> DOTValue {
    DOTValue(trusted: "\(hundredths(x)),\(hundredths(y))!")
  }

  private func hundredths(_ value: Double) -> String {
    let rounded = Int((value * 100).rounded())
    let digits = String(abs(rounded) % 100)
    return "\(rounded < 0 ? "-" : "")\(abs(rounded) / 100).\(digits.count < 2 ? "0" : "")\(digits)"
  }
}

import Dedalus
import Evaluation
import Indices
import Properties
import Scenarios
import Texts

/// A diagram under construction as SVG.
struct SpaceTimeSVGDrawing {
  let execution: Execution
  private let transmissions: [(key: Transmission, rows: [RowID])]
  private let total: Int
  private let cells: SpaceTimeCells
  let marks: FaultMarks
  private(set) var layout: SpaceTimeLayout
  var svg = Markup()

  private var nodes: Nodes { execution.setting.nodes }
  private var rounds: ClosedRange<Int> { 1...execution.setting.eot.position }

  init(_ execution: Execution, _ properties: [Property], _ limit: Int) {
    self.execution = execution
    let all = Transmission.all(of: execution)
    total = all.reduce(0) { $0 + $1.key.arrowCount }
    transmissions = Array(all.prefix(limit))
    marks = FaultMarks(of: execution)
    cells = SpaceTimeCells(of: execution, transmissions, marks, properties: properties)
    layout = SpaceTimeLayout(of: execution, cells, transmissions.map(\.key), from: 0)
  }

  // MARK: The whole

  /// The diagram with caption and legend, as a separate document.
  mutating func page(title: String, broken: [String]) -> String {
    let caption = self.caption(title)
    let start = caption.count * Self.captionHeight + SpaceTimeLayout.margin
    layout = SpaceTimeLayout(of: execution, cells, transmissions.map(\.key), from: start)
    let end = layout.bottom[execution.setting.eot] + SpaceTimeLayout.margin
    let below = broken.map { Remark(text: $0, kind: "caption broken") } + legend
    begin(height: end + (below.count + 1) * Self.captionHeight, least: width(of: caption + below))
    svg.begin("style")
    svg.write(trusted: SpaceTimeSVG.style + (marks.occurring.isEmpty ? "" : SpaceTimeSVG.markStyle))
    svg.end()
    svg.leaf("rect", ["class": "page", "width": "100%", "height": "100%"])
    write(caption, from: SpaceTimeLayout.margin)
    drawDiagram()
    write(below, from: end + 10)
    svg.end()
    return svg.text + "\n"
  }

  private static let captionHeight = 19

  /// A line above or below the diagram.
  private struct Remark {
    let text: String
    let kind: String
  }

  private mutating func write(_ remarks: [Remark], from y: Int) {
    for (number, remark) in remarks.enumerated() {
      write(shortened(remark.text, to: 120), remark.kind, 10, y + (number + 1) * Self.captionHeight - 8)
    }
  }

  private func caption(_ title: String) -> [Remark] {
    let faults = execution.faults.faults.prefix(8).map { $0.sentence(nodes) }
    let rest = execution.faults.count - faults.count
    var lines = title.isEmpty ? [] : [Remark(text: title, kind: "caption title")]
    if faults.isEmpty { lines.append(Remark(text: "no faults", kind: "caption quiet")) }
    lines += faults.map { Remark(text: $0, kind: "caption broken") }
    if let chosen = execution.inputs.phrase {
      lines.append(Remark(text: "chosen: \(chosen)", kind: "caption"))
    }
    if rest > 0 {
      lines.append(Remark(text: "and \(counted(grouped(rest), "more fault"))", kind: "caption broken"))
    }
    return lines
  }

  private var legend: [Remark] {
    let drawn = transmissions.reduce(0) { $0 + $1.key.arrowCount }
    let note = "showing \(grouped(drawn)) of \(grouped(total)) arrows"
    let lines = [
      "Time runs down. Beside each line: what the node sends (blue), and what it holds from this round on",
      "that the specification looks at (green). Red: what is lost, ✗, and where a node crashes.",
    ]
    return ((total > drawn ? [note] : []) + lines + marks.legend).map {
      Remark(text: $0, kind: "caption quiet")
    }
  }

  private func width(of remarks: [Remark]) -> Int {
    let longest = remarks.map { SpaceTimeLayout.width(of: shortened($0.text, to: 120)) }.max() ?? 0
    return longest + 2 * SpaceTimeLayout.margin
  }

  private mutating func begin(height: Int, least: Int = 0) {
    let width = max(layout.width, least)
    svg.beginPicture(
      "st", width: width, height: height, shown: (width, height), title: "Space-time diagram",
      description: description)
  }

  /// A description for people who do not see the picture.
  private var description: String {
    let names = nodes.names.map { shortened($0.string.showingEverything, to: 24) }.joined(separator: ", ")
    let lost = transmissions.count { $0.key.isLost }
    let faults = execution.faults.faults.prefix(20).map { $0.sentence(nodes) }
    return
      "Processes \(names); rounds 1 to \(rounds.upperBound), downwards. \(counted(total, "arrow")), \(lost) of them lost. "
      + (faults.isEmpty ? "No faults." : "Faults: " + faults.joined(separator: "; ") + ".")
      + (execution.inputs.phrase.map { " Chosen: \($0)." } ?? "")
  }

  // MARK: Parts

  private mutating func drawDiagram() {
    drawHeader()
    var arrows = transmissions[...]
    var late: [Transmission] = []
    for round in rounds {
      let end = arrows.firstIndex { $0.key.sent.position > round } ?? arrows.endIndex
      draw(Round(round), arrows[..<end].map(\.key), late)
      late += arrows[..<end].map(\.key).filter { !$0.lateArrivals.isEmpty }
      arrows = arrows[end...]
    }
  }

  private mutating func drawHeader() {
    let y = layout.top[Round(1)] - SpaceTimeLayout.margin - SpaceTimeLayout.headerHeight + 6
    for node in nodes.ids {
      drawLine(node, from: y + 22, to: layout.top[Round(1)], "line")
      drawName(of: node, at: y)
    }
  }

  private mutating func drawName(of node: NodeID, at y: Int) {
    let name = SpaceTimeLayout.shownName(of: node, in: nodes)
    let x = layout.x[node] - 8
    svg.leaf(
      "rect",
      [
        "class": Self.kind(of: node), "x": "\(x)", "y": "\(y)", "rx": "5", "height": "22",
        "width": "\(max(20, SpaceTimeLayout.width(of: name) + 14))",
      ])
    write(name, "name", x + 7, y + 15)
  }

  /// Draws `round`, in which `arrows` start, while `late` ones of earlier rounds are on their way.
  private mutating func draw(_ round: Round, _ arrows: [Transmission], _ late: [Transmission]) {
    let isDense = arrows.count > 40
    svg.begin("g", ["class": isDense ? "round dense" : "round", "data-round": "\(round.rawValue)"])
    svg.leaf(
      "rect",
      [
        "class": round.rawValue % 2 == 1 ? "band" : "page", "y": "\(layout.top[round])",
        "height": "\(layout.top[round.next] - layout.top[round])", "width": "100%",
      ])
    drawCuts(in: round)
    write("round \(round.rawValue)", "quiet", layout.labelX, layout.top[round] + 12)
    for node in nodes.ids {
      let (from, to) = (layout.top[round], layout.top[round.next])
      drawTrouble(of: node, in: round)
      drawLine(node, from: from, to: to, Self.lineKind(marks.trouble(of: node, in: round)?.fault))
    }
    for arrow in late { drawLate(arrow, in: round) }
    for arrow in arrows { draw(arrow) }
    for node in nodes.ids { drawCell(node, round) }
    svg.end()
  }

  /// The class of the line of a node that `fault` silences or stops.
  private static func lineKind(_ fault: Fault?) -> String {
    fault.map { $0.meaning.isForGood ? "line dead" : "line off" } ?? "line"
  }

  private mutating func drawLine(_ node: NodeID, from: Int, to: Int, _ kind: String) {
    let x = layout.x[node]
    svg.leaf("path", ["class": kind, "d": "M\(x) \(from)V\(to)"])
  }

  private mutating func drawCell(_ node: NodeID, _ round: Round) {
    let (x, top) = (layout.x[node], layout.top[round])
    let fault = marks.trouble(of: node, in: round)?.fault
    let bar =
      marks.isUnheard(node, in: round)
      ? "dead faint bar" : fault.map { $0.meaning.isForGood ? "dead bar" : "off bar" } ?? "bar"
    svg.leaf(
      "rect",
      [
        "class": "\(bar) \(Self.kind(of: node))",
        "x": "\(x - 4)", "y": "\(top)", "width": "8", "rx": "4", "height": "\(layout.bottom[round] - top)",
      ])
    let isNamed = SpaceTimeLayout.repeatsNames(at: round, of: rounds.upperBound)
    if isNamed { drawName(of: node, at: top) }
    let start = top + 12 + (isNamed ? SpaceTimeLayout.nameHeight : 0)
    for (number, line) in cells[node, round].enumerated() {
      let y = start + number * SpaceTimeLayout.lineHeight
      let isCut = line.text.count > SpaceTimeLayout.longestLine
      let isFaint = marks.isUnheard(node, in: round) && (line.kind == .decision || line.kind == .lost)
      svg.begin(
        "text", ["class": line.kind.rawValue + (isFaint ? " faint" : ""), "x": "\(x + 10)", "y": "\(y)"])
      svg.write(line.shown)
      if isCut { svg.element("title", text: line.text) }
      svg.end()
    }
  }

  /// The class for the colour of `node`; there are ten.
  private static func kind(of node: NodeID) -> String { "n\(node.position % 10)" }

  private mutating func write(_ text: String, _ kind: String, _ x: Int, _ y: Int) {
    svg.element("text", ["class": kind, "x": "\(x)", "y": "\(y)"], text: text)
  }
}

/// `value` with one decimal, unless that is 0.
func tenths(_ value: Double) -> String {
  let text = decimalText(value, places: 1)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

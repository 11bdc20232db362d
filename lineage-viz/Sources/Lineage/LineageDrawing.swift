// There is a column for each node, so that everything about one process is in one place, and a line on the
// time axis for each round; what first holds in a round is below its line. Graphviz keeps to both: a column
// is a cluster, and invisible edges tie each box between the beginning of its round and that of the next.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Writes a lineage picture in the DOT language.
struct LineageDrawing {
  private let picture: LineagePicture
  private let beginnings: [BoxID: Round]
  private var document: DOTDocument

  init(_ picture: LineagePicture, faults: FaultSet) {
    self.picture = picture
    beginnings = Dictionary(uniqueKeysWithValues: picture.boxes.map { ($0.id, Self.beginning($0)) })
    let names = faults.faults.map { picture.nodes.text(of: $0) }
    let caption =
      [names.isEmpty ? "no faults" : "faults: " + names.joined(separator: ", ")] + picture.notes
    document = DOTDocument(
      name: "lineage",
      graph: [
        "rankdir": "TB", "newrank": "true", "nodesep": 0.2, "ranksep": 0.3, "fontname": "Helvetica",
        "fontsize": 11, "labelloc": "b", "labeljust": "l", "label": DOTValue(leftAlignedLabel: caption),
      ],
      node: [
        "fontname": "Helvetica", "fontsize": 10, "shape": "box", "style": "rounded,filled", "height": 0.3,
      ],
      edge: ["fontname": "Helvetica", "fontsize": 9, "color": "#444444", "arrowsize": 0.6])
    drawTimeAxis()
    drawColumns()
    tieToRounds()
    for arrow in picture.arrows { draw(arrow) }
  }

  var text: String { document.finish() }

  // MARK: Boxes

  private mutating func drawTimeAxis() {
    let rounds = Self.shownRounds(picture)
    document.cluster("time", ["label": "", "peripheries": 0]) { document in
      document.node("t", ["label": "", "shape": "plaintext", "style": "solid"])
      for round in rounds {
        document.node(
          Self.axis(round),
          [
            "label": DOTValue(trusted: "round \(round.rawValue)"), "shape": "plaintext", "style": "solid",
            "fontcolor": DOTValue(trusted: Palette.quiet),
          ])
      }
    }
    for (above, below) in zip(["t"] + rounds.map(Self.axis), rounds.map(Self.axis)) {
      document.edge(above, below, ["style": "invis", "weight": 100])
    }
  }

  /// Ties each box between the beginning of its first round and that of the next.
  private mutating func tieToRounds() {
    let rounds = Self.shownRounds(picture)
    for box in picture.boxes {
      let first = Self.beginning(box)
      document.edge(Self.axis(first), name(box.id), ["style": "invis", "weight": 0])
      if let next = rounds.first(where: { $0 > first }) {
        document.edge(name(box.id), Self.axis(next), ["style": "invis", "weight": 0])
      }
    }
  }

  private static func shownRounds(_ picture: LineagePicture) -> [Round] {
    Set(picture.boxes.map(beginning)).sorted()
  }

  private static func beginning(_ box: LineagePicture.Box) -> Round { box.rounds.min() ?? Round(1) }

  private static func axis(_ round: Round) -> String { "r\(round.rawValue)" }

  private func name(_ box: BoxID) -> String { "n\(box.rawValue)" }

  private mutating func drawColumns() {
    var heads = ["t"]
    for node in picture.nodes.ids {
      let boxes = picture.boxes.filter { $0.location == node }
      guard !boxes.isEmpty else { continue }
      let head = "h\(node.rawValue)"
      heads.append(head)
      let label = DOTValue(label: [shortened(picture.nodes[node].string, to: 24)])
      document.cluster("\(node.rawValue)", ["label": "", "color": "#dddddd", "style": "rounded"]) {
        document in
        document.node(
          head,
          ["label": label, "fillcolor": DOTValue(trusted: Palette.fill(of: node)), "fontsize": 14])
        for box in boxes { Self.draw(box, of: picture, in: &document) }
      }
    }
    for box in picture.boxes where box.location == nil { Self.draw(box, of: picture, in: &document) }
    document.row(heads)
  }

  private static func draw(
    _ box: LineagePicture.Box, of picture: LineagePicture, in document: inout DOTDocument
  ) {
    let name = "n\(box.id.rawValue)"
    let label = DOTValue(label: picture.lines(of: box))
    let red = DOTValue(trusted: Palette.fault)
    let grey = DOTValue(trusted: Palette.missing)
    let width: DOTValue = box.isRoot ? 2.5 : 0.8
    switch box.kind {
    case .held:
      let fill = DOTValue(trusted: Palette.fill(of: box.location))
      document.node(name, ["label": label, "fillcolor": fill, "penwidth": width])
    case .missing:
      document.node(
        name,
        [
          "label": label, "style": "rounded,filled,dashed", "fillcolor": "#fafafa",
          "color": box.isFrontier ? red : grey, "fontcolor": grey, "penwidth": width,
          "peripheries": box.isFrontier ? 2 : 1,
        ])
    case .added:
      document.node(
        name, ["label": label, "fillcolor": "#ffffff", "color": red, "fontcolor": red, "penwidth": width])
    case .firing:
      document.node(
        name,
        [
          "label": label, "shape": "plaintext", "style": "solid", "fontsize": 8, "height": 0.15, "width": 0.1,
          "margin": "0.03,0.01", "fontcolor": DOTValue(trusted: Palette.quiet),
        ])
    case .absence:
      document.node(
        name, ["label": label, "style": "dashed", "fontcolor": "#444444", "penwidth": box.isRoot ? 2.5 : 1.0])
    case .fault:
      document.node(
        name,
        [
          "label": label, "shape": "octagon", "style": "filled",
          "fillcolor": DOTValue(trusted: Palette.faultFill), "color": red, "fontcolor": red, "penwidth": 2,
        ])
    }
  }

  // MARK: Arrows

  private mutating func draw(_ arrow: LineagePicture.Arrow) {
    let ink = DOTValue(trusted: arrow.isMissing ? Palette.missing : "#444444")
    let red = DOTValue(trusted: Palette.fault)
    switch arrow.kind {
    case .premise: connect(arrow, ["color": ink])
    case .absence: connect(arrow, ["color": ink, "style": "dotted"])
    case .message(let sender, let receiver):
      let names = picture.nodes
      let text = "\(sender.map { names[$0].string } ?? "_")→\(names[receiver]), \(roundsText(arrow.sent))"
      let blue = DOTValue(trusted: arrow.isMissing ? Palette.missing : Palette.message)
      connect(arrow, ["tooltip": DOTValue(label: [text]), "style": "dashed", "color": blue, "penwidth": 1.3])
    case .cut: connect(arrow, ["color": red, "penwidth": 1.5, "arrowhead": "tee"])
    case .detour: connect(arrow, ["color": ink, "style": "dotted", "arrowhead": "open"])
    }
  }

  /// An arrow back in time, from something that recurs in later rounds, must not reverse the axis.
  private mutating func connect(_ arrow: LineagePicture.Arrow, _ attributes: DOTDocument.Attributes) {
    guard let from = beginnings[arrow.tail], let to = beginnings[arrow.head] else {
      preconditionFailure("arrows lead between boxes of the picture")
    }
    document.edge(name(arrow.tail), name(arrow.head), attributes, from > to ? ["constraint": "false"] : [:])
  }
}

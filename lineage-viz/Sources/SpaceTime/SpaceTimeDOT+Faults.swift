import Dedalus
import Evaluation
import Indices
import Scenarios

// How faults are drawn.
extension SpaceTimeDrawing {
  private static let passing = DOTValue(trusted: Palette.passing)

  /// A node in a round: a dot, or an octagon where a fault begins.
  mutating func drawMoment(_ node: NodeID, _ round: Round) {
    let place = position(x(of: node), y(of: round))
    if let fault = execution.faults.faults.first(where: { $0.subject == .node(node) && $0.round == round }) {
      drawOctagon(of: fault, name(node, round), place)
    } else if marks.passingTrouble(of: node, in: round) == .paused {
      document.node(
        name(node, round),
        ["label": "‖", "shape": "plaintext", "margin": "0.02,0.0", "width": 0, "height": 0, "pos": place])
    } else if marks.endings(at: node, in: round).isEmpty {
      document.node(
        name(node, round),
        [
          "label": "", "shape": "circle", "style": "filled",
          "fillcolor": marks.isUnheard(node, in: round) ? "#b9bec2" : "#444444", "width": 0.07, "pos": place,
        ])
    } else {
      document.node(
        name(node, round),
        [
          "label": DOTValue(label: ["↻ " + marks.endings(at: node, in: round)[0].text]), "shape": "box",
          "style": "rounded,filled", "fillcolor": "#ffffff", "color": Self.passing, "fontcolor": Self.passing,
          "margin": "0.04,0.01", "width": 0.3, "height": 0.2, "pos": place,
        ])
    }
    drawMissingFacts(node, round)
  }

  private mutating func drawOctagon(of fault: Fault, _ name: String, _ place: DOTValue) {
    let label = DOTValue(label: [fault.meaning.name])
    let red = DOTValue(trusted: Palette.fault)
    let isForGood = fault.meaning.isForGood
    document.node(
      name,
      [
        "label": label, "shape": "octagon", "style": "filled",
        "fillcolor": isForGood ? DOTValue(trusted: Palette.faultFill) : "#eceff1",
        "color": isForGood ? red : Self.passing, "fontcolor": isForGood ? red : Self.passing,
        "penwidth": 2,
        "margin": "0.02,0.01", "width": 0.5, "height": 0.25, "pos": place,
      ])
  }

  /// The facts that are missing at `node` in `round`, below its moment.
  private mutating func drawMissingFacts(_ node: NodeID, _ round: Round) {
    for (number, fault) in marks.missingFacts(at: node, in: round).enumerated() {
      let text = "\(fault.subject.words(execution.setting.nodes)) \(fault.meaning.verb)"
      document.node(
        "\(name(node, round))_\(number)",
        [
          "label": DOTValue(label: [shortened(text, to: 32)]), "shape": "plaintext", "style": "filled",
          "fillcolor": "#ffffffd0", "margin": "0.01,0.0", "width": 0, "height": 0,
          "fontcolor": DOTValue(trusted: Palette.fault),
          "pos": position(x(of: node), y(of: round) - 0.17 * Double(number + 1)),
        ])
    }
  }

  /// The line of a node that is well.
  static let lifeline: DOTDocument.Attributes = ["dir": "none", "color": "#b0b0b0", "penwidth": 1.5]

  /// The line of `node` from `round` to the next: dotted where it has crashed, grey and broad where it is
  /// paused, and in broad dashes where it is down.
  func lifeline(of node: NodeID, in round: Round) -> DOTDocument.Attributes {
    guard let (fault, trouble) = marks.trouble(of: node, in: round) else { return Self.lifeline }
    if fault.meaning.isForGood {
      let colour = DOTValue(trusted: Palette.fault + (marks.isUnheard(node, in: round) ? "60" : ""))
      return ["dir": "none", "color": colour, "style": "dotted"]
    }
    return [
      "dir": "none", "color": "#c3cad0", "style": trouble == .down ? "dashed" : "solid", "penwidth": 9,
    ]
  }

  /// An arrow to a round after the next one. Where it would go through other nodes in the rounds between, it
  /// is bent at `bend`.
  mutating func drawLate(_ key: Transmission, _ arrival: Round, _ bend: String) {
    if arrival > execution.setting.eot { drawEnd(key.receiver, arrival) }
    let (tail, head) = (name(key.sender, key.sent), name(key.receiver, arrival))
    let attributes: DOTDocument.Attributes = [
      "color": DOTValue(trusted: Palette.message), "style": "dashed",
    ]
    let (columns, rounds) = (
      abs(key.receiver.position - key.sender.position), arrival.position - key.sent.position
    )
    let meetsOthers = (1..<rounds).contains { $0 * columns % rounds == 0 }
    guard meetsOthers else { return document.edge(tail, head, attributes) }
    document.node(
      bend,
      [
        "label": "", "shape": "point", "width": 0.01, "style": "invis",
        "pos": position(
          (x(of: key.sender) + x(of: key.receiver)) / 2,
          (y(of: key.sent) + y(of: arrival)) / 2 - rowHeight * 0.35),
      ])
    document.edge(tail, bend, attributes, ["arrowhead": "none"])
    document.edge(bend, head, attributes)
  }

  /// The place after the last round at which a message would arrive in `round`.
  private mutating func drawEnd(_ node: NodeID, _ round: Round) {
    document.node(
      name(node, round),
      [
        "label": DOTValue(trusted: "round \(round.rawValue)"), "shape": "plaintext", "fontcolor": "#7a7a7a",
        "pos": position(x(of: node), y(of: round)),
      ])
  }

  /// Tints the columns of nodes that are cut off, as long as they are.
  mutating func drawCuts() {
    for (number, cut) in marks.cuts.enumerated() {
      let (first, last) = (cut.rounds.lowerBound, cut.rounds.upperBound)
      let remark = marks.beginnings(at: cut.side.nodes[0], in: first).first {
        $0.fault.subject == .side(cut.side)
      }
      for node in cut.side.nodes {
        let isFirst = node == cut.side.nodes[0]
        document.node(
          "c\(number)_\(node.rawValue)",
          [
            "label": DOTValue(label: isFirst ? [shortened(remark?.text ?? "", to: 32)] : [""]),
            "labelloc": "t",
            "shape": "box", "style": "filled", "fillcolor": "#f5c54240", "color": "#f5c54200",
            "fontcolor": "#7a5200", "width": DOTValue(floatLiteral: columnWidth * 0.8),
            "height": DOTValue(floatLiteral: Double(last.position - first.position + 1) * rowHeight),
            "fixedsize": "true",
            "pos": position(x(of: node), (y(of: first) + y(of: last)) / 2 - rowHeight * 0.2),
          ])
      }
    }
  }
}

extension FaultMarks {
  /// What the marks that occur mean, a sentence for each.
  var notes: [String] {
    Mark.allCases.filter(occurring.contains).map { mark in
      switch mark {
      case .paused: "Broad grey line: the node pauses; it does nothing, and what comes waits for it."
      case .down: "Broad grey dashes: the node is down; it does nothing, and what comes is lost."
      case .back: "↻: from this round on the node acts again."
      case .cutOff: "Tinted: these nodes are cut off from the others; what is sent between them is lost."
      case .late: "Dashed blue: it comes late; the round is beside it."
      case .doubled: "Two arrows of one message: it comes twice, in the rounds beside it."
      case .missingFact: "“is missing”, in red: a fact of the program that is not there."
      case .unheard: "Faint: the node has crashed and goes on computing, but nobody hears it."
      }
    }
  }
}

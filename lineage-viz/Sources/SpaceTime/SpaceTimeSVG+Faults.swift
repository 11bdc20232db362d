import Dedalus
import Evaluation
import Indices
import Scenarios

// How faults are drawn that pass: nodes that are down or paused, and sides that are cut off.
extension SpaceTimeSVGDrawing {
  /// Half the width of the strip behind the line of a node that is down or paused.
  private static let strip = 8

  /// Tints the columns of nodes that are cut off in `round`.
  mutating func drawCuts(in round: Round) {
    guard marks.occurring.contains(.cutOff) else { return }
    for node in execution.setting.nodes.ids where marks.isCutOff(node, in: round) {
      let x = layout.x[node] - SpaceTimeLayout.margin
      svg.leaf(
        "rect",
        [
          "class": "cut", "x": "\(x)", "y": "\(layout.top[round])", "width": "\(layout.edge(of: node) - x)",
          "height": "\(layout.top[round.next] - layout.top[round])",
        ])
    }
  }

  /// A strip behind the line of `node` in a `round` in which it is down, hatched, or paused, with a mark.
  mutating func drawTrouble(of node: NodeID, in round: Round) {
    guard let trouble = marks.passingTrouble(of: node, in: round), trouble != .silent else { return }
    let (x, top, bottom) = (layout.x[node], layout.top[round], layout.top[round.next])
    svg.leaf(
      "rect",
      [
        "class": trouble == .down ? "down" : "paused", "x": "\(x - Self.strip)", "y": "\(top)",
        "width": "\(2 * Self.strip)", "height": "\(bottom - top)",
      ])
    if trouble == .down {
      svg.leaf("path", ["class": "hatch", "d": Self.hatch(x - Self.strip, top, 2 * Self.strip, bottom)])
    } else {
      let y = (layout.bottom[round] + bottom) / 2
      svg.leaf("path", ["class": "pause", "d": "M\(x - 4) \(y - 6)v12m8-12v12"])
    }
  }

  /// Slanted lines that fill the rectangle from (`x`, `top`) to `bottom`, in step from round to round.
  private static func hatch(_ x: Int, _ top: Int, _ width: Int, _ bottom: Int) -> String {
    let distance = 6
    var path = ""
    // The line that leaves the left edge at y rises to the right by its width.
    for y in stride(from: top / distance * distance, to: bottom + width, by: distance) where y > top {
      let start = max(0, y - bottom)
      let end = min(width, y - top)
      if start < end { path += "M\(x + start) \(y - start)L\(x + end) \(y - end)" }
    }
    return path
  }
}

extension FaultMarks {
  /// What the marks that occur mean, a sentence for each.
  var legend: [String] {
    Mark.allCases.filter(occurring.contains).map { mark in
      switch mark {
      case .paused: "Grey, ‖: the node pauses; it does nothing, and what comes waits for it."
      case .down: "Grey, hatched: the node is down; it does nothing, and what comes is lost."
      case .back: "↻: from this round on the node acts again."
      case .cutOff: "Tinted: these nodes are cut off from the others; what is sent between them is lost."
      case .late: "Long dashed arrow: it comes late; the round is beside what is sent."
      case .doubled: "Two arrows of one message: it comes twice, in the rounds beside what is sent."
      case .missingFact: "“is missing”, in red: a fact of the program that is not there."
      case .unheard: "Faint: the node has crashed and goes on computing, but nobody hears it."
      }
    }
  }
}

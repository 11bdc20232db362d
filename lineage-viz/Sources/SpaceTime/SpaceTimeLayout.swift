// The positions of all parts of a space-time diagram. Each round has two bands: the upper one has the texts
// next to the process lines, with what each node decides and sends; the lower one has the arrows. So no arrow
// ever crosses a text, and the same run always looks the same.
//
// Text is set in a monospaced face, whose widths are known without measuring, so columns can be as narrow as
// their contents.

import Dedalus
import Evaluation
import Indices
import Scenarios

/// Positions, in pixels from the upper left corner.
struct SpaceTimeLayout {
  /// The width of a character in the face and size of cells; a wide character takes two.
  static let characterWidth = 6.65
  static let lineHeight = 15
  static let margin = 14
  /// The number of columns after which a line of a cell is cut.
  static let longestLine = 36

  /// For each node: the position of its process line.
  let x: IndexedArray<NodeID, Int>
  /// For each round: where its texts begin. After the last round: where the lines end.
  let top: IndexedArray<Round, Int>
  /// For each round: where its texts end and its arrows begin.
  let bottom: IndexedArray<Round, Int>
  let width: Int
  /// The position of the round numbers.
  let labelX = 10
  static let headerHeight = 34
  /// The height of a repeated row of node names.
  static let nameHeight = 26

  init(
    of execution: Execution, _ cells: SpaceTimeCells, _ arrows: [Transmission], from start: Int
  ) {
    let (nodes, last) = (execution.setting.nodes, execution.setting.eot.position)
    var x: IndexedArray<NodeID, Int> = []
    var edge = 84
    for node in nodes.ids {
      x.append(edge)
      let longest = (1...last).flatMap { cells[node, Round($0)] }.map { Self.width(of: $0.shown) }.max() ?? 0
      let header = Self.width(of: Self.shownName(of: node, in: nodes)) + 8
      edge += max(72, header, longest + 34)
    }
    self.x = x
    width = edge + Self.margin

    var spans = Array(repeating: 0, count: last + 2)
    for arrow in arrows {
      let span = abs(arrow.sender.position - arrow.receiver.position)
      spans[arrow.sent.position] = max(spans[arrow.sent.position], span)
    }
    var (top, bottom): (IndexedArray<Round, Int>, IndexedArray<Round, Int>) = ([0], [0])
    var y = start + Self.headerHeight + Self.margin
    for round in 1...last {
      let most = nodes.ids.map { cells[$0, Round(round)].count }.max() ?? 0
      top.append(y)
      if Self.repeatsNames(at: Round(round), of: last) { y += Self.nameHeight }
      bottom.append(y + max(1, most) * Self.lineHeight + 4)
      y = bottom[Round(round)] + (round == last ? 0 : spans[round] == 0 ? 10 : min(24 + 9 * spans[round], 96))
    }
    top.append(y)
    (self.top, self.bottom) = (top, bottom)
  }

  /// The right edge of the column of `node`.
  func edge(of node: NodeID) -> Int {
    node.position + 1 < x.count ? x[NodeID(node.position + 1)] - Self.margin : width - 4
  }

  /// Whether the names of the nodes are repeated in `round`: every ten rounds of a long run.
  static func repeatsNames(at round: Round, of last: Int) -> Bool {
    last > 14 && round.rawValue > 1 && round.rawValue % 10 == 1
  }

  /// The name of `node` in the header.
  static func shownName(of node: NodeID, in nodes: Nodes) -> String {
    shortened(nodes[node].string.showingEverything, to: 24)
  }

  /// The width of `text` in pixels.
  static func width(of text: String) -> Int {
    let units = text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
    return Int((Double(units) * characterWidth).rounded(.up))
  }
}

extension SpaceTimeLine {
  /// The part that is shown.
  var shown: String {
    let text = shortened(text.showingEverything, to: SpaceTimeLayout.longestLine)
    return kind == .lost ? "✗ " + text : text
  }
}

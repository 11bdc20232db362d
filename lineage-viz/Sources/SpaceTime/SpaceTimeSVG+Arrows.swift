import Dedalus
import Evaluation
import Indices
import Scenarios

// How messages are drawn.
extension SpaceTimeSVGDrawing {
  /// A message that arrives in the next round is an arrow; a lost one ends on its way in a cross.
  mutating func draw(_ arrow: Transmission) {
    let (x0, y0) = (layout.x[arrow.sender], layout.bottom[arrow.sent])
    let (x1, y1) = (layout.x[arrow.receiver], layout.top[arrow.sent.next])
    if arrow.isLost {
      let x = layout.crossX(of: arrow)
      let y = x == x0 + (x1 - x0) * 3 / 5 ? y0 + (y1 - y0) * 3 / 5 : y0 + (y1 - y0) * (x - x0) / (x1 - x0)
      svg.leaf("path", ["class": "gone", "d": "M\(x0) \(y0)L\(x) \(y)"])
      svg.leaf("path", ["class": "cross", "d": "M\(x - 5) \(y - 5)l10 10m0-10l-10 10"])
    }
    if arrow.arrivals.first == arrow.sent.next {
      let head = Self.arrowhead(fromX: x0, y0, toX: x1, y1)
      svg.leaf("path", ["class": "arrow", "d": "M\(x0) \(y0)L\(x1) \(y1)\(head)"])
    }
    drawLate(arrow, in: arrow.sent)
  }

  /// The parts in `round` of the arrows to rounds after the next one. They are drawn round by round, so that
  /// they lie above the bands and below the texts.
  mutating func drawLate(_ arrow: Transmission, in round: Round) {
    for arrival in arrow.lateArrivals where round < arrival {
      let way = LateArrow(arrow, arrival, layout, last: execution.setting.eot)
      let from = max(way.y0, layout.top[round])
      let to = min(way.y1, layout.top[round.next])
      let (x0, x1) = (way.x(at: from), way.x(at: to))
      let arrives = round.next == arrival && arrival <= execution.setting.eot
      let head = arrives ? Self.arrowhead(fromX: way.x0, way.y0, toX: way.x1, way.y1) : ""
      svg.leaf(
        "path",
        ["class": arrives ? "late arrow" : "late", "d": "M\(x0) \(from)L\(x1) \(to)\(head)"])
    }
  }

  /// The two strokes of an arrow's head, as a continuation of its path.
  private static func arrowhead(fromX x0: Int, _ y0: Int, toX x1: Int, _ y1: Int) -> String {
    let (dx, dy) = (Double(x1 - x0), Double(y1 - y0))
    let length = max((dx * dx + dy * dy).squareRoot(), 1)
    let (ux, uy) = (dx / length * 8, dy / length * 8)
    let left = (x: tenths(Double(x1) - ux - uy * 0.45), y: tenths(Double(y1) - uy + ux * 0.45))
    let right = (x: tenths(Double(x1) - ux + uy * 0.45), y: tenths(Double(y1) - uy - ux * 0.45))
    return "M\(left.x) \(left.y)L\(x1) \(y1)L\(right.x) \(right.y)"
  }
}

/// The straight way of a message that comes late, as far as the run goes.
private struct LateArrow {
  let x0: Int, y0: Int, x1: Int, y1: Int

  init(_ arrow: Transmission, _ arrival: Round, _ layout: SpaceTimeLayout, last: Round) {
    (x0, y0) = (layout.x[arrow.sender], layout.bottom[arrow.sent])
    let end = min(arrival, last.next)
    let (shown, all) = (end.position - arrow.sent.position, arrival.position - arrow.sent.position)
    x1 = x0 + (layout.x[arrow.receiver] - x0) * shown / all
    y1 = layout.top[end]
  }

  func x(at y: Int) -> Int { y1 == y0 ? x1 : x0 + (x1 - x0) * (y - y0) / (y1 - y0) }
}

extension Transmission {
  /// The arrivals after the next round.
  var lateArrivals: [Round] { arrivals.filter { $0 > sent.next } }
}

extension SpaceTimeLayout {
  /// Where the cross of a lost message is: between the lines of sender and receiver, and not at the line of
  /// another node. A message that never left is crossed next to its sender, any other next to its receiver.
  func crossX(of arrow: Transmission) -> Int {
    let (sender, receiver) = (arrow.sender.position, arrow.receiver.position)
    let (x0, x1) = (x[arrow.sender], x[arrow.receiver])
    let step = receiver > sender ? 1 : -1
    let (second, last) = (x[NodeID(sender + step)], x[NodeID(receiver - step)])
    let usual = x0 + (x1 - x0) * 3 / 5
    if abs(receiver - sender) == 1 || Self.isApart(usual, last, x1) { return usual }
    if !arrow.isLostAtSender { return last + (x1 - last) * 3 / 5 }
    return Self.isApart(usual, x0, second) ? usual : x0 + (second - x0) * 3 / 5
  }

  /// Whether `x` is between two lines, and so far from them that a cross touches neither.
  private static func isApart(_ x: Int, _ first: Int, _ second: Int) -> Bool {
    min(first, second) + 8 <= x && x <= max(first, second) - 8
  }
}

// Draws a lineage diagram without help: bands for rounds, lanes for nodes, boxes over arrows. The face is
// monospaced, so widths are known without measuring, and the same lineage always looks the same.

import Dedalus
import Evaluation
import Indices
import Scenarios
import Texts

/// A lineage diagram under construction as SVG.
struct LineageSVG {
  private let picture: LineagePicture
  private let faults: FaultSet
  private let layout: LineageLayout
  private let caption: [Remark]
  private let legend: [Remark]
  private var svg = Markup()

  /// A line above or below the diagram.
  private struct Remark {
    let text: String
    let kind: String
  }

  private static let lineHeight = 19
  /// The number of columns of the lines above and below.
  private static let columns = 130

  init(_ picture: LineagePicture, faults: FaultSet, title: String) {
    (self.picture, self.faults) = (picture, faults)
    caption = Self.caption(picture, faults, title)
    layout = LineageLayout(picture, from: caption.count * Self.lineHeight + LineageLayout.margin)
    legend = picture.notes.map { Remark(text: $0, kind: "caption quiet") }
  }

  private static func caption(_ picture: LineagePicture, _ faults: FaultSet, _ title: String) -> [Remark] {
    let told = faults.faults.prefix(8).map { $0.sentence(picture.nodes) }
    let rest = faults.count - told.count
    return (title.isEmpty ? [] : [Remark(text: title, kind: "caption title")])
      + (told.isEmpty ? [Remark(text: "no faults", kind: "caption quiet")] : [])
      + told.map { Remark(text: $0, kind: "caption broken") }
      + (rest > 0
        ? [Remark(text: "and \(counted(grouped(rest), "more fault"))", kind: "caption broken")] : [])
  }

  /// The whole document.
  consuming func document() -> String {
    let longest =
      (caption + legend).map { Int(Double(shortened($0.text, to: Self.columns).count) * 6.6) }.max() ?? 0
    let width = max(layout.width, longest + 2 * LineageLayout.margin)
    let height = layout.height + (legend.count + 1) * Self.lineHeight
    // A wider picture is shown smaller, as wide as a page.
    let shown = min(width, LineageLayout.page)
    svg.beginPicture(
      "ln", width: width, height: height, shown: (shown, height * shown / width), title: "Lineage",
      description: description)
    svg.begin("style")
    svg.write(trusted: Self.style)
    svg.end()
    svg.leaf("rect", ["class": "page", "width": "100%", "height": "100%"])
    write(caption, from: LineageLayout.margin)
    drawBands()
    drawLanes()
    for (arrow, route) in zip(picture.arrows, layout.routes) { draw(arrow, route) }
    for (box, place) in zip(picture.boxes, layout.boxes) { draw(box, place) }
    write(legend, from: layout.height)
    svg.end()
    return svg.text + "\n"
  }

  /// A description for people who do not see the picture.
  private var description: String {
    let roots = picture.boxes.filter(\.isRoot).prefix(5).map(\.title).joined(separator: ", ")
    let told = faults.faults.prefix(20).map { $0.sentence(picture.nodes) }
    return "What leads to \(roots): \(counted(picture.boxes.count, "box", "boxes")) and "
      + "\(counted(picture.arrows.count, "arrow")), rounds downwards. "
      + (told.isEmpty ? "No faults." : "Faults: " + told.joined(separator: "; ") + ".")
  }

  private mutating func write(_ remarks: [Remark], from y: Int) {
    for (number, remark) in remarks.enumerated() {
      write(shortened(remark.text, to: Self.columns), remark.kind, 10, y + (number + 1) * Self.lineHeight - 6)
    }
  }

  private mutating func write(_ text: String, _ kind: String, _ x: Int, _ y: Int) {
    svg.element("text", ["class": kind, "x": "\(x)", "y": "\(y)"], text: text)
  }

  // MARK: Bands and lanes

  private mutating func drawBands() {
    for (number, band) in layout.bands.enumerated() {
      svg.leaf(
        "rect",
        [
          "class": number % 2 == 0 ? "band" : "page", "y": "\(band.top)", "width": "100%",
          "height": "\(band.bottom - band.top)",
        ])
      write("round \(band.round.rawValue)", "quiet", 10, band.top + 16)
    }
  }

  private mutating func drawLanes() {
    guard let first = layout.bands.first, let last = layout.bands.last else { return }
    for lane in layout.lanes {
      guard let node = lane.node else { continue }
      let name = SpaceTimeLayout.shownName(of: node, in: picture.nodes)
      let width = max(24, SpaceTimeLayout.width(of: name) + 14)
      let middle = lane.x + lane.width / 2
      svg.leaf("path", ["class": "lane", "d": "M\(middle) \(first.top)V\(last.bottom)"])
      svg.leaf(
        "rect",
        [
          "class": Self.kind(of: node), "x": "\(middle - width / 2)", "y": "\(first.top - 28)", "rx": "5",
          "height": "22", "width": "\(width)",
        ])
      write(name, "name", middle - width / 2 + 7, first.top - 13)
    }
  }

  /// The class for the colour of `node`; there are ten.
  private static func kind(of node: NodeID?) -> String { node.map { "n\($0.position % 10)" } ?? "none" }

  // MARK: Boxes

  private mutating func draw(_ box: LineagePicture.Box, _ place: LineageLayout.Box) {
    let kind = Self.kind(of: box)
    svg.begin("g", ["class": box.isRoot ? "\(kind) root" : kind])
    switch box.kind {
    case .fault: svg.leaf("path", ["class": "frame", "d": Self.octagon(place)])
    default:
      if box.isFrontier { frame(place, "outer", grownBy: 3, round: 8) }
      frame(
        place, box.kind == .held ? "frame \(Self.kind(of: box.location))" : "frame",
        round: box.kind == .absence ? 0 : 6)
    }
    let inset = box.kind == .firing ? 1 : 4
    for (number, line) in place.lines.enumerated() {
      svg.element(
        "text",
        [
          "x": "\(place.middle)", "y": "\(place.y + inset + number * LineageLayout.lineHeight + 11)",
        ], text: line)
    }
    svg.end()
  }

  private static func kind(of box: LineagePicture.Box) -> String {
    switch box.kind {
    case .held: "held"
    case .missing: box.isFrontier ? "missing first" : "missing"
    case .added: "added"
    case .firing: "firing"
    case .absence: "absent"
    case .fault: "fault"
    }
  }

  private mutating func frame(
    _ place: LineageLayout.Box, _ kind: String, grownBy extra: Int = 0, round: Int
  ) {
    svg.leaf(
      "rect",
      [
        "class": kind, "x": "\(place.x - extra)", "y": "\(place.y - extra)", "rx": "\(round)",
        "width": "\(place.width + 2 * extra)", "height": "\(place.height + 2 * extra)",
      ])
  }

  private static func octagon(_ place: LineageLayout.Box) -> String {
    let (x, y, width, height) = (place.x, place.y, place.width, place.height)
    let corner = 7
    return
      "M\(x + corner) \(y)h\(width - 2 * corner)l\(corner) \(corner)v\(height - 2 * corner)l-\(corner) \(corner)"
      + "h-\(width - 2 * corner)l-\(corner) -\(corner)v-\(height - 2 * corner)z"
  }

  // MARK: Arrows

  private mutating func draw(_ arrow: LineagePicture.Arrow, _ route: LineageLayout.Route) {
    var kind: String
    switch arrow.kind {
    case .premise: kind = "rests"
    case .absence: kind = "rests without"
    case .message: kind = "message"
    case .cut: kind = "cut"
    case .detour: kind = "rests detour"
    }
    if arrow.isMissing, arrow.kind != .cut { kind += " gone" }
    svg.begin("g", ["class": kind])
    if case .message(let sender, let receiver) = arrow.kind {
      let names = picture.nodes
      svg.element(
        "title",
        text:
          "\(sender.map { names[$0].string } ?? "_") → \(names[receiver].string), \(roundsText(arrow.sent))")
    }
    svg.leaf("path", ["d": Self.path(route)])
    let (x, y) = route.to
    svg.leaf(
      "path",
      [
        "class": "end",
        "d": arrow.kind == .cut ? "M\(x - 6) \(y - 2)h12" : "M\(x - 3) \(y - 7)L\(x) \(y - 1)l3 -6z",
      ])
    svg.end()
  }

  private static func path(_ route: LineageLayout.Route) -> String {
    let start = "M\(route.from.x) \(route.from.y)" + (route.rowEnd > route.from.y ? "V\(route.rowEnd)" : "")
    let (from, to) = ((x: route.from.x, y: route.rowEnd), route.to)
    func curve(_ start: (x: Int, y: Int), _ end: (x: Int, y: Int)) -> String {
      let half = (end.y - start.y) / 2
      return "C\(start.x) \(start.y + half) \(end.x) \(end.y - half) \(end.x) \(end.y)"
    }
    guard let gutter = route.gutter else { return start + curve(from, (to.x, to.y - 2)) }
    return start + curve(from, (gutter.x, gutter.start)) + "V\(gutter.end)"
      + curve((gutter.x, gutter.end), (to.x, to.y - 2))
  }
}

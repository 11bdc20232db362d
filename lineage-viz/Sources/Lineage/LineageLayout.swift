// Where the parts of a lineage diagram are. Time runs down: each round is a band, and what begins in it is
// below its line. Each node has a lane, in the order of the space-time diagram; what belongs to no node is in
// a last lane. Within a round, what rests on something else of the round is in a later row (the longest path,
// as in Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE
// Transactions on Systems, Man and Cybernetics 1981). In a row, boxes stand side by side in their lane and go
// on below where the lane is full, so a picture grows in height, not in width.
//
// Between the lanes are *gutters*. An arrow to the next row is a curve; a longer one goes through the gutter
// beside the box where it begins, on a track that all arrows of this box share, and so does one that leads
// back up, to something that recurs. So these arrows do not cross boxes. Everything is linear in boxes and
// arrows, but for sorting.

import Foundation
import Indices
import Scenarios

/// Positions, in pixels from the upper left corner.
struct LineageLayout {
  /// A box with its text and its place.
  struct Box {
    let lines: [String]
    let width: Int
    let height: Int
    var lane = 0
    /// The row; less than 0 before there is one.
    var row = -1
    /// Where the box begins in its lane.
    var offset = 0
    var x = 0
    var y = 0

    var middle: Int { x + width / 2 }
    var bottom: Int { y + height }
  }

  /// How an arrow goes.
  struct Route {
    /// Where it leaves its box, downwards.
    let from: (x: Int, y: Int)
    /// Where the row of this box ends; from there it bends.
    let rowEnd: Int
    let to: (x: Int, y: Int)
    /// For an arrow through a gutter: where it goes down, or up, and from where to where.
    var gutter: (x: Int, start: Int, end: Int)?
  }

  /// A lane with what it is headed by; nil for what belongs to no node.
  struct Lane {
    let node: NodeID?
    var x = 0
    var width = 0
  }

  /// A round that is shown, and where its band is.
  struct Band {
    let round: Round
    var top = 0
    var bottom = 0
  }

  var boxes: [Box] = []
  var lanes: [Lane] = []
  var bands: [Band] = []
  /// For each arrow of the picture.
  var routes: [Route] = []
  var width = 0
  var height = 0

  static let characterWidth = SpaceTimeLayout.characterWidth
  static let lineHeight = 14
  static let margin = 14
  static let labels = 72
  /// The width that a picture has at most, as long as its lanes can be so narrow.
  static let page = 1240
  static let gap = 26
  static let spacing = 8
  static let header = 34
  static let track = 4
  static let mostTracks = 16
  /// The width of a gutter that is expected before its tracks are known.
  static let usualGutter = 36

  let picture: LineagePicture
  var numbers: [BoxID: Int] = [:]
  var rows: [(band: Int, cells: [[Int]])] = []
  /// Where each row begins and ends.
  var spans: [(top: Int, bottom: Int)] = []
  var supports: [[Int]] = []
  /// For each box: its round, by place, and its layer in it.
  var place: (bands: [Int], layers: [Int]) = ([], [])
  var tracks: [[Int]: Int] = [:]
  var trackCounts: [Int] = []

  init(_ picture: LineagePicture, from start: Int) {
    self.picture = picture
    for (number, box) in picture.boxes.enumerated() { numbers[box.id] = number }
    supports = Array(repeating: [], count: picture.boxes.count)
    for arrow in picture.arrows {
      if let tail = numbers[arrow.tail], let head = numbers[arrow.head] { supports[head].append(tail) }
    }
    makeLanes()
    measure()
    makeBands()
    chooseWidths()
    stack()
    placeTracks()
    placeLanes((0...lanes.count).map { Self.spacing * 2 + trackCounts[$0] * Self.track })
    placeRows(from: start)
    route()
  }

  // MARK: Lanes and rows

  /// Finds for each box the round in which it begins, and its layer.
  private mutating func makeBands() {
    let beginnings = picture.boxes.map { $0.rounds.min() ?? Round(1) }
    let rounds = Set(beginnings).sorted()
    bands = rounds.map { Band(round: $0) }
    let bandOfRound = Dictionary(uniqueKeysWithValues: rounds.enumerated().map { ($1, $0) })
    place = (beginnings.map { bandOfRound[$0] ?? 0 }, layers(beginnings))
  }

  private mutating func makeLanes() {
    let located = Set(picture.boxes.compactMap(\.location))
    lanes = picture.nodes.ids.filter(located.contains).map { Lane(node: $0) }
    if picture.boxes.contains(where: { $0.location == nil }) { lanes.append(Lane(node: nil)) }
  }

  /// Breaks the texts so that a box fits into a lane where all lanes are as narrow as they must be.
  private mutating func measure() {
    let share = (Self.page - Self.labels) / max(1, lanes.count) - 3 * Self.spacing
    let columns = min(34, max(15, Int(Double(share - 14) / Self.characterWidth)))
    var laneOfNode: [NodeID: Int] = [:]
    for (number, lane) in lanes.enumerated() { if let node = lane.node { laneOfNode[node] = number } }
    boxes = picture.boxes.map { box in
      // Three blanks stand between the parts of a line.
      let lines = picture.lines(of: box).flatMap { text in
        text.count <= columns
          ? [text] : text.components(separatedBy: "   ").flatMap { Self.broken($0, columns) }
      }
      let longest = lines.map(SpaceTimeLayout.width).max() ?? 0
      var placed = Box(
        lines: lines, width: longest + (box.kind == .firing ? 4 : 14),
        height: lines.count * Self.lineHeight + (box.kind == .firing ? 2 : 8))
      placed.lane = box.location.flatMap { laneOfNode[$0] } ?? lanes.count - 1
      return placed
    }
  }

  /// `text` in lines of at most `columns`, broken after a comma or blank where there is one.
  private static func broken(_ text: String, _ columns: Int) -> [String] {
    var rest = Array(text.showingEverything)
    var lines: [String] = []
    while rest.count > columns, lines.count < 5 {
      let cut = rest[..<columns].lastIndex { $0 == " " || $0 == "," || $0 == "(" }
      let end = cut.map { $0 > columns / 3 ? $0 + 1 : columns } ?? columns
      lines.append(String(rest[..<end]))
      rest = Array(rest[end...].drop { $0 == " " })
    }
    return lines + (rest.isEmpty ? [] : [shortened(String(rest), to: columns)])
  }

  /// Puts each box into a row of the round in which it begins.
  private mutating func stack() {
    var members: [[Int: [Int]]] = Array(repeating: [:], count: bands.count)
    for number in boxes.indices {
      members[place.bands[number]][place.layers[number], default: []].append(number)
    }
    for (band, layers) in members.enumerated() {
      for layer in layers.keys.sorted() {
        var cells = Array(repeating: [Int](), count: lanes.count)
        for number in layers[layer] ?? [] { cells[boxes[number].lane].append(number) }
        addRows(band, cells)
      }
    }
  }

  /// Adds the boxes of a layer in as many rows as they need in their lanes.
  private mutating func addRows(_ band: Int, _ cells: [[Int]]) {
    var stacks: [[[Int]]] = []
    for (lane, cell) in cells.enumerated() { stacks.append(lines(of: ordered(cell), in: lanes[lane])) }
    for place in 0..<(stacks.map(\.count).max() ?? 0) {
      let row = stacks.map { place < $0.count ? $0[place] : [] }
      for number in row.joined() { boxes[number].row = rows.count }
      rows.append((band, row))
    }
  }

  /// `cell` in lines that fit into `lane`, each centred; boxes get their places in the lane.
  private mutating func lines(of cell: [Int], in lane: Lane) -> [[Int]] {
    var lines: [[Int]] = []
    var used = Int.max / 2
    for number in cell {
      if used + Self.spacing + boxes[number].width > lane.width {
        lines.append([])
        used = -Self.spacing
      }
      lines[lines.count - 1].append(number)
      used += Self.spacing + boxes[number].width
    }
    for line in lines {
      let width = line.reduce(-Self.spacing) { $0 + boxes[$1].width + Self.spacing }
      var x = (lane.width - width) / 2
      for number in line {
        (boxes[number].offset, boxes[number].x) = (x, lane.x + x)
        x += boxes[number].width + Self.spacing
      }
    }
    return lines
  }

  /// The boxes of a cell by the middle of what they rest on, so that fewer arrows cross.
  private func ordered(_ cell: [Int]) -> [Int] {
    if cell.count < 2 { return cell }
    return cell.map { ($0, pull(on: $0) ?? Int.max / 2) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
  }

  /// The mean of the middles of the boxes above on which `number` rests; nil where there are none.
  private func pull(on number: Int) -> Int? {
    let above = supports[number].filter { boxes[$0].row >= 0 }
    return above.isEmpty ? nil : above.reduce(0) { $0 + boxes[$1].middle } / above.count
  }

  /// For each box, the longest path within its round that leads to it; what is on a circle counts once.
  private func layers(_ beginnings: [Round]) -> [Int] {
    var heads: [[Int]] = Array(repeating: [], count: boxes.count)
    var waiting = Array(repeating: 0, count: boxes.count)
    for arrow in picture.arrows {
      guard let tail = numbers[arrow.tail], let head = numbers[arrow.head], tail != head,
        beginnings[tail] == beginnings[head]
      else { continue }
      heads[tail].append(head)
      waiting[head] += 1
    }
    var layers = Array(repeating: 0, count: boxes.count)
    var ready = boxes.indices.filter { waiting[$0] == 0 }
    var isDone = Array(repeating: false, count: boxes.count)
    var next = 0
    var nextOnCircle = 0
    while true {
      if next == ready.count {
        // What remains is on a circle, or behind one: the first of it goes on.
        while nextOnCircle < boxes.count, isDone[nextOnCircle] { nextOnCircle += 1 }
        guard nextOnCircle < boxes.count else { return layers }
        ready.append(nextOnCircle)
      }
      let box = ready[next]
      next += 1
      if isDone[box] { continue }
      isDone[box] = true
      for head in heads[box] where !isDone[head] {
        layers[head] = max(layers[head], layers[box] + 1)
        waiting[head] -= 1
        if waiting[head] == 0 { ready.append(head) }
      }
    }
  }

  // MARK: Places

  /// Gives each lane the width of its widest box, and then, as far as the page goes, that of two, three and
  /// four boxes side by side: first where this is wanted most often.
  private mutating func chooseWidths() {
    var least = lanes.map { lane in
      max(
        60,
        lane.node.map { SpaceTimeLayout.width(of: SpaceTimeLayout.shownName(of: $0, in: picture.nodes)) + 14 }
          ?? 0)
    }
    for box in boxes { least[box.lane] = max(least[box.lane], box.width) }
    for lane in lanes.indices { lanes[lane].width = least[lane] }
    var cells: [[Int]: [Int]] = [:]
    for (number, box) in boxes.enumerated() {
      cells[[box.lane, place.bands[number], place.layers[number]], default: []].append(box.width)
    }
    var widths = Array(repeating: [[Int]](), count: lanes.count)
    for (key, cell) in cells { widths[key[0]].append(cell.sorted(by: >)) }
    var free = Self.page - Self.labels - (lanes.count + 1) * Self.usualGutter - least.reduce(0, +)
    for abreast in 2...4 {
      let fuller = widths.map { cells in cells.filter { $0.count >= abreast } }
      for lane in lanes.indices.sorted(by: { (fuller[$0].count, $1) > (fuller[$1].count, $0) }) {
        let sums = fuller[lane].map { $0.prefix(abreast).reduce(-Self.spacing) { $0 + $1 + Self.spacing } }
        let gains = sums.map { $0 - lanes[lane].width }.filter { 0...max(0, free) ~= $0 }
        guard let gain = gains.max() else { continue }
        free -= gain
        lanes[lane].width += gain
      }
    }
    placeLanes(Array(repeating: Self.usualGutter, count: lanes.count + 1))
  }

  private mutating func placeLanes(_ gutters: [Int]) {
    var x = Self.labels + gutters[0]
    for lane in lanes.indices {
      lanes[lane].x = x
      x += lanes[lane].width + gutters[lane + 1]
    }
    width = x
  }

  private mutating func placeRows(from start: Int) {
    var y = start + Self.header + Self.margin
    var band = -1
    for row in rows {
      if row.band != band {
        if band >= 0 { bands[band].bottom = y - Self.gap / 2 }
        band = row.band
        bands[band].top = y - Self.gap / 2
      }
      var lowest = y
      for number in row.cells.joined() {
        boxes[number].x = lanes[boxes[number].lane].x + boxes[number].offset
        boxes[number].y = y
        lowest = max(lowest, boxes[number].bottom)
      }
      spans.append((y, lowest))
      y = lowest + Self.gap
    }
    if band >= 0 { bands[band].bottom = y - Self.gap / 2 }
    height = y
  }
}

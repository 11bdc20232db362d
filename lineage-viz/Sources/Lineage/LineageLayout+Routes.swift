import Indices
import Scenarios

// The gutters between lanes, and the ways of arrows through them.
extension LineageLayout {
  // MARK: Gutters

  /// The gutter to the right of lane n has number n + 1.
  private func gutter(of arrow: LineagePicture.Arrow) -> (tail: Int, head: Int, gutter: Int)? {
    guard let tail = numbers[arrow.tail], let head = numbers[arrow.head] else { return nil }
    if boxes[head].row == boxes[tail].row + 1 { return nil }
    let goesLeft =
      boxes[head].row > boxes[tail].row
      ? boxes[head].lane < boxes[tail].lane : boxes[head].lane <= boxes[tail].lane
    return (tail, head, boxes[tail].lane + (goesLeft ? 0 : 1))
  }

  /// Gives each box with long arrows a track in a gutter, free from its row to that of the last head.
  mutating func placeTracks() {
    var spans: [[Int]: (from: Int, to: Int)] = [:]
    for arrow in picture.arrows {
      guard let (tail, head, gutter) = gutter(of: arrow) else { continue }
      let rows = (boxes[tail].row, boxes[head].row)
      let known = spans[[gutter, tail]] ?? (rows.0, rows.0)
      spans[[gutter, tail]] = (min(known.from, rows.1), max(known.to, rows.1))
    }
    trackCounts = Array(repeating: 0, count: lanes.count + 1)
    var ends: [[Int]] = Array(repeating: [], count: lanes.count + 1)
    let order = spans.sorted { ($0.value.from, $0.key[0], $0.key[1]) < ($1.value.from, $1.key[0], $1.key[1]) }
    for (key, span) in order {
      let gutter = key[0]
      let free = ends[gutter].firstIndex { $0 < span.from }
      let track =
        free ?? (ends[gutter].count < Self.mostTracks ? ends[gutter].count : key[1] % Self.mostTracks)
      if track == ends[gutter].count {
        ends[gutter].append(span.to)
      } else {
        ends[gutter][track] = max(ends[gutter][track], span.to)
      }
      tracks[key] = track
      trackCounts[gutter] = max(trackCounts[gutter], track + 1)
    }
  }

  // MARK: Routes

  mutating func route() {
    var slots: [Int: [(arrow: Int, x: Int)]] = [:]
    for (place, arrow) in picture.arrows.enumerated() {
      guard let tail = numbers[arrow.tail], let head = numbers[arrow.head] else { continue }
      let x = gutter(of: arrow).map { trackX($0.gutter, $0.tail) } ?? boxes[tail].middle
      slots[head, default: []].append((place, x))
    }
    var ends = Array(repeating: 0, count: picture.arrows.count)
    for (head, arrows) in slots {
      let sorted = arrows.sorted { ($0.x, $0.arrow) < ($1.x, $1.arrow) }
      for (number, entry) in sorted.enumerated() {
        ends[entry.arrow] = boxes[head].x + boxes[head].width * (number + 1) / (sorted.count + 1)
      }
    }
    routes = picture.arrows.enumerated().map { place, arrow in
      guard let tail = numbers[arrow.tail], let head = numbers[arrow.head] else {
        preconditionFailure("arrows lead between boxes of the picture")
      }
      var route = Route(
        from: (boxes[tail].middle, boxes[tail].bottom), rowEnd: spans[boxes[tail].row].bottom,
        to: (ends[place], boxes[head].y))
      if let (_, _, gutter) = gutter(of: arrow) {
        route.gutter = (
          trackX(gutter, tail), spans[boxes[tail].row].bottom + Self.gap - 4,
          spans[boxes[head].row].top - Self.gap + 4
        )
      }
      return route
    }
  }

  private func trackX(_ gutter: Int, _ tail: Int) -> Int {
    let left = gutter == 0 ? Self.labels : lanes[gutter - 1].x + lanes[gutter - 1].width
    return left + Self.spacing + (tracks[[gutter, tail]] ?? 0) * Self.track
  }
}

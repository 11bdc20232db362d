import Indices

/// The arrows that stand for paths through hidden boxes. There are as few as possible, but each shown box
/// still reaches the same shown boxes.
struct Detours {
  let arrows: [LineageBoxes.Arrow]

  /// `supports[n]` lists what n rests on; the boxes in `kept` are shown.
  init(_ supports: [[Int]], _ kept: Set<Int>) {
    guard kept.count < supports.count else {
      arrows = []
      return
    }
    let ends = Self.hiddenWays(supports, kept)
    let shown = kept.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($0.element, $0.offset) })
    let direct = Reachability(shown.map { box in supports[box].compactMap { numbers[$0] } })
    var arrows: [LineageBoxes.Arrow] = []
    for (start, box) in shown.enumerated() {
      let candidates = (ends[box] ?? []).compactMap { numbers[$0] }
        .filter { $0 != start && !direct.reaches(start, $0) }
      for end in candidates {
        let isImplied = candidates.contains { other in
          other != end && direct.reaches(other, end) && !(direct.reaches(end, other) && end < other)
        }
        if isImplied { continue }
        arrows.append(
          LineageBoxes.Arrow(tail: BoxID(shown[end]), head: BoxID(box), kind: .detour, isMissing: false))
      }
    }
    self.arrows = arrows
  }

  /// For each shown box, the shown boxes that it reaches through hidden ones only, ascending.
  ///
  /// They are searched 64 at a time, with a word of one bit for each of them in every hidden box.
  private static func hiddenWays(_ supports: [[Int]], _ kept: Set<Int>) -> [Int: [Int]] {
    let hidden = supports.indices.filter { !kept.contains($0) }
    let exits = Set(hidden.flatMap { supports[$0] }).intersection(kept).sorted()
    let entrances = kept.sorted().filter { box in supports[box].contains { !kept.contains($0) } }
    var found: [Int: [Int]] = [:]
    for start in stride(from: 0, to: exits.count, by: 64) {
      let group = exits[start..<min(start + 64, exits.count)]
      var words = Array(repeating: UInt64(0), count: supports.count)
      for (bit, exit) in group.enumerated() { words[exit] = 1 << UInt64(bit) }
      spread(&words, over: hidden, supports)
      for box in entrances {
        let word = supports[box].reduce(UInt64(0)) { kept.contains($1) ? $0 : $0 | words[$1] }
        for (bit, exit) in group.enumerated() where word >> UInt64(bit) & 1 == 1 {
          found[box, default: []].append(exit)
        }
      }
    }
    return found
  }

  /// Gives each hidden box the bits of what it rests on. A box mostly rests on boxes with larger numbers, so
  /// a few passes suffice.
  private static func spread(_ words: inout [UInt64], over hidden: [Int], _ supports: [[Int]]) {
    var isStable = false
    while !isStable {
      isStable = true
      for box in hidden.reversed() {
        let word = supports[box].reduce(words[box]) { $0 | words[$1] }
        if word != words[box] {
          words[box] = word
          isStable = false
        }
      }
    }
  }
}

/// Which nodes of a graph reach which, with one row of bits for each node.
struct Reachability {
  private let wordsPerRow: Int
  private var words: [UInt64]

  /// The paths of one arrow or more through `supports`, where `supports[n]` lists the nodes to which n leads.
  init(_ supports: [[Int]]) {
    wordsPerRow = (supports.count + 63) / 64
    words = Array(repeating: 0, count: wordsPerRow * supports.count)
    for (node, targets) in supports.enumerated() {
      for target in targets { words[node * wordsPerRow + target / 64] |= 1 << UInt64(target % 64) }
    }
    // A node mostly leads to nodes with larger numbers, so one pass from the last to the first settles almost
    // everything.
    var isStable = false
    while !isStable {
      isStable = true
      for node in supports.indices.reversed() {
        for target in supports[node] where absorb(target, into: node) { isStable = false }
      }
    }
  }

  /// Whether there is a path from `start` to `end`.
  func reaches(_ start: Int, _ end: Int) -> Bool {
    words[start * wordsPerRow + end / 64] >> UInt64(end % 64) & 1 == 1
  }

  /// The nodes to which a path leads from one of `starts`, ascending.
  func reached(from starts: [Int]) -> [Int] {
    var found: [Int] = []
    for place in 0..<wordsPerRow {
      var word = starts.reduce(UInt64(0)) { $0 | words[$1 * wordsPerRow + place] }
      while word != 0 {
        found.append(place * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
    return found
  }

  private mutating func absorb(_ target: Int, into node: Int) -> Bool {
    var hasGrown = false
    for word in 0..<wordsPerRow {
      let merged = words[node * wordsPerRow + word] | words[target * wordsPerRow + word]
      if merged != words[node * wordsPerRow + word] {
        words[node * wordsPerRow + word] = merged
        hasGrown = true
      }
    }
    return hasGrown
  }
}

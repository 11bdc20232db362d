import Texts

/// The name that was probably meant by `name`: the one with the fewest edits (insertions, deletions, exchanges of a
/// letter or of two neighbours), at most a third of its letters; the first of equals; nil when none is near.
public func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(name.lowercased().utf8)
  guard letters.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates where Text(candidate) != Text(name) {
    let limit = min(best.map { $0.distance - 1 } ?? .max, letters.count / 3)
    let other = Array(candidate.lowercased().utf8)
    guard abs(other.count - letters.count) <= limit else { continue }
    let distance = editDistance(letters, other)
    if distance <= limit { best = (candidate, distance) }
  }
  return best?.name
}

/// Optimal string alignment distance (Damerau 1964, with each part edited once).
private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for row in 0..<first.count {
    var current = [row + 1]
    for column in 0..<second.count {
      let substitution = last[column] + (first[row] == second[column] ? 0 : 1)
      var distance = min(substitution, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[second.count]
}

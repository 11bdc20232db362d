// The edit distance is computed letter by letter (bytes, in lower case); two words hold a column of the table
// of distances: bit i tells how the entry of row i differs from the one above (Hyyrö, "A bit-vector algorithm
// for computing Levenshtein and Damerau edit distances", 2003). A program may have 50,000 relations of sixty
// letters; with the table itself, each name compared with them took half a second.

import Texts

/// The candidate that was probably meant by `name`: the one with the fewest edits (insertions, deletions,
/// substitutions, transpositions of neighbours), at most a third of its letters; the first of several. Nil
/// where none is near.
public func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  let letters = Array(name.lowercased().utf8)
  guard letters.count <= EditDistance.mostLetters else { return nil }
  let edits = EditDistance(from: letters)
  var best: (name: String, distance: Int)?
  for candidate in candidates where Text(candidate) != Text(name) {
    let limit = min(best.map { $0.distance - 1 } ?? .max, letters.count / 3)
    let other = candidate.lowercased().utf8
    guard abs(other.count - letters.count) <= limit else { continue }
    let distance = edits.distance(to: other)
    if distance <= limit { best = (candidate, distance) }
  }
  return best?.name
}

/// The number of edits from one name to others: optimal string alignment, in which each part is edited once.
struct EditDistance {
  /// The number of bits of a word.
  static let mostLetters = 64

  private let count: Int
  /// For each letter: the positions at which it occurs, as bits.
  private var places = [UInt64](repeating: 0, count: 256)

  /// The distance from `letters`, of which there may be at most `mostLetters`.
  init(from letters: [UInt8]) {
    precondition(letters.count <= Self.mostLetters, "a letter is a bit of a word")
    count = letters.count
    for (place, letter) in letters.enumerated() { places[Int(letter)] |= 1 << UInt64(place) }
  }

  /// The number of edits to `other`.
  func distance(to other: some Sequence<UInt8>) -> Int {
    guard count > 0 else { return other.reduce(0) { sum, _ in sum + 1 } }
    let last: UInt64 = 1 << UInt64(count - 1)
    var distance = count
    // The entries that are one more, and one less, than the entry above; and the entries where the diagonal
    // does not grow.
    var (more, less, level) = (UInt64.max, UInt64(0), UInt64(0))
    var before: UInt64 = 0
    for letter in other {
      let equal = places[Int(letter)]
      let exchanged = ((~level & equal) << 1) & before
      level = (((equal & more) &+ more) ^ more) | equal | less | exchanged
      let right = less | ~(level | more)
      let left = level & more
      if right & last != 0 { distance += 1 }
      if left & last != 0 { distance -= 1 }
      let shifted = right << 1 | 1
      more = left << 1 | ~(level | shifted)
      less = shifted & level
      assert(more & less == 0, "no entry is both one more and one less than the one above")
      before = equal
    }
    return distance
  }
}

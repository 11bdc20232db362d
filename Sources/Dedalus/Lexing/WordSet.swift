/// A set of word sequences, kept in one array, which detects whether a sequence is new.
struct WordSet {
  private var words: [UInt64] = []
  private var starts: [Int] = [0]
  /// Number of the sequence + 1, or 0; the size is a power of two, and at least a quarter of the slots are
  /// free.
  private var slots = [UInt32](repeating: 0, count: 64)

  /// Adds `sequence`; false where it was already there.
  mutating func insert(_ sequence: [UInt64]) -> Bool {
    var slot = Self.hash(sequence[...]) & (slots.count - 1)
    while slots[slot] != 0 {
      if member(Int(slots[slot]) - 1).elementsEqual(sequence) { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    words.append(contentsOf: sequence)
    starts.append(words.count)
    slots[slot] = UInt32(starts.count - 1)
    assert(member(starts.count - 2).count == sequence.count, "a sequence ends where the next begins")
    if starts.count * 4 > slots.count * 3 { grow() }
    assert(starts.count * 4 <= slots.count * 3, "a quarter of the slots is free, so each search for one ends")
    return true
  }

  private func member(_ number: Int) -> ArraySlice<UInt64> { words[starts[number]..<starts[number + 1]] }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in 0..<(starts.count - 1) {
      var slot = Self.hash(member(number)) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  private static func hash(_ sequence: ArraySlice<UInt64>) -> Int {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in sequence {
      hash = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
      hash ^= hash >> 29
    }
    return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
  }
}

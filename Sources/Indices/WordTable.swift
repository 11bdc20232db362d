// Rows, index keys, negated patterns and gates are all short sequences of 32-bit words, and each distinct
// sequence needs a number. `WordTable` does only that: the words of all sequences lie end to end in one
// array, and an open-addressing table of numbers finds them. Numbers are given in order of first appearance,
// so the same calls always give the same numbers.
//
// Linear probing over a table at most two thirds full. A `Set` of a struct costs about ten times as much for
// the same work: it hashes with SipHash and moves wider elements when it grows.
//
// Sequences are placed in the order of their numbers, also when the table grows. So the latest one is on the
// probe path of no other, and can be removed; an earlier one cannot.

/// Gives each distinct sequence of words a number, counted from 0.
public struct WordTable: Sendable {
  private var words: [UInt32] = []
  private var starts: [UInt32] = [0]
  /// 1 + number, or 0 for a free slot. The count is a power of two.
  private var slots: [UInt32]

  /// An empty table with room for about `capacity` sequences.
  public init(capacity: Int = 32) {
    var size = 16
    while size * 2 < capacity * 3 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    words.reserveCapacity(3 * capacity)
    starts.reserveCapacity(capacity + 1)
  }

  /// The number of distinct sequences.
  public var count: Int { starts.count - 1 }

  /// The number of `sequence`; a new one where it is new.
  public mutating func intern(_ sequence: WordBuffer) -> UInt32 {
    let slot = self.slot(of: sequence)
    if slots[slot] != 0 { return slots[slot] - 1 }
    let number = UInt32(count)
    for position in 0..<sequence.count { words.append(sequence[position]) }
    starts.append(UInt32(words.count))
    slots[slot] = number + 1
    if count * 3 > slots.count * 2 { grow() }
    assert(count * 3 <= slots.count * 2, "a third of the slots is free, so each search for one ends")
    return number
  }

  /// The number of `sequence`, or nil where it has never been interned.
  public func find(_ sequence: WordBuffer) -> UInt32? {
    let found = slots[slot(of: sequence)]
    return found == 0 ? nil : found - 1
  }

  /// Removes every sequence that came after the first `count`.
  public mutating func truncate(to count: Int) {
    let mask = slots.count - 1
    for number in (count..<max(count, self.count)).reversed() {
      var slot = Int(truncatingIfNeeded: hash(ofSequence: number)) & mask
      while slots[slot] != UInt32(number) + 1 {
        assert(slots[slot] != 0, "a sequence is on its probe path before the first free slot")
        slot = (slot + 1) & mask
      }
      slots[slot] = 0
    }
    guard count < self.count else { return }
    words.removeSubrange(Int(starts[count])...)
    starts.removeSubrange((count + 1)...)
  }

  /// How many words sequence `number` has.
  public func length(of number: UInt32) -> Int {
    Int(starts[Int(number) + 1] - starts[Int(number)])
  }

  /// Word `offset` of sequence `number`.
  public subscript(number: UInt32, offset: Int) -> UInt32 {
    assert(offset < length(of: number), "a word of this sequence, and not of the next one")
    return words[Int(starts[Int(number)]) + offset]
  }

  /// The words of sequence `number`.
  public subscript(number: UInt32) -> ArraySlice<UInt32> {
    words[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])]
  }

  /// The slot that holds `sequence`, or the free one where it belongs.
  private func slot(of sequence: WordBuffer) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: Self.hash(sequence)) & mask
    while slots[slot] != 0, !holds(slots[slot] - 1, sequence) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func holds(_ number: UInt32, _ sequence: WordBuffer) -> Bool {
    let start = Int(starts[Int(number)])
    guard Int(starts[Int(number) + 1]) - start == sequence.count else { return false }
    for position in 0..<sequence.count where words[start + position] != sequence[position] { return false }
    return true
  }

  private static let initialHash: UInt64 = 0x243F_6A88_85A3_08D3

  private static func mix(_ word: UInt32, into hash: inout UInt64) {
    hash = (hash ^ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
  }

  private static func hash(_ sequence: WordBuffer) -> UInt64 {
    var hash = initialHash
    for position in 0..<sequence.count { mix(sequence[position], into: &hash) }
    return hash
  }

  private func hash(ofSequence number: Int) -> UInt64 {
    var hash = Self.initialHash
    for position in Int(starts[number])..<Int(starts[number + 1]) { Self.mix(words[position], into: &hash) }
    return hash
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: hash(ofSequence: number)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number) + 1
    }
  }
}

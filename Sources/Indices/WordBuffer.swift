/// A sequence of words that is built, used and rebuilt many million times.
///
/// An array would do, but `removeAll(keepingCapacity:)` followed by appends costs several times as much as
/// resetting a count (a tenth of the evaluator's time).
public struct WordBuffer: Sendable {
  private var storage: [UInt32] = Array(repeating: 0, count: 16)
  /// The number of words.
  public private(set) var count = 0

  /// An empty buffer.
  public init() {}

  /// The buffer that holds `words`.
  public init(_ words: [UInt32]) {
    for word in words { append(word) }
  }

  /// Makes `word` the only word.
  public mutating func begin(with word: UInt32) {
    storage[0] = word
    count = 1
  }

  /// Adds `word` at the end.
  public mutating func append(_ word: UInt32) {
    if count == storage.count { storage.append(contentsOf: storage) }
    storage[count] = word
    count += 1
  }

  /// Word number `position`, counted from 0.
  public subscript(position: Int) -> UInt32 {
    assert(position < count, "only words that were put in can be read")
    return storage[position]
  }
}

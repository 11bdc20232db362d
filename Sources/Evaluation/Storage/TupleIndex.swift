// Every rule looks up the tuples of a relation by their round and the values of some columns. The indexes of
// a store share one table of keys. A key contains the number of its index, so a run that uses twenty indexes
// allocates no more than one that uses two. (Measured: separate tables cost a tenth of a run of 200 firings.)
//
// Invariant: the tuples of a key form a chain, newest first. Insertions do not disturb a walk along it: they
// put new entries before the existing ones.

import Indices

/// Names an index of a `TupleStore`.
public struct IndexID: DenseIndex {
  /// The number of the index in its store, from 0.
  public let rawValue: UInt32
  /// The index with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Finds the tuples of a relation by a key: the number of the index, the round, then the values of the
/// indexed columns.
struct TupleIndex: Sendable {
  /// A position in a chain.
  struct Entry: Equatable {
    fileprivate let position: UInt32
    static let none = Entry(position: .max)
  }

  private var keys = WordTable(capacity: 512)
  private var heads: [UInt32] = []
  private var tuples: [TupleID] = []
  private var nexts: [UInt32] = []
  /// For each entry: the number of its key, so that the last entries can be removed.
  private var numbers: [UInt32] = []

  /// An index without entries, with room for the first few hundred.
  init() {
    heads.reserveCapacity(512)
    tuples.reserveCapacity(1024)
    nexts.reserveCapacity(1024)
    numbers.reserveCapacity(1024)
  }

  /// Puts `tuple` before all others of `key`.
  mutating func insert(_ tuple: TupleID, key: WordBuffer) {
    let number = Int(keys.intern(key))
    if number == heads.count { heads.append(.max) }
    nexts.append(heads[number])
    numbers.append(UInt32(number))
    heads[number] = UInt32(tuples.count)
    tuples.append(tuple)
    assert(heads.count == keys.count, "each key has a chain")
  }

  /// Removes the last entry.
  mutating func removeLast() {
    heads[Int(numbers.removeLast())] = nexts.removeLast()
    tuples.removeLast()
  }

  /// The newest entry of `key`, or `.none`.
  func first(key: WordBuffer) -> Entry {
    guard let number = keys.find(key) else { return .none }
    return Entry(position: heads[Int(number)])
  }

  /// The tuple at `entry`, and the next older entry of the same key.
  func step(_ entry: Entry) -> (tuple: TupleID, next: Entry) {
    assert(entry != .none, "nobody steps beyond the end of a chain")
    let position = Int(entry.position)
    return (tuples[position], Entry(position: nexts[position]))
  }
}

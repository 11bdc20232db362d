// Every rule looks up the tuples of a relation by their round and the values of some columns. The indexes of a store
// share one table of keys: a key says which index it belongs to, so a run that touches twenty indexes allocates no
// more than one that touches two. (Measured: tables of their own cost a tenth of an execution of 200 firings.)
//
// Invariant: the tuples of a key form a chain, newest first. A walk along it is not disturbed by insertions: they
// only put new entries before the ones that are already there.

import Indices

/// Names an index of a `TupleStore`.
public struct IndexID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Finds the tuples of a relation by a key: the words index, round, then the values of the indexed columns.
struct TupleIndex: Sendable {
  /// A place in a chain.
  struct Entry: Equatable {
    fileprivate let position: UInt32
    static let none = Entry(position: .max)
  }

  private var keys = WordTable(capacity: 512)
  private var heads: [UInt32] = []
  private var tuples: [TupleID] = []
  private var nexts: [UInt32] = []
  /// By entry: the number of its key, so that the last ones can be taken back.
  private var numbers: [UInt32] = []

  /// An index without entries, and room for the first few hundred.
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
  }

  /// Takes back the last insertion.
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
    let position = Int(entry.position)
    return (tuples[position], Entry(position: nexts[position]))
  }
}

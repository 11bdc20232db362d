import Indices

/// Names an index of a `TupleStore`.
public struct IndexID: DenseIndex {
  /// The number.
  public let rawValue: UInt32
  /// The one numbered `rawValue`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Finds the tuples of one relation by their round and the values of some columns.
///
/// The tuples of a key form a chain, newest first. A walk along it is not disturbed by insertions: they only put
/// new entries before the ones that are already there.
struct TupleIndex: Sendable {
  /// A place in a chain.
  struct Entry: Equatable {
    fileprivate let position: UInt32
    static let none = Entry(position: .max)
  }

  /// The indexed columns, ascending, counted from 0. With none, a key is a round.
  let columns: [Int]
  private var keys = TupleIndex.noKeys
  private var heads: [UInt32] = []
  private var tuples: [TupleID] = []
  private var nexts: [UInt32] = []

  /// What every empty index shares: most executions leave many of their indexes empty.
  private static let noKeys = WordTable()

  init(columns: [Int]) { self.columns = columns }

  /// Makes room for the first tuples at once. Growing many small arrays step by step would cost a tenth of a short
  /// execution.
  private mutating func reserve() {
    keys = WordTable()
    heads.reserveCapacity(32)
    tuples.reserveCapacity(64)
    nexts.reserveCapacity(64)
  }

  /// Puts `tuple` before all others of `key`.
  mutating func insert(_ tuple: TupleID, key: WordBuffer) {
    if tuples.isEmpty { reserve() }
    let number = Int(keys.intern(key))
    if number == heads.count { heads.append(.max) }
    nexts.append(heads[number])
    heads[number] = UInt32(tuples.count)
    tuples.append(tuple)
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

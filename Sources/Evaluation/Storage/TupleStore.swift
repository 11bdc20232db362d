// A *row* is a relation with a value for each column, whatever the round; a *tuple* is a row in a round. Rows
// are interned: a frame rule that copies a table into the next round copies row numbers. Tuples are numbered
// in the order in which they are derived, so a range of numbers is a stretch of the derivation. So the stable
// and the recent tuples of semi-naive evaluation are given by two bounds, and no tuple is ever moved.
//
// Invariants: the tuples of one row are chained, the last derived first; each index of a relation holds each
// of its tuples once, newest first within a key.

import Dedalus
import Indices
import Scenarios

/// Names a row: a relation and its values, without a round.
public struct RowID: DenseIndex {
  /// The number of the row in its store, from 0.
  public let rawValue: UInt32
  /// The row with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// Names a tuple: a row in a round.
public struct TupleID: DenseIndex {
  /// The number of the tuple in its store, from 0, in order of derivation.
  public let rawValue: UInt32
  /// The tuple with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// No tuple: the end of a chain, greater than every number.
  static let none = TupleID(rawValue: .max)
}

/// Every row and tuple of a run, with the indexes that its rules need.
public struct TupleStore: Sendable {
  private var rows = WordTable(capacity: 256)
  private var latest: IndexedArray<RowID, TupleID> = []
  private var rowOfTuple: IndexedArray<TupleID, RowID> = []
  private var roundOfTuple: IndexedArray<TupleID, Round> = []
  private var earlier: IndexedArray<TupleID, TupleID> = []
  private var index = TupleIndex()
  private let layout: IndexLayout
  /// The rows of tuples that were inserted for a round after the next one.
  private var rowsAhead: Set<RowID> = []
  private var scratch = WordBuffer()

  /// An empty store that maintains the indexes of `layout`.
  init(_ layout: IndexLayout) {
    self.layout = layout
    latest.reserveCapacity(256)
    rowOfTuple.reserveCapacity(512)
    roundOfTuple.reserveCapacity(512)
    earlier.reserveCapacity(512)
  }

  /// The number of tuples.
  public var tupleCount: Int { rowOfTuple.count }
  /// The number of rows.
  public var rowCount: Int { rows.count }
  /// The number that the next new tuple will have.
  public var nextTuple: TupleID { rowOfTuple.nextIndex }
  /// Every tuple, in order of derivation.
  public var tuples: some RandomAccessCollection<TupleID> { rowOfTuple.indices }

  /// The row of `tuple`.
  public func row(of tuple: TupleID) -> RowID { rowOfTuple[tuple] }
  /// The round of `tuple`.
  public func round(of tuple: TupleID) -> Round { roundOfTuple[tuple] }
  /// The relation of `row`.
  public func relation(of row: RowID) -> RelationID { RelationID(rawValue: rows[row.rawValue, 0]) }
  /// Column `column`, counted from 0, of `row`.
  public func symbol(_ row: RowID, _ column: Int) -> Symbol {
    Symbol(rawValue: rows[row.rawValue, column + 1])
  }
  /// Column `column`, counted from 0, of `tuple`.
  public func symbol(_ tuple: TupleID, _ column: Int) -> Symbol { symbol(rowOfTuple[tuple], column) }
  /// The columns of `row`.
  public func symbols(of row: RowID) -> [Symbol] {
    rows[row.rawValue].dropFirst().map(Symbol.init(rawValue:))
  }

  /// The row made of the words `relation, column 0, …`; a new one where there was none.
  public mutating func internRow(_ words: WordBuffer) -> RowID {
    let row = RowID(rawValue: rows.intern(words))
    if row.position == latest.count { latest.append(.none) }
    return row
  }

  /// The row made of the words `relation, column 0, …`; nil where there is none.
  public func findRow(_ words: WordBuffer) -> RowID? {
    rows.find(words).map(RowID.init(rawValue:))
  }

  /// The tuple of `row` in `round`, or nil.
  public func tuple(_ row: RowID, in round: Round) -> TupleID? {
    var tuple = latest[row]
    while tuple != .none {
      if roundOfTuple[tuple] == round { return tuple }
      tuple = earlier[tuple]
    }
    return nil
  }

  /// The tuple of `row` in `round`; a new one where the row does not hold there yet.
  public mutating func insert(_ row: RowID, in round: Round) -> (tuple: TupleID, isNew: Bool) {
    if let tuple = justDerived(row, in: round) { return (tuple, false) }
    let tuple = rowOfTuple.append(row)
    roundOfTuple.append(round)
    earlier.append(latest[row])
    latest[row] = tuple
    for position in layout.positions(of: relation(of: row)) {
      enter(tuple, row, round, into: layout.indexes[position])
    }
    return (tuple, true)
  }

  /// The tuple in `round` of the row made of the words `relation, column 0, …`; a new one where it does not
  /// hold there yet.
  public mutating func insert(_ words: WordBuffer, in round: Round) -> (tuple: TupleID, isNew: Bool) {
    insert(internRow(words), in: round)
  }

  /// The same for a round after the next one, in which a message comes late.
  mutating func insert(_ row: RowID, ahead round: Round) -> (tuple: TupleID, isNew: Bool) {
    rowsAhead.insert(row)
    return insert(row, in: round)
  }

  /// Like `tuple(_:in:)`, for the current round or the next. Only the last two tuples of a row matter,
  /// because tuples are derived round by round, but for rows that were inserted ahead.
  private func justDerived(_ row: RowID, in round: Round) -> TupleID? {
    let tuple = latest[row]
    guard tuple != .none else { return nil }
    if roundOfTuple[tuple] >= round || (!rowsAhead.isEmpty && rowsAhead.contains(row)) {
      return self.tuple(row, in: round)
    }
    return nil
  }

  private mutating func enter(_ tuple: TupleID, _ row: RowID, _ round: Round, into number: IndexID) {
    scratch.begin(with: number.rawValue)
    scratch.append(round.rawValue)
    for position in layout.columnPositions(of: number) {
      scratch.append(rows[row.rawValue, layout.columns[position] + 1])
    }
    index.insert(tuple, key: scratch)
  }

  /// Removes the latest tuples and rows, so that the given numbers remain.
  mutating func truncate(tuples: Int, rows rowCount: Int) {
    for tuple in (tuples..<max(tuples, tupleCount)).reversed().map({ TupleID($0) }) {
      let row = rowOfTuple[tuple]
      for _ in layout.positions(of: relation(of: row)) { index.removeLast() }
      latest[row] = earlier[tuple]
    }
    rowOfTuple.truncate(to: tuples)
    roundOfTuple.truncate(to: tuples)
    earlier.truncate(to: tuples)
    rows.truncate(to: rowCount)
    latest.truncate(to: rowCount)
  }

  /// The newest entry with `key` (index, round, then the indexed columns); `.none` where there is none.
  func firstEntry(_ key: WordBuffer) -> TupleIndex.Entry { index.first(key: key) }

  /// The tuple at an entry and the entry of the next older tuple with the same key.
  func step(_ entry: TupleIndex.Entry) -> (tuple: TupleID, next: TupleIndex.Entry) { index.step(entry) }
}

// MARK: Invariants

extension TupleStore {
  /// Checks the invariants that the heads of this file and of TupleIndex.swift state. Tests call it on runs
  /// and groundings.
  package func checkInvariants() {
    precondition(latest.count == rowCount, "each row has a chain of tuples")
    var chained = 0
    for row in latest.indices {
      var rounds: Set<Round> = []
      var tuple = latest[row]
      while tuple != .none {
        precondition(rowOfTuple[tuple] == row, "a chain has the tuples of one row")
        precondition(rounds.insert(roundOfTuple[tuple]).inserted, "a row has one tuple in a round")
        precondition(earlier[tuple] == .none || earlier[tuple] < tuple, "the last derived comes first")
        chained += 1
        tuple = earlier[tuple]
      }
    }
    precondition(chained == tupleCount, "each tuple is in the chain of its row")
    checkIndexes()
  }

  private func checkIndexes() {
    var known: Set<[UInt32]> = []
    var (entries, expected) = (0, 0)
    for tuple in tuples {
      for position in layout.positions(of: relation(of: rowOfTuple[tuple])) {
        expected += 1
        let number = layout.indexes[position]
        let key = key(of: tuple, in: number)
        if known.insert(key).inserted { entries += checkedCount(of: key, in: number) }
      }
    }
    precondition(entries == expected, "an index has each tuple of its relation once")
  }

  /// The number of tuples with `key`, whose order is checked.
  private func checkedCount(of key: [UInt32], in number: IndexID) -> Int {
    var (entry, last, count) = (firstEntry(WordBuffer(key)), TupleID.none, 0)
    while entry != .none {
      let (tuple, next) = step(entry)
      precondition(tuple < last, "within a key, the newest tuple comes first")
      precondition(self.key(of: tuple, in: number) == key, "a chain has the tuples of one key")
      (entry, last, count) = (next, tuple, count + 1)
    }
    return count
  }

  private func key(of tuple: TupleID, in number: IndexID) -> [UInt32] {
    let columns = layout.columnPositions(of: number).map { layout.columns[$0] }
    return [number.rawValue, roundOfTuple[tuple].rawValue]
      + columns.map { rows[rowOfTuple[tuple].rawValue, $0 + 1] }
  }
}

// Loading is most of the work of a store: thousands of rows for an analysis of milliseconds. Arguments go
// straight to SQLite's own binding functions; with GRDB's boxed arguments the same rows cost about twice as
// much.

import Evaluation
import GRDB
import GRDBSQLite
import Scenarios

/// Prepared INSERTs, used for many rows.
struct BulkInsert: ~Copyable {
  /// The statements for several rows and for one row; `wide` is nil where there are too few rows.
  private let wide: Statement?
  private let narrow: Statement
  private let columns: Int32
  /// The number of rows still to come that `wide` inserts.
  private var wideRows: Int
  private var handle: OpaquePointer
  private var next: Int32 = 1
  /// JSON text under construction.
  private var text: [UInt8] = []

  /// The number of rows of a wide statement, which searches its place in the table once. A record of 400,000
  /// rows takes half of its call; with narrow statements alone, the call takes a fifth longer.
  private static let width = 16

  /// Prepares to insert `rows` rows of `columns` values into `table`.
  init(_ rows: Int, into table: String, columns: Int, in database: Database) throws {
    let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
    let insert = "INSERT INTO \(table) VALUES "
    let several = Array(repeating: row, count: Self.width).joined(separator: ", ")
    let narrow = try database.cachedStatement(sql: insert + row)
    let wide = rows < Self.width ? nil : try database.cachedStatement(sql: insert + several)
    self.narrow = narrow
    self.wide = wide
    self.columns = Int32(columns)
    wideRows = rows / Self.width * Self.width
    handle = (wide ?? narrow).sqliteStatement
  }

  mutating func bind(_ value: Int) {
    sqlite3_bind_int64(handle, next, Int64(value))
    next += 1
  }

  mutating func bind(_ value: Int?) {
    if let value { return bind(value) }
    sqlite3_bind_null(handle, next)
    next += 1
  }

  mutating func bind(_ value: String?) {
    if let value { return bind(value) }
    bind(nil as Int?)
  }

  mutating func bind(_ value: String) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: value.utf8)
    bindText()
  }

  /// Binds a JSON array of numbers, with `null` for nil.
  mutating func bind(list values: some Sequence<Int?>) {
    text.removeAll(keepingCapacity: true)
    text.append(UInt8(ascii: "["))
    for value in values {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      if let value { append(value) } else { text.append(contentsOf: "null".utf8) }
    }
    text.append(UInt8(ascii: "]"))
    bindText()
  }

  /// Binds a JSON array of numbers.
  mutating func bind(list values: [UInt32]) {
    bind(list: values.lazy.map { Int($0) })
  }

  /// Binds what happened in a run: what held, what fired, and what was lost.
  mutating func bind(_ contents: SharedTables.Contents) {
    bind(pieces: NumberSequence(contents.tuples))
    bind(pieces: NumberSequence(contents.firings))
    for (fate, _) in StoreSchema.losses { bind(pieces: NumberSequence(contents.lost(fate))) }
  }

  /// Binds a JSON array of the pieces of a sequence, each an array of its first and its last number.
  private mutating func bind(pieces sequence: NumberSequence) {
    text.removeAll(keepingCapacity: true)
    text.append(UInt8(ascii: "["))
    for piece in sequence.pieces {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "["))
      append(Int(piece.first))
      text.append(UInt8(ascii: ","))
      append(Int(piece.last))
      text.append(UInt8(ascii: "]"))
    }
    text.append(UInt8(ascii: "]"))
    bindText()
  }

  private mutating func append(_ value: Int) {
    assert(value >= 0, "what is numbered is numbered from 0")
    guard value >= 10 else { return text.append(UInt8(ascii: "0") + UInt8(value)) }
    append(value / 10)
    text.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  private mutating func bindText() {
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    text.withUnsafeBytes { bytes in
      _ = sqlite3_bind_text(
        handle, next, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient)
    }
    next += 1
  }

  /// Inserts the row that has been bound, at the latest together with the last of the `rows` rows.
  mutating func insert() throws {
    assert(next > 1 && (next - 1) % columns == 0, "a row has a value for each column")
    guard wideRows == 0 || next > columns * Int32(Self.width) else { return }
    let status = sqlite3_step(handle)
    sqlite3_reset(handle)
    next = 1
    guard status == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: status),
        message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), sql: narrow.sql)
    }
    guard wideRows > 0 else { return }
    wideRows -= Self.width
    if wideRows == 0 { handle = narrow.sqliteStatement }
  }
}

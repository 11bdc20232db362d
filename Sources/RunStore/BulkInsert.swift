// Loading is most of what a store does: thousands of rows for an analysis of milliseconds. Arguments go straight to
// SQLite's own binding functions; through GRDB's boxed arguments the same rows cost about twice as much.

import GRDB
import GRDBSQLite

/// A prepared INSERT, used for many rows.
struct BulkInsert: ~Copyable {
  private let statement: Statement
  private let handle: OpaquePointer
  private var next: Int32 = 1
  /// JSON in the making.
  private var text: [UInt8] = []

  /// Inserts rows of `columns` values into `table`.
  init(into table: String, columns: Int, in database: Database) throws {
    let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
    statement = try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
    handle = statement.sqliteStatement
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

  mutating func bind(_ value: String) {
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: value.utf8)
    bindText()
  }

  /// Binds a JSON array of numbers, `null` where there is none.
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

  /// Binds a JSON array of the pieces of a sequence, each an array of its first and its last number.
  mutating func bind(pieces sequence: NumberSequence) {
    text.removeAll(keepingCapacity: true)
    text.append(UInt8(ascii: "["))
    for piece in sequence.pieces {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "["))
      append(Int(piece.lowerBound))
      text.append(UInt8(ascii: ","))
      append(Int(piece.upperBound))
      text.append(UInt8(ascii: "]"))
    }
    text.append(UInt8(ascii: "]"))
    bindText()
  }

  private mutating func append(_ value: Int) {
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

  /// Inserts the row that has been bound.
  mutating func insert() throws {
    let status = sqlite3_step(handle)
    sqlite3_reset(handle)
    next = 1
    guard status == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: status),
        message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), sql: statement.sql)
    }
  }
}

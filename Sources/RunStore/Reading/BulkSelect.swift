// The counterpart of `BulkInsert`: values come straight from SQLite's own functions.

import GRDB
import GRDBSQLite

/// A prepared SELECT, read row by row.
struct BulkSelect: ~Copyable {
  private let statement: Statement
  private let handle: OpaquePointer

  /// Selects the rows of `sql`; its only question mark stands for `analysis`.
  init(_ sql: String, _ analysis: Int, in database: Database) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
    precondition(sqlite3_bind_parameter_count(handle) == 1, "the analysis is the one argument")
    sqlite3_bind_int64(handle, 1, Int64(analysis))
  }

  /// Advances to the next row; false when there is none left.
  mutating func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let status:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: status),
        message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))), sql: statement.sql)
    }
  }

  /// The integer in `column`, from 0 to 2³¹ − 2; nil for anything else, since no stored number is outside
  /// this range.
  func number(_ column: Int32) -> UInt32? {
    guard sqlite3_column_type(handle, column) == SQLITE_INTEGER else { return nil }
    let value = sqlite3_column_int64(handle, column)
    return 0..<Int64(Int32.max) ~= value ? UInt32(value) : nil
  }

  /// Whether `column` is NULL.
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// The integer in `column`, of any size; nil for anything else.
  func integer(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : nil
  }

  /// The text in `column`; nil for anything else.
  func text(_ column: Int32) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The JSON array of numbers in `column`, with nil for each `null`; nil for anything else.
  func list(_ column: Int32) -> [UInt32?]? {
    guard let bytes = bytes(column) else { return nil }
    return NumberList.read(bytes)
  }

  private func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8>? {
    guard sqlite3_column_type(handle, column) == SQLITE_TEXT, let start = sqlite3_column_text(handle, column)
    else { return nil }
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
  }
}

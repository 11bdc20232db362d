import Foundation
import GRDB

/// A store as anybody sees it who opens the file with SQLite alone.
enum StoreContents {
  /// Every row of every table but `times`, as text.
  static func text(of path: String) throws -> String {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'times' ORDER BY name"
      )
      return try tables.map { table in
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
        return ([table] + rows.map { $0.databaseValues.map(\.description).joined(separator: "|") })
          .joined(separator: "\n")
      }.joined(separator: "\n\n")
    }
  }

  /// The answer to a query with one number.
  static func number(_ sql: String, in path: String) throws -> Int {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
  }
}

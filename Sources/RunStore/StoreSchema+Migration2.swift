// From schema 2 to schema 3: the history of verdicts says which analyses ended early.

import GRDB

extension StoreSchema.Version2 {
  static func migrate(_ database: Database, _ path: String) throws {
    try database.execute(sql: "DROP VIEW verdicts")
    try database.execute(sql: StoreSchema.verdicts)
  }
}

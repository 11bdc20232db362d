// From schema 3 to schema 4, whose runs are sequences of pieces, in the order in which things happened. Before, the
// numbers of a run were ranges in tables of their own, and its order a list of places: the ascending numbers were cut
// before these places, and the pieces came in the order of the list.

import Evaluation
import GRDB

extension StoreSchema {
  /// Versions 2 and 3, as far as runs go.
  enum Version3 {
    static func migrate(_ database: Database, _ path: String) throws {
      for view in ["held", "sent", "lineage", "absent", "differs", "verdicts"] {
        try database.execute(sql: "DROP VIEW \(view)")
      }
      try database.execute(sql: "ALTER TABLE runs RENAME TO old_runs")
      for statement in StoreSchema.tables where statement.hasPrefix("CREATE TABLE runs ") {
        try database.execute(sql: statement)
      }
      try copyRuns(database, path)
      for table in ["old_runs", "run_tuples", "run_firings", "run_losses"] {
        try database.execute(sql: "DROP TABLE \(table)")
      }
      for view in StoreSchema.views { try database.execute(sql: view) }
    }

    private static func copyRuns(_ database: Database, _ path: String) throws {
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM old_runs ORDER BY analysis, id")
      var insert = try BulkInsert(rows.count, into: "runs", columns: 12, in: database)
      for row in rows {
        let run = try Run(row, database, path)
        for column in ["analysis", "id"] { insert.bind(try row.value(column) as Int) }
        insert.bind(try row.value("role") as String)
        insert.bind(try row.value("minimum") as Int?)
        for column in ["violated", "ending"] { insert.bind(try row.value(column) as String) }
        insert.bind(run.contents)
        insert.bind(run.isOrdered ? 1 : 0)
        insert.bind(try row.value("digest") as String)
        try insert.insert()
      }
    }
  }
}

extension StoreSchema.Version3 {
  /// What happened in a run.
  struct Run {
    let contents: SharedTables.Contents
    /// Whether the order in which it happened is on record; if not, it is that of rounds and numbers.
    let isOrdered: Bool

    /// Reads the run that `row` of the table of runs tells of.
    init(_ row: Row, _ database: Database, _ path: String) throws {
      let reader = RangeReader(
        database: database, analysis: try row.value("analysis"), run: try row.value("id"))
      let tupleOrder: String? = try row.value("tuple_order")
      let firingOrder: String? = try row.value("firing_order")
      guard let held = try reader.numbers(in: "run_tuples", of: "tuples"),
        let fired = try reader.numbers(in: "run_firings", of: "firings"),
        let losses = try reader.losses(),
        let tuples = try reader.order(held, tupleOrder, or: Self.tuplesByRound),
        let firings = try reader.order(fired + losses.map(\.firing), firingOrder, or: Self.firingsByRound)
      else {
        throw StoreError.damaged(
          path: path,
          reason: "what is on record of run \(reader.run) of analysis \(reader.analysis) makes no sense")
      }
      contents = SharedTables.Contents(tuples: tuples, firings: firings, losses: losses)
      isOrdered = tupleOrder != nil
    }

    private static let tuplesByRound = "SELECT id FROM tuples WHERE analysis = ? ORDER BY round, id"

    private static let firingsByRound = """
      SELECT firings.id FROM firings JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = head
      WHERE firings.analysis = ? ORDER BY round, firings.id
      """
  }
}

/// Reads ranges and orders of one run.
private struct RangeReader {
  let database: Database
  let analysis: Int
  let run: Int

  /// The numbers in the ranges of `table`, ascending; nil where they are not all of rows of `shared`.
  func numbers(in table: String, of shared: String) throws -> [UInt32]? {
    try ranges(in: table, "first, last", of: shared)?.flatMap { Array($0.range) }
  }

  /// The lost messages, ascending; nil where they are not.
  func losses() throws -> [SharedTables.Contents.Loss]? {
    guard let ranges = try ranges(in: "run_losses", "first, last, fate", of: "firings") else { return nil }
    var losses: [SharedTables.Contents.Loss] = []
    for (range, row) in ranges {
      guard let fate = Fate(rawValue: try row.value("fate")) else { return nil }
      losses += range.map { .init(firing: $0, fate: fate) }
    }
    return losses
  }

  private func ranges(
    in table: String, _ columns: String, of shared: String
  ) throws -> [(range: ClosedRange<UInt32>, row: Row)]? {
    let count =
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(shared) WHERE analysis = ?", arguments: [analysis]) ?? 0
    var ranges: [(range: ClosedRange<UInt32>, row: Row)] = []
    let rows = try Row.fetchAll(
      database, sql: "SELECT \(columns) FROM \(table) WHERE analysis = ? AND run = ? ORDER BY first",
      arguments: [analysis, run])
    for row in rows {
      let (first, last) = (try row.value("first") as Int64, try row.value("last") as Int64)
      guard first > ranges.last.map({ Int64($0.range.upperBound) }) ?? -1, first <= last, last < count else {
        return nil
      }
      ranges.append((UInt32(first)...UInt32(last), row))
    }
    return ranges
  }

  /// The distinct `numbers` in the order that `cuts` gives them, a JSON array, or where there is none in that of the
  /// query. Nil where they are not distinct or cannot be cut so.
  func order(_ numbers: [UInt32], _ cuts: String?, or query: String) throws -> [UInt32]? {
    let known = Set(numbers)
    guard known.count == numbers.count else { return nil }
    guard let cuts else {
      return try UInt32.fetchAll(database, sql: query, arguments: [analysis]).filter(known.contains)
    }
    let ascending = numbers.sorted()
    guard let list = NumberList.read(Array(cuts.utf8))?.compactMap({ $0 }) else { return nil }
    let starts = list.sorted()
    guard starts.first ?? 0 == 0, ascending.isEmpty == list.isEmpty else { return nil }
    var ends: [UInt32: Int] = [:]
    for (start, end) in zip(starts, starts.dropFirst() + [UInt32(ascending.count)]) {
      guard start < end else { return nil }
      ends[start] = Int(end)
    }
    return list.flatMap { start in ascending[Int(start)..<(ends[start] ?? Int(start))] }
  }
}

// From schema 1, which recorded the runs that an answer names, to schema 2, which records every run of a search.
// Firings were clustered by head, lost messages named their heads, and the digest of a run covered what held in it and
// nothing else. That digest is compared before it is replaced, so that a change is not made good by being moved.

import Dedalus
import Evaluation
import GRDB
import Texts

extension StoreSchema.Version1 {
  static func migrate(_ database: Database, _ path: String) throws {
    try checkDigests(database, path)
    for view in ["held", "sent", "lineage", "absent"] { try database.execute(sql: "DROP VIEW \(view)") }
    for (table, copy) in copies {
      try database.execute(sql: "ALTER TABLE \(table) RENAME TO old_\(table)")
      for statement in StoreSchema.Version2.tables where statement.hasPrefix("CREATE TABLE \(table) ") {
        try database.execute(sql: statement)
      }
      try database.execute(sql: "INSERT INTO \(table) \(copy); DROP TABLE old_\(table)")
    }
    try database.execute(sql: StoreSchema.firingsByHead)
    for view in StoreSchema.Version2.runViews + [StoreSchema.Version2.verdicts] {
      try database.execute(sql: view)
    }
    try makeDigests(database, path)
  }

  /// Compares the tuples of every run with the digest of the first version: the sum of their parts.
  private static func checkDigests(_ database: Database, _ path: String) throws {
    let held = """
      SELECT tuples.round, relations.name,
        (SELECT json_group_array(value) FROM (
          SELECT symbols.value FROM json_each(ground_rows.symbols) AS listed
            JOIN symbols ON symbols.analysis = held.analysis AND symbols.id = listed.value ORDER BY listed.key)) AS row
      FROM run_tuples AS held
        JOIN tuples ON tuples.analysis = held.analysis AND tuples.id BETWEEN held.first AND held.last
        JOIN ground_rows ON ground_rows.analysis = tuples.analysis AND ground_rows.id = tuples.ground_row
        JOIN analyses ON analyses.id = held.analysis
        JOIN relations ON relations.program = analyses.program AND relations.id = ground_rows.relation
      WHERE held.analysis = ? AND held.run = ?
      """
    for run in try Row.fetchAll(database, sql: "SELECT analysis, id, digest FROM runs") {
      let (analysis, number) = (try run.value("analysis") as Int, try run.value("id") as Int)
      var sum = RunDigest()
      for tuple in try Row.fetchAll(database, sql: held, arguments: [analysis, number]) {
        let values = try database.constants(tuple.value("row"))
        sum.add(RunDigest.Part(try tuple.value("name"), values, round: try tuple.value("round")), at: 0)
      }
      guard try run.value("digest") == sum.text else {
        throw StoreError.damaged(
          path: path, reason: "the tuples of run \(number) of analysis \(analysis) have changed")
      }
    }
  }

  private static func makeDigests(_ database: Database, _ path: String) throws {
    for analysis in try Int.fetchAll(database, sql: "SELECT id FROM analyses") {
      try database.updateDigest(ofAnalysis: analysis)
      let reader = StoreReader(database, path)
      let question = try reader.question(of: AnalysisID(analysis))
      let shared = try SharedTables(reading: database, AnalysisID(analysis), of: question, path)
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM runs WHERE analysis = ? ORDER BY id", arguments: [analysis])
      for (run, row) in zip(try reader.runs(of: AnalysisID(analysis)), rows) {
        let contents = try StoreSchema.Version3.Run(row, database, path).contents
        var digest = RunDigest(
          run.faults, question.setting.nodes, run.role, violated: try row.value("violated"),
          try row.value("ending"))
        shared.add(contents, to: &digest)
        try database.execute(
          sql: "UPDATE runs SET digest = ? WHERE analysis = ? AND id = ?",
          arguments: [digest.text, analysis, run.number])
      }
    }
  }

  /// The new contents of each table that differs. Lost messages one by one: that they touch is rare in small files.
  private static let copies = [
    (
      "analyses",
      """
      SELECT id, program, nodes, eot, eff, crashes, oracle, outcome, uses_pre, crash_view, strategy, '', verdict, vacuous,
        harmless_up_to, stopped_by, fault_space, costs, '' FROM old_analyses
      """
    ),
    (
      "runs",
      "SELECT analysis, id, role, minimum, violated, ending, NULL, NULL, '' FROM old_runs ORDER BY analysis, id"
    ),
    (
      "firings",
      """
      SELECT analysis, id, rule, head, premises, absences, sender, receiver FROM old_firings ORDER BY analysis, id
      """
    ),
    (
      "run_losses",
      "SELECT analysis, run, firing, firing, fate FROM old_run_losses ORDER BY analysis, run, firing"
    ),
  ]
}

extension Database {
  /// The constants of a JSON array.
  fileprivate func constants(_ json: String) throws -> [Constant] {
    try Row.fetchAll(self, sql: "SELECT value FROM json_each(?) ORDER BY key", arguments: [json]).map { row in
      switch try (row.value("value") as DatabaseValue).storage {
      case .int64(let number): .integer(number)
      default: .string(Text(try row.value("value")))
      }
    }
  }
}

// Schema 2, as it was released: its history of verdicts did not say which analyses had ended early. Nothing here may
// change.

import GRDB

extension StoreSchema {
  /// What version 2 has of its own.
  enum Version2 {
    static let verdicts = """
      CREATE VIEW verdicts AS  -- every analysis in the order in which they began; fewest: faults that break the outcome
        SELECT analyses.id AS analysis, times.started, programs.paths, programs.digest, analyses.nodes,
          analyses.eot, analyses.eff, analyses.crashes, analyses.strategy, analyses.options,
          CASE WHEN analyses.verdict IS NULL THEN 'unfinished' ELSE analyses.verdict END AS verdict,
          (SELECT min((SELECT count(*) FROM faults WHERE faults.analysis = runs.analysis AND faults.run = runs.id))
            FROM runs WHERE runs.analysis = analyses.id AND runs.role = 'counterexample') AS fewest,
          (SELECT count(*) FROM runs WHERE runs.analysis = analyses.id) AS runs
        FROM analyses
          JOIN programs ON programs.id = analyses.program
          JOIN times ON times.analysis = analyses.id
        ORDER BY analyses.id
      """

    static func migrate(_ database: Database, _ path: String) throws {
      try database.execute(sql: "DROP VIEW verdicts")
      try database.execute(sql: StoreSchema.verdicts)
    }
  }
}

// Schemas 2 and 3, as they were released. A run was a set of ranges that did not overlap, a row each, and what it did in
// another order than that of the numbers stood in lists of places; version 3 says in its history of verdicts which
// analyses ended early. Nothing here may change.

extension StoreSchema {
  /// What versions 2 and 3 have of their own.
  enum Version2 {
    /// The tables in which version 2 differs from version 1.
    static let tables =
      lastingTables + [
        """
        CREATE TABLE runs (  -- digest: of all that is on record of the run, checked on reading
          analysis INTEGER NOT NULL, id INTEGER NOT NULL,
          role TEXT NOT NULL,  -- 'baseline', 'counterexample' (it breaks the outcome), 'trial'
          minimum INTEGER,  -- for the counterexample of the answer: whether fewer faults are proved harmless
          violated TEXT NOT NULL,  -- JSON array of rows
          ending TEXT NOT NULL,
          tuple_order TEXT, firing_order TEXT,  -- JSON arrays: the ascending numbers of what held, or fired or was lost,
          -- are cut before these places, and the pieces come in this order; NULL: the order is not known
          digest TEXT NOT NULL,
          PRIMARY KEY (analysis, id)
        )
        """,
        """
        CREATE TABLE run_losses (  -- the messages of the firings first … last were lost; fate: 'omitted' or 'crashed'
          analysis INTEGER NOT NULL, run INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
          fate TEXT NOT NULL,
          PRIMARY KEY (analysis, run, first)
        ) WITHOUT ROWID
        """,
      ]

    /// The other tables about runs, which version 1 has as well.
    static let ranges = [
      """
      CREATE TABLE run_tuples (  -- the tuples first … last held
        analysis INTEGER NOT NULL, run INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (analysis, run, first)
      ) WITHOUT ROWID
      """,
      """
      CREATE TABLE run_firings (  -- the firings first … last happened
        analysis INTEGER NOT NULL, run INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        PRIMARY KEY (analysis, run, first)
      ) WITHOUT ROWID
      """,
    ]

    /// Views about runs.
    static let runViews = [
      Version1.held,
      """
      CREATE VIEW sent AS  -- every message of every run
        SELECT happened.analysis, happened.run, tuples.round - 1 AS round,
          \(value(of: "firings.sender", in: "firings")) AS sender,
          \(value(of: "firings.receiver", in: "firings")) AS receiver,
          relations.name AS relation, \(rowText) AS row, happened.fate, firings.id AS firing
        FROM (
            SELECT analysis, run, first, last, 'delivered' AS fate FROM run_firings
            UNION ALL SELECT analysis, run, first, last, fate FROM run_losses) AS happened
          CROSS JOIN firings ON firings.analysis = happened.analysis AND firings.id BETWEEN happened.first AND happened.last
          CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
          \(joinRows)
        WHERE firings.receiver IS NOT NULL
      """,
      lineage(ofRunsWhere: hasDerived),
      absent(inRunsWhere: hasDerived),
      """
      CREATE VIEW differs AS  -- for each two runs of an analysis, what holds in 'run' and does not hold in 'other'
        SELECT held.analysis, held.run, runs.id AS other, held.round, held.relation, held.location, held.row, held.tuple
        FROM held
          CROSS JOIN runs ON runs.analysis = held.analysis
            AND coalesce(held.tuple > \(endOfRange("run_tuples", "held.tuple")), 1)
      """,
    ]

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

    /// Whether a run has a firing and its head with it.
    private static let hasDerived = "firings.id <= \(endOfRange("run_firings", "firings.id"))"

    /// Where the range of `table` ends, of those of a run, that holds `number` if one does; NULL where all begin after it.
    private static func endOfRange(_ table: String, _ number: String) -> String {
      """
      (
              SELECT last FROM \(table) AS ranges
              WHERE ranges.analysis = runs.analysis AND ranges.run = runs.id AND ranges.first <= \(number)
              ORDER BY ranges.first DESC LIMIT 1)
      """
    }
  }
}

// What a person asks a store from the `sqlite3` shell. Each view has the columns `analysis` and `run`; a file with one
// analysis has analysis 1, in which run 1 is the failure-free one. RunStore/README.md has the questions.
//
// CROSS JOIN tells SQLite the order of a join. A run is a set of ranges that do not overlap, so whether it has number n
// is whether the last range that begins at n or before ends at n or after: one step down an index.

extension StoreSchema {
  static let views = runViews + [verdicts]

  /// What is asked about runs; these are as they were in version 2.
  static let runViews = [
    """
    CREATE VIEW held AS  -- every tuple of every run
      SELECT held.analysis, held.run, tuples.round, relations.name AS relation,
        \(value(of: "json_extract(ground_rows.symbols, '$[0]')", in: "ground_rows")) AS location,
        \(rowText) AS row, tuples.id AS tuple
      FROM run_tuples AS held
        CROSS JOIN tuples ON tuples.analysis = held.analysis AND tuples.id BETWEEN held.first AND held.last
        \(joinRows)
    """,
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
    """
    CREATE VIEW lineage AS  -- for each tuple of each run, what it rests on: a line for each premise of each firing
      SELECT firings.analysis, runs.id AS run, tuples.round, \(rowText) AS row, firings.head AS tuple,
        \(place) AS rule, firings.id AS firing,
        premises.round AS premise_round, \(rowText(of: "premise_rows", "premise_relations")) AS premise_row,
        listed.value AS premise
      FROM firings
        CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
        \(joinRows)
        CROSS JOIN runs ON runs.analysis = firings.analysis AND firings.id <= \(endOfRange("run_firings", "firings.id"))
        CROSS JOIN rules ON rules.program = analyses.program AND rules.id = firings.rule
        CROSS JOIN json_each(firings.premises) AS listed
        CROSS JOIN tuples AS premises ON premises.analysis = firings.analysis AND premises.id = listed.value
        CROSS JOIN ground_rows AS premise_rows
          ON premise_rows.analysis = premises.analysis AND premise_rows.id = premises.ground_row
        CROSS JOIN relations AS premise_relations
          ON premise_relations.program = analyses.program AND premise_relations.id = premise_rows.relation
    """,
    """
    CREATE VIEW absent AS  -- for each tuple of each run, what its firings found nothing of
      SELECT firings.analysis, runs.id AS run, tuples.round, \(rowText) AS row, firings.head AS tuple,
        \(place) AS rule, firings.id AS firing,
        absences.round AS absence_round, \(rowText(of: "absences", "absent_relations")) AS pattern
      FROM firings
        CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
        \(joinRows)
        CROSS JOIN runs ON runs.analysis = firings.analysis AND firings.id <= \(endOfRange("run_firings", "firings.id"))
        CROSS JOIN rules ON rules.program = analyses.program AND rules.id = firings.rule
        CROSS JOIN json_each(firings.absences) AS listed
        CROSS JOIN absences ON absences.analysis = firings.analysis AND absences.id = listed.value
        CROSS JOIN relations AS absent_relations
          ON absent_relations.program = analyses.program AND absent_relations.id = absences.relation
    """,
    """
    CREATE VIEW differs AS  -- for each two runs of an analysis, what holds in 'run' and does not hold in 'other'
      SELECT held.analysis, held.run, runs.id AS other, held.round, held.relation, held.location, held.row, held.tuple
      FROM held
        CROSS JOIN runs ON runs.analysis = held.analysis
          AND coalesce(held.tuple > \(endOfRange("run_tuples", "held.tuple")), 1)
    """,
  ]

  /// An analysis has ended early where a limit cut the search off; the limits that are named are the others.
  static let verdicts = """
    CREATE VIEW verdicts AS  -- every analysis in the order in which they began; fewest: faults that break the outcome
      SELECT analyses.id AS analysis, times.started, programs.paths, programs.digest, analyses.nodes,
        analyses.eot, analyses.eff, analyses.crashes, analyses.strategy, analyses.options,
        CASE WHEN analyses.verdict IS NULL THEN 'unfinished' ELSE analyses.verdict END AS verdict,
        CASE WHEN analyses.stopped_by NOT IN ('run limit', 'no candidate left', 'arithmetic may fail')
          THEN analyses.stopped_by END AS ended_early_by,
        (SELECT min((SELECT count(*) FROM faults WHERE faults.analysis = runs.analysis AND faults.run = runs.id))
          FROM runs WHERE runs.analysis = analyses.id AND runs.role = 'counterexample') AS fewest,
        (SELECT count(*) FROM runs WHERE runs.analysis = analyses.id) AS runs
      FROM analyses
        JOIN programs ON programs.id = analyses.program
        JOIN times ON times.analysis = analyses.id
      ORDER BY analyses.id
    """

  /// Where the range of `table` ends, of those of a run, that holds `number` if one does; NULL where all begin after it.
  private static func endOfRange(_ table: String, _ number: String) -> String {
    """
    (
            SELECT last FROM \(table) AS ranges
            WHERE ranges.analysis = runs.analysis AND ranges.run = runs.id AND ranges.first <= \(number)
            ORDER BY ranges.first DESC LIMIT 1)
    """
  }

  private static let joinRows = """
    CROSS JOIN ground_rows ON ground_rows.analysis = tuples.analysis AND ground_rows.id = tuples.ground_row
        CROSS JOIN analyses ON analyses.id = tuples.analysis
        CROSS JOIN relations ON relations.program = analyses.program AND relations.id = ground_rows.relation
    """

  private static let rowText = rowText(of: "ground_rows", "relations")

  private static let place = "rules.file || ':' || rules.line"

  /// The row as a program writes it: `log("a", 1)`; `_` for any value.
  private static func rowText(of rows: String, _ relation: String) -> String {
    """
    \(relation).name || '(' || (
          SELECT group_concat(text, ', ') FROM (
            SELECT iif(columns.value IS NULL, '_', json_quote(symbols.value)) AS text
            FROM json_each(\(rows).symbols) AS columns
              LEFT JOIN symbols ON symbols.analysis = \(rows).analysis AND symbols.id = columns.value
            ORDER BY columns.key)) || ')'
    """
  }

  private static func value(of symbol: String, in table: String) -> String {
    "(SELECT value FROM symbols WHERE symbols.analysis = \(table).analysis AND symbols.id = \(symbol))"
  }
}

// Views for questions from the `sqlite3` shell. Each view has the columns `analysis` and `run`. In a file
// with one analysis, the analysis is number 1, and its run 1 is the failure-free run. RunStore/README.md has
// the questions.
//
// CROSS JOIN tells SQLite the order of a join: from a run to what happened in it, or from a tuple to the
// firings that derive it and then to the runs that have them.

import Answers
import Scenarios

extension StoreSchema {
  static let views = [
    """
    CREATE VIEW held AS  -- every tuple of every run
      SELECT runs.analysis, runs.id AS run, tuples.round, relations.name AS relation,
        \(value(of: "json_extract(ground_rows.symbols, '$[0]')", in: "ground_rows")) AS location,
        \(rowText) AS row, tuples.id AS tuple
      FROM runs
        CROSS JOIN json_each(runs.tuples) AS piece
        CROSS JOIN tuples ON tuples.analysis = runs.analysis AND tuples.id \(isInPiece)
        \(joinRows)
    """,
    """
    CREATE VIEW sent AS  -- every message of every run
      SELECT runs.analysis, runs.id AS run, tuples.round - 1 - firings.late AS round,
        \(value(of: "firings.sender", in: "firings")) AS sender,
        \(value(of: "firings.receiver", in: "firings")) AS receiver,
        relations.name AS relation, \(rowText) AS row,
        CASE \(losses.map { "WHEN \(has($0.column, "firings.id")) THEN '\($0.fate.rawValue)'" }.joined(separator: " "))
          ELSE 'delivered' END AS fate,
        iif(\(isLost), NULL, tuples.round) AS arrives, firings.id AS firing
      FROM runs
        CROSS JOIN json_each(runs.firings) AS piece
        CROSS JOIN firings ON firings.analysis = runs.analysis AND firings.id \(isInPiece)
        CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
        \(joinRows)
      WHERE firings.receiver IS NOT NULL
    """,
    lineage,
    absent,
    """
    CREATE VIEW differs AS  -- for each two runs of an analysis, what holds in 'run' and does not hold in 'other'
      SELECT held.analysis, held.run, runs.id AS other, held.round, held.relation, held.location, held.row, held.tuple
      FROM held
        CROSS JOIN runs ON runs.analysis = held.analysis AND NOT \(has("tuples", "held.tuple"))
    """,
    verdicts,
  ]

  /// An analysis has ended early if a limit cut the search off; the limits listed here do not do that.
  private static let verdicts = """
    CREATE VIEW verdicts AS  -- every analysis in the order in which they began; fewest: faults that break the outcome
      SELECT analyses.id AS analysis, times.started, programs.paths, programs.digest, analyses.nodes,
        analyses.eot, analyses.eff, analyses.crashes, analyses.strategy, analyses.options,
        CASE WHEN analyses.verdict IS NULL THEN 'unfinished' ELSE analyses.verdict END AS verdict,
        CASE WHEN analyses.stopped_by NOT IN (\(Limit.Kind.allCases.filter { !$0.isCutOff }.listed))
          THEN analyses.stopped_by END AS ended_early_by,
        (SELECT min((SELECT count(*) FROM faults WHERE faults.analysis = runs.analysis AND faults.run = runs.id))
          FROM runs WHERE runs.analysis = analyses.id AND runs.role = 'counterexample') AS fewest,
        (SELECT count(*) FROM runs WHERE runs.analysis = analyses.id) AS runs
      FROM analyses
        JOIN programs ON programs.id = analyses.program
        JOIN times ON times.analysis = analyses.id
      ORDER BY analyses.id
    """

  /// The condition that a number is in `piece`.
  private static let isInPiece =
    "BETWEEN json_extract(piece.value, '$[0]') AND json_extract(piece.value, '$[1]')"

  /// The condition that a run has `number` among the pieces of `list`, a column of `runs`.
  private static func has(_ list: String, _ number: String) -> String {
    "EXISTS (SELECT * FROM json_each(runs.\(list)) AS piece WHERE \(number) \(isInPiece))"
  }

  /// The columns of `runs` that list the firings of lost messages, by the fates of the messages.
  static let losses: [(fate: Fate, column: String)] =
    Fate.allCases.filter { $0 != .delivered }.map { fate in
      (fate, String(fate.rawValue.map { $0 == "-" ? "_" : $0 }))
    }

  /// The condition that the message of a firing is lost in a run.
  private static let isLost =
    "(" + losses.map { has($0.column, "firings.id") }.joined(separator: " OR ") + ")"

  /// The condition that a run has a firing, and with it its head.
  private static let hasDerived = """
    \(has("firings", "firings.id"))
          AND NOT \(isLost)
    """

  private static let lineage = """
    CREATE VIEW lineage AS  -- for each tuple of each run, what it rests on: a line for each premise of each firing
      SELECT firings.analysis, runs.id AS run, tuples.round, \(rowText) AS row, firings.head AS tuple,
        \(place) AS rule, firings.id AS firing,
        premises.round AS premise_round, \(rowText(of: "premise_rows", "premise_relations")) AS premise_row,
        listed.value AS premise
      FROM firings
        CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
        \(joinRows)
        CROSS JOIN runs ON runs.analysis = firings.analysis AND \(hasDerived)
        LEFT JOIN rules ON rules.program = analyses.program AND rules.id = firings.rule
        CROSS JOIN json_each(firings.premises) AS listed
        CROSS JOIN tuples AS premises ON premises.analysis = firings.analysis AND premises.id = listed.value
        CROSS JOIN ground_rows AS premise_rows
          ON premise_rows.analysis = premises.analysis AND premise_rows.id = premises.ground_row
        CROSS JOIN relations AS premise_relations
          ON premise_relations.program = analyses.program AND premise_relations.id = premise_rows.relation
    """

  private static let absent = """
    CREATE VIEW absent AS  -- for each tuple of each run, what its firings found nothing of
      SELECT firings.analysis, runs.id AS run, tuples.round, \(rowText) AS row, firings.head AS tuple,
        \(place) AS rule, firings.id AS firing,
        absences.round AS absence_round, \(rowText(of: "absences", "absent_relations")) AS pattern
      FROM firings
        CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
        \(joinRows)
        CROSS JOIN runs ON runs.analysis = firings.analysis AND \(hasDerived)
        LEFT JOIN rules ON rules.program = analyses.program AND rules.id = firings.rule
        CROSS JOIN json_each(firings.absences) AS listed
        CROSS JOIN absences ON absences.analysis = firings.analysis AND absences.id = listed.value
        CROSS JOIN relations AS absent_relations
          ON absent_relations.program = analyses.program AND absent_relations.id = absences.relation
    """

  // MARK: Parts

  private static let joinRows = """
    CROSS JOIN ground_rows ON ground_rows.analysis = tuples.analysis AND ground_rows.id = tuples.ground_row
        CROSS JOIN analyses ON analyses.id = tuples.analysis
        CROSS JOIN relations ON relations.program = analyses.program AND relations.id = ground_rows.relation
    """

  private static let rowText = rowText(of: "ground_rows", "relations")

  private static let place = "iif(firings.rule IS NULL, 'stays', rules.file || ':' || rules.line)"

  /// The row as a program writes it: `log("a", 1)`, with `_` for any value.
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

extension Sequence<Limit.Kind> {
  /// The limits as SQL lists them.
  var listed: String { map { "'\($0.rawValue)'" }.joined(separator: ", ") }
}

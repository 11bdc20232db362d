// Schema 1, as it was released: what a file of it must hold before it is brought up. Nothing here may change.

extension StoreSchema {
  /// The tables and views of version 1.
  enum Version1 {
    static let tables = [
      """
      CREATE TABLE analyses (  -- verdict: NULL until the analysis has ended
        id INTEGER PRIMARY KEY,
        program INTEGER NOT NULL REFERENCES programs,
        nodes TEXT NOT NULL,  -- JSON array
        eot INTEGER NOT NULL, eff INTEGER NOT NULL, crashes INTEGER NOT NULL,
        oracle TEXT NOT NULL, outcome TEXT NOT NULL, uses_pre INTEGER NOT NULL,
        crash_view TEXT NOT NULL, strategy TEXT NOT NULL,
        verdict TEXT, vacuous INTEGER, harmless_up_to INTEGER, stopped_by TEXT,
        fault_space TEXT NOT NULL,
        costs TEXT  -- JSON object of counters
      )
      """,
      """
      CREATE TABLE runs (  -- digest: of the tuples that held, checked on reading
        analysis INTEGER NOT NULL, id INTEGER NOT NULL,
        role TEXT NOT NULL,  -- 'baseline', 'counterexample', 'trial'
        minimum INTEGER,  -- for a counterexample: whether fewer faults are proved harmless
        violated TEXT NOT NULL,  -- JSON array of rows
        ending TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (analysis, id)
      ) WITHOUT ROWID
      """,
      """
      CREATE TABLE firings (  -- a message has a receiver, and a sender unless the rule's location is _
        analysis INTEGER NOT NULL, head INTEGER NOT NULL, id INTEGER NOT NULL, rule INTEGER NOT NULL,
        premises TEXT NOT NULL,  -- JSON array of numbers of tuples
        absences TEXT NOT NULL,  -- JSON array of numbers of absences
        sender INTEGER, receiver INTEGER,  -- numbers of symbols
        PRIMARY KEY (analysis, head, id)
      ) WITHOUT ROWID
      """,
      """
      CREATE TABLE run_losses (  -- the firings whose messages were lost; fate: 'omitted' or 'crashed'
        analysis INTEGER NOT NULL, run INTEGER NOT NULL, head INTEGER NOT NULL, firing INTEGER NOT NULL,
        fate TEXT NOT NULL,
        PRIMARY KEY (analysis, run, head, firing)
      ) WITHOUT ROWID
      """,
    ]

    /// Also of versions 2 and 3.
    static let held = """
      CREATE VIEW held AS  -- every tuple of every run
        SELECT held.analysis, held.run, tuples.round, relations.name AS relation,
          \(value(of: "json_extract(ground_rows.symbols, '$[0]')", in: "ground_rows")) AS location,
          \(rowText) AS row, tuples.id AS tuple
        FROM run_tuples AS held
          CROSS JOIN tuples ON tuples.analysis = held.analysis AND tuples.id BETWEEN held.first AND held.last
          \(joinRows)
      """

    static let views = [
      held,
      """
      CREATE VIEW sent AS  -- every message of every run
        SELECT happened.analysis, happened.run, tuples.round - 1 AS round,
          \(value(of: "firings.sender", in: "firings")) AS sender,
          \(value(of: "firings.receiver", in: "firings")) AS receiver,
          relations.name AS relation, \(rowText) AS row, 'delivered' AS fate, firings.id AS firing
        FROM firings
          CROSS JOIN run_firings AS happened
            ON happened.analysis = firings.analysis AND firings.id BETWEEN happened.first AND happened.last
          CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
          \(joinRows)
        WHERE firings.receiver IS NOT NULL
        UNION ALL
        SELECT lost.analysis, lost.run, tuples.round - 1,
          \(value(of: "firings.sender", in: "firings")),
          \(value(of: "firings.receiver", in: "firings")),
          relations.name, \(rowText), lost.fate, firings.id
        FROM run_losses AS lost
          CROSS JOIN firings ON firings.analysis = lost.analysis AND firings.head = lost.head AND firings.id = lost.firing
          CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
          \(joinRows)
      """,
      """
      CREATE VIEW lineage AS  -- for each tuple of each run, what it rests on: a line for each premise of each firing
        SELECT firings.analysis, happened.run, tuples.round, \(rowText) AS row, firings.head AS tuple,
          \(place) AS rule, firings.id AS firing,
          premises.round AS premise_round, \(rowText(of: "premise_rows", "premise_relations")) AS premise_row,
          listed.value AS premise
        FROM firings
          CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
          CROSS JOIN run_firings AS happened
            ON happened.analysis = firings.analysis AND firings.id BETWEEN happened.first AND happened.last
          \(joinRows)
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
        SELECT firings.analysis, happened.run, tuples.round, \(rowText) AS row, firings.head AS tuple,
          \(place) AS rule, firings.id AS firing,
          absences.round AS absence_round, \(rowText(of: "absences", "absent_relations")) AS pattern
        FROM firings
          CROSS JOIN tuples ON tuples.analysis = firings.analysis AND tuples.id = firings.head
          CROSS JOIN run_firings AS happened
            ON happened.analysis = firings.analysis AND firings.id BETWEEN happened.first AND happened.last
          \(joinRows)
          CROSS JOIN rules ON rules.program = analyses.program AND rules.id = firings.rule
          CROSS JOIN json_each(firings.absences) AS listed
          CROSS JOIN absences ON absences.analysis = firings.analysis AND absences.id = listed.value
          CROSS JOIN relations AS absent_relations
            ON absent_relations.program = analyses.program AND absent_relations.id = absences.relation
      """,
    ]
  }
}

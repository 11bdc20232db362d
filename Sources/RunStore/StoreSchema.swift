// The tables of a store, as `sqlite3 FILE .schema` shows them, comments included.
//
// What runs share stands once per analysis: symbols, rows (relation and values), tuples (a row in a round), absences,
// firings. They are numbered in order of first appearance, so a run, which has most of them and appends what is new,
// is a few ranges of numbers. Everything is keyed by analysis, so that analyses in one file do not depend on each
// other, and two recordings of one analysis are equal but for `times`. The tables need no further index: firings are
// clustered by head, which is how lineage asks for them, and everything else by number. Loading appends.

/// The schema of the file and what marks it as ours.
enum StoreSchema {
  /// "FLTL", in the header of every store.
  static let applicationID: Int32 = 0x464C_544C

  /// The version that this code writes. A store of version v is brought up by the steps v + 1 … `version`.
  static var version: Int { migrations.count }

  /// The statements that bring a store of version n to version n + 1.
  static let migrations: [[String]] = [tables + views]

  /// What `sqlite_schema` must hold in version n + 1.
  static let objects: [[String]] = [tables + views]

  private static let tables = [
    """
    CREATE TABLE programs (  -- the sources that were analysed, each combination once
      id INTEGER PRIMARY KEY,
      digest TEXT NOT NULL,  -- 'sha256:…' of all files one after the other
      paths TEXT NOT NULL,  -- JSON array, in the order in which the files were read
      UNIQUE (digest, paths)
    )
    """,
    """
    CREATE TABLE sources (
      program INTEGER NOT NULL, position INTEGER NOT NULL,
      path TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY (program, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE relations (  -- aggregate_rule: the rule whose rows a relation like 'votes#3' holds
      program INTEGER NOT NULL, id INTEGER NOT NULL,
      name TEXT NOT NULL, arity INTEGER NOT NULL, aggregate_rule INTEGER,
      PRIMARY KEY (program, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rules (
      program INTEGER NOT NULL, id INTEGER NOT NULL,
      file TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY (program, id)
    ) WITHOUT ROWID
    """,
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
    CREATE TABLE times (  -- all that differs between two equal analyses; seconds: JSON object
      analysis INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, seconds TEXT
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
    CREATE TABLE faults (  -- a crash has no receiver
      analysis INTEGER NOT NULL, run INTEGER NOT NULL, position INTEGER NOT NULL,
      kind TEXT NOT NULL, node TEXT NOT NULL, receiver TEXT, round INTEGER NOT NULL,
      PRIMARY KEY (analysis, run, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE symbols (
      analysis INTEGER NOT NULL, id INTEGER NOT NULL, value NOT NULL,
      PRIMARY KEY (analysis, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE ground_rows (  -- symbols: JSON array of numbers of symbols
      analysis INTEGER NOT NULL, id INTEGER NOT NULL, relation INTEGER NOT NULL, symbols TEXT NOT NULL,
      PRIMARY KEY (analysis, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE tuples (  -- ground_row: number of its row
      analysis INTEGER NOT NULL, id INTEGER NOT NULL, ground_row INTEGER NOT NULL, round INTEGER NOT NULL,
      PRIMARY KEY (analysis, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE absences (  -- symbols: JSON array of numbers of symbols, null for any value
      analysis INTEGER NOT NULL, id INTEGER NOT NULL,
      relation INTEGER NOT NULL, round INTEGER NOT NULL, symbols TEXT NOT NULL,
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
    """
    CREATE TABLE run_losses (  -- the firings whose messages were lost; fate: 'omitted' or 'crashed'
      analysis INTEGER NOT NULL, run INTEGER NOT NULL, head INTEGER NOT NULL, firing INTEGER NOT NULL,
      fate TEXT NOT NULL,
      PRIMARY KEY (analysis, run, head, firing)
    ) WITHOUT ROWID
    """,
  ]
}

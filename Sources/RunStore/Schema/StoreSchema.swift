// The tables of a store, as `sqlite3 FILE .schema` shows them, comments included.
//
// What the runs share is stored once per analysis: symbols, rows (relation and values), tuples (a row in a
// round), absences, firings. They are numbered in order of first appearance. A run has most of them and
// appends what is new, so it is a list of pieces of consecutive numbers: a few dozen, in the order in which
// things happened, in one row of `runs`. Everything is keyed by analysis, so that analyses in one file do not
// depend on each other, and two recordings of one analysis differ only in `times`. Every table is clustered
// by its key, and loading appends. Lineage needs the firings of a head; this is the only further index.

/// The schema of the file, and the numbers that mark it as a store.
enum StoreSchema {
  /// "FLTL", in the header of every store.
  static let applicationID: Int32 = 0x464C_544C

  /// The number of this schema, in the header of every store. Every change below gets a new number; a store
  /// with any other number is refused.
  static let number = 7

  /// The statements that make an empty store: exactly what `sqlite_schema` must contain.
  static let objects = tables + ["CREATE INDEX firings_by_head ON firings (analysis, head)"] + views

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
    CREATE TABLE analyses (  -- verdict: NULL until the analysis has ended; digest: of this row
      id INTEGER PRIMARY KEY,
      program INTEGER NOT NULL REFERENCES programs,
      nodes TEXT NOT NULL,  -- JSON array
      eot INTEGER NOT NULL, eff INTEGER NOT NULL, crashes INTEGER NOT NULL,
      asked TEXT NOT NULL,  -- the question as a counterexample file says it; the columns around are parts of it
      oracle TEXT NOT NULL, outcome TEXT, uses_pre INTEGER NOT NULL,
      crash_view TEXT NOT NULL, strategy TEXT NOT NULL,
      options TEXT NOT NULL,  -- of the strategy, e.g. 'seed=1 runs=100'
      verdict TEXT, vacuous INTEGER, harmless_up_to INTEGER, stopped_by TEXT,
      fault_space TEXT,  -- NULL where the bounds are not those of the paper
      costs TEXT,  -- JSON object of all counters, by name
      digest TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE times (  -- all that differs between two equal analyses; seconds: JSON object of all times, by name
      analysis INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, seconds TEXT
    )
    """,
    """
    CREATE TABLE runs (  -- digest: of all that is on record of the run, checked on reading
      analysis INTEGER NOT NULL, id INTEGER NOT NULL,
      role TEXT NOT NULL,  -- 'baseline', 'counterexample' (it breaks the outcome), 'trial'
      inputs TEXT NOT NULL,  -- JSON array: the facts that are chosen, as a program writes them
      minimum INTEGER,  -- for the counterexample of the answer: whether fewer faults are proved harmless
      violated TEXT NOT NULL,  -- JSON array: the rows of the outcome, or the property, round and row of each violation
      ending TEXT NOT NULL,
      tuples TEXT NOT NULL,  -- what held, in order: JSON array of pieces, [first, last] of consecutive numbers of tuples
      firings TEXT NOT NULL,  -- what fired, with what was lost, in order: pieces of numbers of firings
      omitted TEXT NOT NULL, partitioned TEXT NOT NULL,  -- the firings whose messages were lost, ascending: pieces
      receiver_down TEXT NOT NULL, sender_crashed TEXT NOT NULL,
      digest TEXT NOT NULL,
      PRIMARY KEY (analysis, id)
    )
    """,
    """
    CREATE TABLE faults (  -- each kind has some of the columns; a link goes from the node to the receiver
      analysis INTEGER NOT NULL, run INTEGER NOT NULL, position INTEGER NOT NULL,
      kind TEXT NOT NULL, node TEXT, receiver TEXT,
      side TEXT,  -- JSON array of nodes
      fact TEXT,  -- as a program writes it
      round INTEGER NOT NULL,
      until INTEGER, late INTEGER,  -- the round after the last one; by how many rounds a message comes late
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
      analysis INTEGER NOT NULL, id INTEGER NOT NULL,
      rule INTEGER,  -- NULL where a row stays, because its node does not act
      head INTEGER NOT NULL,
      premises TEXT NOT NULL,  -- JSON array of numbers of tuples
      absences TEXT NOT NULL,  -- JSON array of numbers of absences
      sender INTEGER, receiver INTEGER,  -- numbers of symbols
      late INTEGER,  -- by how many rounds the message comes late
      PRIMARY KEY (analysis, id)
    ) WITHOUT ROWID
    """,
  ]
}

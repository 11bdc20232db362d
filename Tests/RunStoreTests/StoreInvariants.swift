// What is true of the contents of every store, whatever was recorded into it and wherever that was cut off.
// Each is a query for the rows of which it is not true, so nothing of the code that writes and reads stores
// is believed.

import GRDB
import Testing

@testable import RunStore

/// A sentence about a store, and the query for what contradicts it.
private struct StoreInvariant {
  let sentence: String
  let exceptions: String

  init(_ sentence: String, _ exceptions: String) {
    self.sentence = sentence
    self.exceptions = exceptions
  }

  /// The numbers in `column` of `table` go from `first` on without a gap, for each `group`.
  static func numbered(_ table: String, _ column: String, from first: Int, per group: String) -> Self {
    Self(
      "\(column) of \(table) counts from \(first) for each \(group)",
      """
      SELECT \(group) FROM \(table) GROUP BY \(group)
      HAVING min(\(column)) <> \(first) OR max(\(column)) <> count(DISTINCT \(column)) + \(first) - 1
      """)
  }

  /// Each row of `table` names a row that is there.
  static func named(_ table: String, _ condition: String, in other: String) -> Self {
    Self(
      "each of \(table) names one of \(other)",
      "SELECT * FROM \(table) WHERE NOT EXISTS (SELECT * FROM \(other) WHERE \(condition))")
  }

  /// Each number in the JSON array `list` of `table` names a row of `other`, in the same analysis.
  static func listed(_ table: String, _ list: String, in other: String) -> Self {
    Self(
      "\(list) of \(table) lists numbers of \(other)",
      """
      SELECT \(table).id, item.value FROM \(table), json_each(\(table).\(list)) AS item
      WHERE item.value IS NOT NULL AND NOT EXISTS (
        SELECT * FROM \(other) WHERE \(other).analysis = \(table).analysis AND \(other).id = item.value)
      """)
  }

  static let all = programs + analyses + shared + faults

  private static let programs =
    ["sources", "relations", "rules"].map { named($0, "programs.id = program", in: "programs") } + [
      named("analyses", "programs.id = program", in: "programs"),
      named("programs", "analyses.program = programs.id", in: "analyses"),
      numbered("sources", "position", from: 0, per: "program"),
      numbered("relations", "id", from: 0, per: "program"),
      numbered("rules", "id", from: 0, per: "program"),
    ]

  private static let analyses =
    ["runs", "symbols", "ground_rows", "tuples", "absences", "firings", "times"].map {
      named($0, "analyses.id = analysis", in: "analyses")
    } + [
      named("analyses", "times.analysis = analyses.id", in: "times"),
      named("faults", "runs.analysis = faults.analysis AND runs.id = faults.run", in: "runs"),
      numbered("runs", "id", from: 1, per: "analysis"),
      Self(
        "an analysis has its costs and its end with its verdict",
        """
        SELECT id FROM analyses JOIN times ON times.analysis = id
        WHERE (verdict IS NULL) <> (costs IS NULL) OR (verdict IS NULL) <> (finished IS NULL)
        """),
      Self(
        "the run without faults is the baseline",
        """
        SELECT * FROM runs WHERE (role = 'baseline') = EXISTS (
          SELECT * FROM faults WHERE faults.analysis = runs.analysis AND faults.run = runs.id)
        """),
      Self("a trial violates nothing", "SELECT * FROM runs WHERE role = 'trial' AND violated <> '[]'"),
      Self(
        "only the counterexample of an answer is called a minimum or none",
        """
        SELECT runs.id FROM runs JOIN analyses ON analyses.id = analysis
        WHERE minimum IS NOT NULL AND (role <> 'counterexample' OR verdict IS NOT 'counterexample')
        """),
    ]

  private static let shared =
    ["symbols", "ground_rows", "tuples", "absences", "firings"].map {
      numbered($0, "id", from: 0, per: "analysis")
    } + [
      listed("ground_rows", "symbols", in: "symbols"), listed("absences", "symbols", in: "symbols"),
      listed("firings", "premises", in: "tuples"), listed("firings", "absences", in: "absences"),
      Self(
        "a tuple is a row in a round of its analysis",
        """
        SELECT tuples.id FROM tuples JOIN analyses ON analyses.id = analysis
        WHERE round NOT BETWEEN 1 AND eot OR NOT EXISTS (
          SELECT * FROM ground_rows AS rows WHERE rows.analysis = tuples.analysis AND rows.id = ground_row)
        """),
      Self(
        "each tuple and each row stands once",
        """
        SELECT analysis, ground_row FROM tuples GROUP BY analysis, ground_row, round HAVING count(*) > 1
        UNION ALL
        SELECT analysis, relation FROM ground_rows GROUP BY analysis, relation, symbols HAVING count(*) > 1
        """),
      arity("ground_rows"), arity("absences"),
      Self(
        "a firing is of a rule, unless a row stays, and has a head",
        """
        SELECT firings.id FROM firings JOIN analyses ON analyses.id = analysis
        WHERE rule IS NOT NULL
            AND NOT EXISTS (SELECT * FROM rules WHERE rules.program = analyses.program AND rules.id = rule)
          OR NOT EXISTS (SELECT * FROM tuples WHERE tuples.analysis = firings.analysis AND tuples.id = head)
        """),
      Self(
        "a row that stays rests on itself, in the round before",
        """
        SELECT firings.id FROM firings JOIN tuples AS derived
          ON derived.analysis = firings.analysis AND derived.id = firings.head
        WHERE rule IS NULL AND NOT EXISTS (
          SELECT * FROM tuples WHERE tuples.analysis = firings.analysis
            AND premises = '[' || tuples.id || ']' AND tuples.ground_row = derived.ground_row
            AND tuples.round = derived.round - 1)
        """),
      Self(
        "messages, and no other firings, say how late they are",
        "SELECT id FROM firings WHERE (receiver IS NULL) <> (late IS NULL) OR late < 0"),
      Self(
        "sender and receiver are nodes, and who sends has a receiver",
        """
        SELECT firings.id FROM firings JOIN analyses ON analyses.id = analysis
        WHERE receiver IS NULL AND sender IS NOT NULL OR EXISTS (
          SELECT * FROM symbols WHERE symbols.analysis = firings.analysis AND symbols.id IN (sender, receiver)
            AND value NOT IN (SELECT node.value FROM json_each(nodes) AS node))
        """),
    ]

  private static func arity(_ table: String) -> Self {
    Self(
      "each of \(table) has a value for each column of its relation",
      """
      SELECT \(table).id FROM \(table) JOIN analyses ON analyses.id = analysis WHERE NOT EXISTS (
        SELECT * FROM relations WHERE relations.program = analyses.program AND relations.id = relation
          AND arity = json_array_length(symbols))
      """)
  }

  private static let faults = [
    Self(
      "the faults of a run are counted from 0",
      "SELECT * FROM faults GROUP BY analysis, run HAVING min(position) <> 0 OR max(position) <> count(*) - 1"
    ),
    Self(
      "each kind of fault has its columns",
      """
      SELECT * FROM faults WHERE kind NOT IN (
          'crash', 'omission', 'delay', 'duplicate', 'pause', 'restart', 'partition', 'wipe', 'missing')
        OR (kind IN ('partition', 'missing')) <> (node IS NULL)
        OR (kind IN ('omission', 'delay', 'duplicate')) = (receiver IS NULL)
        OR (kind = 'partition') = (side IS NULL) OR (kind = 'missing') = (fact IS NULL)
        OR (kind IN ('pause', 'restart', 'partition', 'wipe')) = (until IS NULL)
        OR (kind IN ('delay', 'duplicate')) = (late IS NULL) OR until <= round OR late < 1
      """),
    Self(
      "faults strike nodes of the analysis, in one of its rounds",
      """
      SELECT run FROM faults JOIN analyses ON analyses.id = analysis
      WHERE round NOT BETWEEN 1 AND eot OR node NOT IN (SELECT value FROM json_each(nodes))
        OR receiver NOT IN (SELECT value FROM json_each(nodes))
      """),
  ]
}

extension RunStore {
  /// Expects of the file what is true of every store, and that it matches its digests.
  func checkInvariants(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try contradictions() == [], sourceLocation: sourceLocation)
    for analysis in try analyses() { try self.analysis(analysis.id).verify() }
  }

  /// What the file, read with SQLite alone, says against what is true of every store.
  func contradictions() throws -> [String] {
    let file = try DatabaseQueue(path: path)
    let contradictions = try file.read { database in
      var found = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      for invariant in StoreInvariant.all {
        let exceptions = try Row.fetchAll(database, sql: invariant.exceptions)
        if !exceptions.isEmpty { found.append("\(invariant.sentence), but for \(exceptions.prefix(3))") }
      }
      for analysis in try Int.fetchAll(database, sql: "SELECT id FROM analyses") {
        found += try StoredRuns(of: analysis, in: database).flaws.map { "analysis \(analysis): \($0)" }
      }
      return found
    }
    try file.close()
    return contradictions
  }
}

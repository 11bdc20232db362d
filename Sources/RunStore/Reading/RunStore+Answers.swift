import GRDB

/// The recorded answer of an analysis, apart from its verdict.
public struct AnswerRecord: Hashable, Sendable {
  /// For `holds`: whether no admissible run has a row in `pre`.
  public let isVacuous: Bool
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public let harmlessUpTo: Int?
  /// The limit that stopped the search, in words; nil where it reached its end.
  public let stoppedBy: String?
  /// Counters, by name: `executions`, `tuples`, `gates`, `faultVariables`, `variables`, `clauses`,
  /// `conflicts`, …
  public let costs: [String: Int]
}

extension RunStore {
  /// The answer of `analysis`; nil where it has none.
  public func answer(of analysis: AnalysisID) throws(StoreError) -> AnswerRecord? {
    try read { database in
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT vacuous, harmless_up_to, stopped_by, costs FROM analyses WHERE id = ? AND verdict IS NOT NULL
            """, arguments: [analysis.number])
      else { return nil }
      let costs = try Row.fetchAll(
        database, sql: "SELECT key, value FROM json_each(?) WHERE type = 'integer'",
        arguments: [try row.value("costs") ?? "{}"])
      return AnswerRecord(
        isVacuous: try row.value("vacuous") ?? false, harmlessUpTo: try row.value("harmless_up_to"),
        stoppedBy: try row.value("stopped_by"),
        costs: Dictionary(
          try costs.map { (try $0.value("key"), try $0.value("value")) }, uniquingKeysWith: { $1 }))
    }
  }
}

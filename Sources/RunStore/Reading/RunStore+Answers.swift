import Answers
import GRDB

/// The recorded answer of an analysis, apart from its verdict.
public struct AnswerRecord: Sendable {
  /// For `holds`: whether no admissible run has a row in `pre`.
  public let isVacuous: Bool
  /// The largest number of faults that is proved harmless; nil when nothing is proved.
  public let harmlessUpTo: Int?
  /// The limit that stopped the search; nil where it reached its end.
  public let stoppedBy: Limit.Kind?
  /// The counters and times of the search.
  public let cost: Cost
}

extension RunStore {
  /// The answer of `analysis`; nil where it has none.
  public func answer(of analysis: AnalysisID) throws(StoreError) -> AnswerRecord? {
    try read { try StoreReader($0, path).answer(of: analysis) }
  }
}

extension StoreReader {
  func answer(of analysis: AnalysisID) throws -> AnswerRecord? {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT vacuous, harmless_up_to, stopped_by, costs, seconds
          FROM analyses JOIN times ON times.analysis = analyses.id WHERE id = ? AND verdict IS NOT NULL
          """, arguments: [analysis.number])
    else { return nil }
    guard let cost = try cost(counters: row.value("costs"), seconds: row.value("seconds")) else {
      throw damage("the counters or times of analysis \(analysis.number) are not complete")
    }
    return AnswerRecord(
      isVacuous: try row.value("vacuous") ?? false, harmlessUpTo: try row.value("harmless_up_to"),
      stoppedBy: try limit(row.value("stopped_by"), of: analysis), cost: cost)
  }

  /// What the JSON objects `counters` and `seconds` say; nil where one of the values is missing.
  private func cost(counters: String?, seconds: String?) throws -> Cost? {
    var cost = Cost()
    let counts: [String: Int] = try members(of: counters ?? "{}", "type = 'integer'")
    for counter in Cost.Counter.allCases {
      guard let count = counts[counter.rawValue] else { return nil }
      cost[counter] = count
    }
    let times: [String: Double] = try members(of: seconds ?? "{}", "type IN ('integer', 'real')")
    for phase in Cost.Phase.allCases {
      guard let time = times[phase.rawValue] else { return nil }
      cost[phase] = time
    }
    return cost
  }

  /// The members of the JSON object `object` that meet `condition`.
  private func members<Value: DatabaseValueConvertible>(
    of object: String, _ condition: String
  ) throws -> [String: Value] {
    let rows = try Row.fetchAll(
      database, sql: "SELECT key, value FROM json_each(?) WHERE \(condition)", arguments: [object])
    return Dictionary(try rows.map { (try $0.value("key"), try $0.value("value")) }, uniquingKeysWith: { $1 })
  }
}

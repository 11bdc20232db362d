// SQLite's own check does not notice a value that has changed, so each run carries a digest of what held in it. It is
// made of text rather than of numbers, so that neither the order of derivation nor the numbering matters.

import Dedalus
import Evaluation
import FaultInjection

extension Execution {
  /// The digest of everything that held.
  var digest: String {
    let texts = store.rowCount == 0 ? [] : (0..<store.rowCount).map { rowText(RowID($0)) }
    return RowDigest.digest(
      of: store.tuples.map { (round: store.round(of: $0).position, row: texts[store.row(of: $0).position]) })
  }

  private func rowText(_ row: RowID) -> String {
    RowDigest.text(schema[store.relation(of: row)].name, values(of: row))
  }
}

/// The digest of tuples.
enum RowDigest {
  /// A row as the digest sees it: relation and values, exact for any string.
  static func text(_ relation: String, _ values: [Constant]) -> String {
    relation
      + values.map { value in
        switch value {
        case .integer(let number): "\t\(number)"
        case .string(let text): "\t\(text.string.utf8.count):\(text.string)"
        }
      }.joined()
  }

  /// The digest of the tuples, in any order.
  static func digest(of tuples: [(round: Int, row: String)]) -> String {
    let lines = tuples.map { "\($0.round)\t\($0.row)\n" }.map { Array($0.utf8) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    return "sha256:" + SHA256.hexadecimalDigest(of: Array(lines.joined()))
  }
}

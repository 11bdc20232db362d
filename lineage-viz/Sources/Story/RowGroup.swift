import Dedalus

/// Rows of one relation, written one by one, up to some number.
struct RowGroup {
  let name: String
  let rows: [[Constant]]

  /// The largest number of rows that are written one by one.
  private static let longest = 4

  var text: String {
    var distinct: [[Constant]] = []
    for row in rows where !distinct.contains(row) { distinct.append(row) }
    let shown = distinct.prefix(Self.longest).map { row in written(row.map(Self.word)) }
    let rest = distinct.count - shown.count
    return StorySentences.joined(shown + (rest > 0 ? ["\(rest) more"] : []))
  }

  private func written(_ columns: [String]) -> String { "\(name)(\(columns.joined(separator: ", ")))" }

  private static func word(_ value: Constant) -> String {
    shortened(value.description.showingEverything, to: 60)
  }
}

import Dedalus

/// Rows of one relation, written together: `log({"b", "c"}, "x")` where they are all combinations of some
/// values, otherwise one by one.
struct RowGroup {
  let name: String
  let rows: [[Constant]]

  /// The largest number of rows that are written one by one.
  private static let longest = 4

  var text: String {
    var distinct: [[Constant]] = []
    for row in rows where !distinct.contains(row) { distinct.append(row) }
    let arity = distinct.first?.count ?? 0
    let columns = (0..<arity).map { column in Array(Set(distinct.map { $0[column] })).sorted() }
    let combinations = columns.reduce(1) { product, values in
      product.multipliedReportingOverflow(by: values.count).overflow ? .max : product * values.count
    }
    if combinations == distinct.count {
      return written(
        columns.map { $0.count == 1 ? Self.word($0[0]) : "{\($0.map(Self.word).joined(separator: ", "))}" })
    }
    let shown = distinct.prefix(Self.longest).map { row in written(row.map(Self.word)) }
    let rest = distinct.count - shown.count
    return StorySentences.joined(shown + (rest > 0 ? ["\(rest) more"] : []))
  }

  private func written(_ columns: [String]) -> String { "\(name)(\(columns.joined(separator: ", ")))" }

  private static func word(_ value: Constant) -> String {
    shortened(value.description.showingEverything, to: 60)
  }
}

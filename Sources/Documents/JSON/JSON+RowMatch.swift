import Dedalus
import Properties

// The rows that are looked for, in the form that all documents use.

extension JSON {
  /// `{"relation": "log", "columns": ["a", null], "round": null}`
  public init(_ match: RowMatch) {
    self = [
      "relation": .string(match.relation),
      "columns": .array(
        match.columns.map { column in
          switch column {
          case nil: .null
          case .integer(let value)?: .integer(Int(value))
          case .string(let text)?: .string(text.string)
          }
        }),
      "round": match.round.map { .integer($0) } ?? .null,
    ]
  }
}

extension StrictJSON {
  /// The reverse of `JSON(match)`.
  func rowMatch() throws(JSONError) -> RowMatch {
    let object = try StrictObject(self, keys: ["relation", "columns", "round"])
    var columns: [Constant?] = []
    for element in try object["columns"].elements(atMost: 1000) {
      columns.append(element.isNull ? nil : try element.constant())
    }
    let round = object["round"]
    return RowMatch(
      try object["relation"].string(), columns,
      in: round.isNull ? nil : try round.integer(in: 1...1_000_000_000))
  }

  private var isNull: Bool { if case .null = content { true } else { false } }
}

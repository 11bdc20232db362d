import Dedalus
import Properties
import Scenarios

// What is violated, in the form that all documents use.

extension JSON {
  /// `{"property": "mutex", "round": 5, "row": ["a", "b"]}`
  public init(_ violation: Violation) {
    self = [
      "property": .string(violation.property), "round": .integer(violation.round.position),
      "row": JSON(row: violation.row),
    ]
  }

  /// `"violated": [["a", "b"]]`, the rows of `outcome`; and where properties have names, `"violations"`, one
  /// entry for each row of each property.
  public static func members(
    _ violations: [Violation], of outcome: String?, named: Bool
  ) -> [Member] {
    let rows = Member(key: "violated", value: JSON(rows: violations.of(outcome).rows))
    return named ? [rows, Member(key: "violations", value: .array(violations.map(JSON.init)))] : [rows]
  }
}

extension JSON {
  /// The members for `violations` in an answer to `question`.
  public static func members(_ violations: [Violation], in question: Question) -> [Member] {
    members(violations, of: question.outcome?.name, named: question.namesProperties)
  }
}

extension StrictObject {
  /// The reverse of `JSON.members`. Without names, the rows are violated in the last round.
  package func violations(of asked: AskedQuestion) throws(JSONError) -> [Violation] {
    let rows = try self["violated"].rows()
    guard let named = value(of: "violations") else {
      return rows.map { Violation(property: asked.outcome, round: Round(asked.bounds.eot), row: $0) }
    }
    var violations: [Violation] = []
    for element in try named.elements(atMost: 1_000_000) {
      let object = try StrictObject(element, keys: ["property", "round", "row"])
      violations.append(
        Violation(
          property: try object["property"].string(),
          round: Round(try object["round"].integer(in: 1...asked.bounds.eot)), row: try object["row"].row()))
    }
    return violations
  }
}

import Dedalus
import Texts

/// What one match derives. For an aggregating rule, `head` is a row: the values of the group and those to be
/// aggregated, as they are in the head; then, where the rule sends messages, the node that sends them.
struct Derivation {
  let head: [Constant]
  let match: Match
}

/// What an aggregating rule derives from the distinct rows of one group.
struct GroupResult {
  let head: [Constant]
  /// The node that sends the head where it is a message; nil for a rule with location `_`.
  let sender: Text?
  let rows: [[Constant]]
}

extension RuleMatches {
  /// What each match derives; a message to a string that is not a node derives nothing.
  func derivations() throws(ReferenceFailure) -> [Derivation] {
    var found: [Derivation] = []
    for match in try all() {
      var head = try headValues(match)
      if rule.isAggregate {
        if isSentByMany, let sender = match.location { head.append(.string(sender)) }
      } else if rule.timing == .async {
        guard isNode(head[0]) else { continue }
      }
      found.append(Derivation(head: head, match: match))
    }
    return found
  }

  /// Whether `constant` is the name of a node.
  func isNode(_ constant: Constant) -> Bool {
    if case .string(let name) = constant { run.nodes.contains(name) } else { false }
  }

  /// Whether each node sends aggregates of its own rows.
  private var isSentByMany: Bool {
    guard rule.timing == .async, rule.isAggregate, case .variable = rule.location else { return false }
    return true
  }

  /// The node that sends the aggregate of a group with this row.
  private func sender(ofGroupWith row: [Constant]) -> Text? {
    switch (rule.location, row.last) {
    case (.constant(.string(let node)), _): node
    case (.variable, .string(let node)?) where isSentByMany: node
    default: nil
    }
  }

  private func headValues(_ match: Match) throws(ReferenceFailure) -> [Constant] {
    var values: [Constant] = []
    for column in rule.head {
      switch column {
      case .expression(let expression): values.append(try value(of: expression, match.binding))
      case .aggregate(_, let variable): values.append(try value(of: .variable(variable), match.binding))
      }
    }
    return values
  }

  /// One result per group of the distinct rows among `derivations`, in order of the groups.
  func groups(of derivations: [Derivation]) throws(ReferenceFailure) -> [GroupResult] {
    let rows = Set(derivations.map(\.head)).sorted { $0.lexicographicallyPrecedes($1) }
    var keys: [[Constant]] = []
    for row in rows where !keys.contains(key(of: row)) { keys.append(key(of: row)) }
    var results: [GroupResult] = []
    for key in keys {
      let group = rows.filter { self.key(of: $0) == key }
      results.append(
        GroupResult(head: try aggregated(group), sender: sender(ofGroupWith: group[0]), rows: group))
    }
    assert(results.map(\.rows.count).reduce(0, +) == rows.count, "each row is in one group")
    return results
  }

  /// The columns that are not aggregated, and the sender if there is one.
  private func key(of row: [Constant]) -> [Constant] {
    assert(
      row.count == rule.head.count + (isSentByMany ? 1 : 0),
      "a row has the columns of the head, and the sender where each node sends its own aggregates")
    return zip(rule.head, row).compactMap { column, value in
      if case .expression = column { value } else { nil }
    } + row.dropFirst(rule.head.count)
  }

  private func aggregated(_ rows: [[Constant]]) throws(ReferenceFailure) -> [Constant] {
    var head: [Constant] = []
    for (position, column) in rule.head.enumerated() {
      let values = rows.map { $0[position] }
      switch column {
      case .expression: head.append(values[0])
      case .aggregate(let aggregate, _): head.append(try aggregated(values, by: aggregate))
      }
    }
    return head
  }

  private func aggregated(
    _ values: [Constant], by aggregate: Aggregate
  ) throws(ReferenceFailure) -> Constant {
    switch aggregate {
    case .count: return .integer(Int64(values.count))
    case .min: return values.reduce(values[0]) { min($0, $1) }
    case .max: return values.reduce(values[0]) { max($0, $1) }
    case .sum:
      if let sum = Int64(exactly: exactSum(values)) { return .integer(sum) }
      throw .arithmetic(rule: id, round: round, operation: "sum of \(values.count) values")
    case .average:
      return .integer(Int64(exactSum(values) / Int128(values.count)))
    }
  }

  private func exactSum(_ values: [Constant]) -> Int128 {
    values.reduce(0) { sum, value in
      guard case .integer(let value) = value else {
        preconditionFailure("a checked rule adds up integers only")
      }
      return sum + Int128(value)
    }
  }
}

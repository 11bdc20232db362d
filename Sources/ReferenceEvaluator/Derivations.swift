import Dedalus

/// What one match derives. For an aggregating rule `head` is a row: the values of the group and those to be
/// aggregated, as they stand in the head.
struct Derivation {
  let head: [Constant]
  let match: Match
}

/// What an aggregating rule derives from the distinct rows of one group.
struct GroupResult {
  let head: [Constant]
  let rows: [[Constant]]
}

extension RuleMatches {
  /// What each match derives; a message to what is no node is none.
  func derivations() throws(ReferenceFailure) -> [Derivation] {
    var found: [Derivation] = []
    for match in try all() {
      let head = try headValues(match)
      if rule.timing == .async {
        guard case .string(let receiver)? = head.first, run.nodes.contains(receiver) else { continue }
      }
      found.append(Derivation(head: head, match: match))
    }
    return found
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
      results.append(GroupResult(head: try aggregated(group), rows: group))
    }
    return results
  }

  /// The columns that are not aggregated.
  private func key(of row: [Constant]) -> [Constant] {
    zip(rule.head, row).compactMap { column, value in
      if case .expression = column { value } else { nil }
    }
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

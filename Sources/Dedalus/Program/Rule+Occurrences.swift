import Indices

extension Rule {
  /// Whether the rule tells values apart in one of these columns, counted from 0, of `atom`, one of its body.
  package func distinguishes(_ columns: [Int], of atom: Atom) -> Bool {
    columns.contains { column in
      switch atom.columns[column] {
      case .wildcard: false
      case .variable(let variable): occurrences(of: variable) > 1
      case .constant, .expression: true
      }
    }
  }

  /// How often `variable` stands in the rule.
  private func occurrences(of variable: VariableID) -> Int {
    let inHead = head.map { column in
      switch column {
      case .aggregate(_, let aggregated): aggregated == variable ? 1 : 0
      case .expression(let expression): expression.occurrences(of: variable)
      }
    }
    let inBody = body.map { term in
      switch term {
      case .atom(let atom): atom.occurrences(of: variable)
      case .comparison(let comparison): comparison.occurrences(of: variable)
      case .count(let count):
        (count.result == variable ? 1 : 0)
          + count.atoms.map { $0.occurrences(of: variable) }.reduce(0, +)
          + count.comparisons.map { $0.occurrences(of: variable) }.reduce(0, +)
      }
    }
    return (inHead + inBody).reduce(0, +)
  }
}

extension Comparison {
  fileprivate func occurrences(of variable: VariableID) -> Int {
    left.occurrences(of: variable) + right.occurrences(of: variable)
  }
}

extension Atom {
  fileprivate func occurrences(of variable: VariableID) -> Int {
    columns.map { column in
      switch column {
      case .variable(let other): other == variable ? 1 : 0
      case .expression(let expression): expression.occurrences(of: variable)
      case .constant, .wildcard: 0
      }
    }.reduce(0, +)
  }
}

extension Expression {
  fileprivate func occurrences(of variable: VariableID) -> Int {
    switch self {
    case .constant: 0
    case .variable(let other): other == variable ? 1 : 0
    case .binary(_, let left, let right): left.occurrences(of: variable) + right.occurrences(of: variable)
    }
  }
}

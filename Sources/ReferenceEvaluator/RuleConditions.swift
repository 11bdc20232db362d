import Dedalus

/// A condition on a match whose atoms are joined.
private enum Condition {
  /// A column of a positive atom, whose tuple holds `value`, equals an expression.
  case column(value: Constant, Expression)
  /// A column of a negated atom: it is computed here, and compared when the negated atom is tested.
  case sought(Expression)
  case comparison(Comparison)
  /// The number of ways in which everything within the braces holds; its place in the body tells counts
  /// apart.
  case count(place: Int, Count)

  /// The variables that must be bound before it can be evaluated.
  func reads(unless binding: Binding) -> Set<VariableID> {
    switch self {
    case .column(_, let expression), .sought(let expression): return expression.variables
    case .comparison(let comparison):
      if let target = comparison.binds, binding[target.position] == nil { return comparison.right.variables }
      return comparison.left.variables.union(comparison.right.variables)
    case .count(_, let count): return Set(count.shared)
    }
  }
}

extension Expression {
  fileprivate var variables: Set<VariableID> {
    switch self {
    case .constant: []
    case .variable(let variable): [variable]
    case .binary(_, let left, let right): left.variables.union(right.variables)
    }
  }
}

extension RuleMatches {
  /// `binding` with what the conditions bind, or nil where one of them is false.
  ///
  /// The next condition to be evaluated is always the first, in source order, whose variables are bound.
  func meetingConditions(
    _ binding: Binding, _ premises: [GroundTuple]
  ) throws(ReferenceFailure) -> (Binding, [CountedTuples])? {
    var binding = binding
    var counted: [CountedTuples] = []
    var waiting = conditions(premises)
    while !waiting.isEmpty {
      let next = waiting.firstIndex { $0.reads(unless: binding).allSatisfy { binding[$0.position] != nil } }
      guard let next else { preconditionFailure("every variable of a checked rule is bound at last") }
      guard try holds(waiting.remove(at: next), &binding, &counted) else { return nil }
    }
    return (binding, counted.sorted { $0.place < $1.place })
  }

  private func conditions(_ premises: [GroundTuple]) -> [Condition] {
    var conditions: [Condition] = []
    var matched = premises[...]
    for (place, term) in rule.body.enumerated() {
      switch term {
      case .comparison(let comparison): conditions.append(.comparison(comparison))
      case .count(let count): conditions.append(.count(place: place, count))
      case .atom(let atom):
        let tuple = atom.isNegated ? nil : matched.popFirst()
        for (position, column) in atom.columns.enumerated() {
          guard case .expression(let expression) = column else { continue }
          conditions.append(
            tuple.map { .column(value: $0.values[position], expression) } ?? .sought(expression))
        }
      }
    }
    assert(matched.isEmpty, "the premises are those of the positive atoms, in source order")
    return conditions
  }

  private func holds(
    _ condition: Condition, _ binding: inout Binding, _ counted: inout [CountedTuples]
  ) throws(ReferenceFailure) -> Bool {
    switch condition {
    case .count(let place, let count):
      let ways = ways(of: count, binding)
      assert(binding[count.result.position] == nil, "nothing but its count binds the result")
      binding[count.result.position] = .integer(Int64(ways.count))
      counted.append(
        CountedTuples(place: place, tuples: ways, absence: ways.isEmpty ? absence(of: count, binding) : nil))
      return true
    case .column(let value, let expression):
      return try self.value(of: expression, binding) == value
    case .sought(let expression):
      _ = try value(of: expression, binding)
      return true
    case .comparison(let comparison):
      if let target = comparison.binds, binding[target.position] == nil {
        binding[target.position] = try value(of: comparison.right, binding)
        return true
      }
      let left = try value(of: comparison.left, binding)
      let right = try value(of: comparison.right, binding)
      return comparison.comparator.holds(left, right)
    }
  }

  /// The value of an expression whose variables are bound: left operand, right operand, operation.
  func value(of expression: Expression, _ binding: Binding) throws(ReferenceFailure) -> Constant {
    switch expression {
    case .constant(let constant): return constant
    case .variable(let variable):
      guard let value = binding[variable.position] else {
        preconditionFailure("a checked rule computes with bound variables only")
      }
      return value
    case .binary(let operation, let left, let right):
      let operands = (try value(of: left, binding), try value(of: right, binding))
      guard case (.integer(let left), .integer(let right)) = operands else {
        preconditionFailure("a checked rule computes with integers only")
      }
      if let result = operation.result(left, right) { return .integer(result) }
      throw .arithmetic(rule: id, round: round, operation: "\(left) \(operation.rawValue) \(right)")
    }
  }
}

extension ArithmeticOperator {
  /// The exact result, for `/` truncated towards zero; nil where there is none or it needs more than 64 bits.
  fileprivate func result(_ left: Int64, _ right: Int64) -> Int64? {
    if self == .divide || self == .remainder, right == 0 { return nil }
    let (left, right) = (Int128(left), Int128(right))
    switch self {
    case .add: return Int64(exactly: left + right)
    case .subtract: return Int64(exactly: left - right)
    case .multiply: return Int64(exactly: left * right)
    case .divide: return Int64(exactly: left / right)
    case .remainder: return Int64(exactly: left - left / right * right)
    case .minimum: return Int64(exactly: left < right ? left : right)
    case .maximum: return Int64(exactly: left < right ? right : left)
    }
  }
}

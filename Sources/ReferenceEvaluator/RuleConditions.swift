import Dedalus

/// A condition on a match whose atoms are joined.
private enum Condition {
  /// A column of a positive atom, whose tuple holds `value`, equals an expression.
  case column(value: Constant, Expression)
  /// A column of a negated atom: it is computed here, and compared when the negated atom is tested.
  case sought(Expression)
  case comparison(Comparison)

  /// The variables that must be bound before it can be evaluated.
  func reads(unless binding: Binding) -> Set<VariableID> {
    switch self {
    case .column(_, let expression), .sought(let expression): return expression.variables
    case .comparison(let comparison):
      if let target = comparison.binds, binding[target.position] == nil { return comparison.right.variables }
      return comparison.left.variables.union(comparison.right.variables)
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
  ) throws(ReferenceFailure) -> Binding? {
    var binding = binding
    var waiting = conditions(premises)
    while !waiting.isEmpty {
      let next = waiting.firstIndex { $0.reads(unless: binding).allSatisfy { binding[$0.position] != nil } }
      guard let next else { preconditionFailure("every variable of a checked rule is bound at last") }
      guard try holds(waiting.remove(at: next), &binding) else { return nil }
    }
    return binding
  }

  private func conditions(_ premises: [GroundTuple]) -> [Condition] {
    var conditions: [Condition] = []
    var matched = premises[...]
    for term in rule.body {
      switch term {
      case .comparison(let comparison): conditions.append(.comparison(comparison))
      case .atom(let atom):
        let tuple = atom.isNegated ? nil : matched.popFirst()
        for (position, column) in atom.columns.enumerated() {
          guard case .expression(let expression) = column else { continue }
          conditions.append(
            tuple.map { .column(value: $0.values[position], expression) } ?? .sought(expression))
        }
      }
    }
    return conditions
  }

  private func holds(_ condition: Condition, _ binding: inout Binding) throws(ReferenceFailure) -> Bool {
    switch condition {
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
    if self == .divide, right == 0 { return nil }
    let (left, right) = (Int128(left), Int128(right))
    switch self {
    case .add: return Int64(exactly: left + right)
    case .subtract: return Int64(exactly: left - right)
    case .multiply: return Int64(exactly: left * right)
    case .divide: return Int64(exactly: left / right)
    }
  }
}

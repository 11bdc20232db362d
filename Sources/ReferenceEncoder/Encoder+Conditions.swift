// Comparisons and arithmetic on the values of a match. Arithmetic is exact; a result that needs more than 64
// bits is none, nor is a division by zero.

import Dedalus

extension Encoder {
  /// `match` with what `tests` bind: one match for each number that a count among them may have, and none
  /// where a test is false. The first test without a result makes the match fail; no further one is made.
  mutating func passing(
    _ tests: ArraySlice<EncodedRule.Test>, _ match: Match, in round: Int
  ) throws(UnfinishedFormula) -> [Match] {
    var match = match
    for (place, test) in zip(tests.indices, tests) {
      switch test {
      case .count(let count):
        var found: [Match] = []
        for (number, condition) in try numbers(of: count, match.binding, in: round) {
          var counted = match
          assert(counted.binding[count.result] == nil, "nothing but its count binds the result")
          counted.binding[count.result] = symbol(of: .integer(Int64(number)))
          counted.conditions.append(condition)
          found += try passing(tests[(place + 1)...], counted, in: round)
        }
        return found
      case .comparison(let comparison):
        guard let left = value(of: comparison.left, match.binding),
          let right = value(of: comparison.right, match.binding)
        else { return [match.failing] }
        if !comparison.comparator.holds(constants[Int(left)], constants[Int(right)]) { return [] }
      case .binding(let variable, let expression):
        guard let value = value(of: expression, match.binding) else { return [match.failing] }
        assert(
          match.binding[variable] == nil, "a comparison that binds comes before all that read the variable")
        match.binding[variable] = value
      case .column(let atom, let place, let expression):
        guard let value = value(of: expression, match.binding) else { return [match.failing] }
        let premise = match.premises[atom]
        if tables[premise.round][premise.relation].rows[premise.position][place] != value { return [] }
      case .value(let expression):
        if value(of: expression, match.binding) == nil { return [match.failing] }
      }
    }
    return [match]
  }

  /// What a match derives.
  enum Head {
    case row([Symbol])
    case failure
  }

  /// The head of `rule`; of an aggregate the values of its group and those to be aggregated.
  mutating func head(of match: Match, _ rule: EncodedRule) -> Head {
    if match.fails { return .failure }
    var row: [Symbol] = []
    for column in rule.rule.head {
      let expression: Expression =
        switch column {
        case .expression(let expression): expression
        case .aggregate(_, let variable): .variable(variable)
        }
      guard let value = value(of: expression, match.binding) else { return .failure }
      row.append(value)
    }
    return .row(row)
  }

  /// The value of `expression`; nil where it has none.
  mutating func value(of expression: Expression, _ binding: Binding) -> Symbol? {
    switch expression {
    case .constant(let constant): return symbol(of: constant)
    case .variable(let variable):
      guard let value = binding[variable.position] else {
        preconditionFailure("a checked rule computes with bound variables only")
      }
      return value
    case .binary(let operation, let left, let right):
      guard let left = value(of: left, binding), let right = value(of: right, binding),
        let result = operation.result(integer(left), integer(right))
      else { return nil }
      return symbol(of: .integer(result))
    }
  }

  func integer(_ symbol: Symbol) -> Int64 {
    guard case .integer(let value) = constants[Int(symbol)] else {
      preconditionFailure("a checked rule computes with integers only")
    }
    return value
  }
}

extension Match {
  fileprivate var failing: Match {
    var match = self
    match.fails = true
    return match
  }
}

extension ArithmeticOperator {
  fileprivate func result(_ left: Int64, _ right: Int64) -> Int64? {
    let (left, right) = (Int128(left), Int128(right))
    switch self {
    case .add: return Int64(exactly: left + right)
    case .subtract: return Int64(exactly: left - right)
    case .multiply: return Int64(exactly: left * right)
    case .divide: return right == 0 ? nil : Int64(exactly: left / right)
    case .remainder: return right == 0 ? nil : Int64(exactly: left % right)
    case .minimum: return Int64(exactly: min(left, right))
    case .maximum: return Int64(exactly: max(left, right))
    }
  }
}

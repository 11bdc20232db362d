/// The smallest value that `fails` finds by going from one candidate to the next.
///
/// - Parameters:
///   - failing: a value that fails.
///   - candidates: simpler values; the chain from any value must end.
///   - fails: whether a candidate still shows the same trouble.
public func shrink<Value>(
  _ failing: Value, candidates: (Value) -> [Value], while fails: (Value) -> Bool
) -> Value {
  var smallest = failing
  while let simpler = candidates(smallest).first(where: fails) { smallest = simpler }
  return smallest
}

extension SourceProgram {
  /// The programs that lack one choice, property, declaration, rule, fact or body term of this one, or have
  /// one simpler column or choice.
  public var simplifications: [SourceProgram] {
    let withoutChoice = choices.indices.map { position in
      var program = self
      program.choices.remove(at: position)
      return program
    }
    let withSimplerChoice = choices.indices.flatMap { position in
      choices[position].simplifications.map { choice in
        var program = self
        program.choices[position] = choice
        return program
      }
    }
    let withoutProperty = properties.indices.map { position in
      var program = self
      program.properties.remove(at: position)
      return program
    }
    let withoutDeclaration = declarations.indices.map { position in
      var program = self
      program.declarations.remove(at: position)
      return program
    }
    let withoutRule = rules.indices.map { position in
      var program = self
      program.rules.remove(at: position)
      return program
    }
    let withoutFact = facts.indices.map { position in
      var program = self
      program.facts.remove(at: position)
      return program
    }
    let withSimplerRule = rules.indices.flatMap { position in
      rules[position].simplifications.map { rule in
        var program = self
        program.rules[position] = rule
        return program
      }
    }
    return withoutChoice + withSimplerChoice + withoutProperty + withoutDeclaration + withoutRule
      + withoutFact + withSimplerRule
  }
}

extension SourceRule {
  fileprivate var simplifications: [SourceRule] {
    let shorter = body.indices.filter { _ in body.count > 1 }.map { position in
      var rule = self
      rule.body.remove(at: position)
      return rule
    }
    let simplerHead = head.simplifications.map { head in
      var rule = self
      rule.head = head
      return rule
    }
    let simplerBody = body.indices.flatMap { position in
      body[position].simplifications.map { term in
        var rule = self
        rule.body[position] = term
        return rule
      }
    }
    return shorter + simplerHead + simplerBody
  }
}

extension SourceTerm {
  fileprivate var simplifications: [SourceTerm] {
    switch self {
    case .atom(let atom):
      var untimed = atom
      untimed.round = nil
      let columns = atom.columns.simplifications.map { columns in
        var simpler = atom
        simpler.columns = columns
        return SourceTerm.atom(simpler)
      }
      return (atom.round == nil ? [] : [.atom(untimed)]) + columns
    case .comparison(let left, let comparator, let right):
      return [left, right].simplifications.map { .comparison($0[0], comparator, $0[1]) }
    }
  }
}

extension [SourceExpression] {
  /// One element replaced by something simpler: an operand instead of an operation, a small constant instead
  /// of a big one. Variables and wildcards stay, so that chains of simplifications end.
  fileprivate var simplifications: [[SourceExpression]] {
    indices.flatMap { position in
      self[position].simplifications.map { simpler in
        var columns = self
        columns[position] = simpler
        return columns
      }
    }
  }
}

extension SourceExpression {
  fileprivate var simplifications: [SourceExpression] {
    switch self {
    case .binary(let left, let operation, let right):
      return [left, right] + [left, right].simplifications.map { .binary($0[0], operation, $0[1]) }
    case .count(let terms):
      let shorter = terms.indices.filter { _ in terms.count > 1 }.map { position in
        var fewer = terms
        fewer.remove(at: position)
        return SourceExpression.count(fewer)
      }
      let simpler = terms.indices.flatMap { position in
        terms[position].simplifications.map { term in
          var changed = terms
          changed[position] = term
          return SourceExpression.count(changed)
        }
      }
      return [.integer(1)] + shorter + simpler
    case .integer(let value): return value == 0 || value == 1 ? [] : [.integer(1)]
    case .aggregate("count", _): return []
    case .aggregate(_, let variable): return [.aggregate("count", variable)]
    case .variable, .string, .wildcard, .written: return []
    }
  }
}

import Indices

// The columns and comparisons of one rule, resolved and typed.

extension Checker {
  mutating func resolveHead(of rule: RuleSyntax) -> [HeadColumn] {
    rule.head.columns.enumerated().map { position, column in
      let node = tree.columns[column]
      let range = tree.range(of: node, in: rule.file)
      let place = columnPlace(position, of: rule.head, at: range)
      if case .aggregate(let aggregate, let name) = tree.nodes[node].kind {
        return .aggregate(
          aggregate, resolveAggregate(aggregate, of: name, at: range, in: rule, column: place))
      }
      let (expression, type) = resolve(node, in: rule)
      unify(place, type)
      return .expression(expression)
    }
  }

  /// `count` counts values of any type, `min` and `max` return the type of their values, `sum` and `avg` need
  /// integers.
  private mutating func resolveAggregate(
    _ aggregate: Aggregate, of name: Symbol, at range: SourceRange, in rule: RuleSyntax, column: TypedPlace?
  ) -> VariableID {
    let variable = boundVariable(name, at: range, in: rule)
    let ranged = TypedPlace(
      term: .variable(scope.variables[variable].type), subject: .variable(name), range: range)
    let integer = TypedPlace(term: .known(.integer), subject: .aggregate(aggregate), range: range)
    switch aggregate {
    case .min, .max: unify(column, ranged)
    case .count: unify(column, integer)
    case .sum, .average:
      unify(column, integer)
      unify(ranged, TypedPlace(term: .known(.integer), subject: .aggregated(aggregate), range: range))
    }
    return variable
  }

  mutating func resolveTerm(_ position: Int, binds: VariableID?, in rule: RuleSyntax) -> BodyTerm {
    switch tree.terms[position] {
    case .atom(let atom): return .atom(resolveAtom(atom, in: rule))
    case .comparison(let comparison):
      let (left, leftType) = resolve(comparison.left, in: rule)
      let (right, rightType) = resolve(comparison.right, in: rule)
      unify(leftType, rightType)
      return .comparison(
        Comparison(
          comparator: comparison.comparator, left: left, right: right, binds: binds,
          range: tree.range(of: comparison, in: rule.file)))
    }
  }

  /// Positive atoms bind variables; in a negated atom, a variable that nothing binds stands for any value.
  mutating func resolveAtom(_ atom: AtomSyntax, in rule: RuleSyntax) -> Atom {
    let existential = atom.isNegated ? existentialVariables(of: atom) : [:]
    let columns = atom.columns.enumerated().map { position, column in
      let node = tree.columns[column]
      let place = columnPlace(position, of: atom, at: tree.range(of: node, in: rule.file))
      return resolveColumn(node, place, existential: existential, in: rule)
    }
    return Atom(
      relation: declaredRelation(of: atom), columns: columns, round: atom.round, isNegated: atom.isNegated,
      range: tree.range(of: atom, in: rule.file))
  }

  /// A column with a single name or constant is matched; a column with an operator is computed and compared.
  private mutating func resolveColumn(
    _ node: NodeID, _ place: TypedPlace?, existential: [Symbol: VariableID?], in rule: RuleSyntax
  ) -> AtomColumn {
    let kind = tree.nodes[node].kind
    if case .wildcard = kind { return .wildcard }
    if case .variable(let name) = kind, let known = existential[name] {
      guard let variable = known else { return .wildcard }
      unify(place, variablePlace(variable, at: tree.range(of: node, in: rule.file)))
      return .variable(variable)
    }
    let (expression, type) = resolve(node, in: rule)
    unify(place, type)
    switch expression {
    case .constant(let value): return .constant(value)
    case .variable(let variable): return .variable(variable)
    case .binary: return .expression(expression)
    }
  }

  /// The variables of a negated atom that nothing binds: nil for a variable that occurs only once, which is
  /// like `_`.
  private mutating func existentialVariables(of atom: AtomSyntax) -> [Symbol: VariableID?] {
    var result: [Symbol: VariableID?] = [:]
    for column in tree.columns[atom.columns] {
      guard case .variable(let name) = tree.nodes[column].kind, scope.variable(named: name) == nil,
        scope.mayBeExistential(name)
      else { continue }
      switch result[name] {
      case nil: result.updateValue(nil, forKey: name)
      case .some(nil): result[name] = scope.addAnonymous(name, types: &types)
      case .some(.some): break
      }
    }
    return result
  }

  /// The value of a node, and what is known of its type.
  mutating func resolve(_ node: NodeID, in rule: RuleSyntax) -> (Expression, TypedPlace?) {
    let range = tree.range(of: node, in: rule.file)
    switch tree.nodes[node].kind {
    case .integer(let value):
      return (
        .constant(.integer(value)), TypedPlace(term: .known(.integer), subject: .constant, range: range)
      )
    case .string(let text):
      let place = TypedPlace(term: .known(.string), subject: .constant, range: range)
      return (.constant(.string(symbols.texts[text])), place)
    case .variable(let name):
      let variable = boundVariable(name, at: range, in: rule)
      return (.variable(variable), variablePlace(variable, at: range))
    case .binary(let operation, let left, let right):
      let expression = Expression.binary(
        operation, resolveOperand(left, in: rule), resolveOperand(right, in: rule))
      return (expression, TypedPlace(term: .known(.integer), subject: .result, range: range))
    case .count(let number):
      let result = resolveCount(number, at: range, in: rule)
      return (
        .variable(result), TypedPlace(term: .known(.integer), subject: .aggregate(.count), range: range)
      )
    case .wildcard, .aggregate:
      diagnostics.report(.misplacedWildcard(range))
      return (.constant(.integer(0)), nil)
    }
  }

  private mutating func resolveOperand(_ node: NodeID, in rule: RuleSyntax) -> Expression {
    let (expression, type) = resolve(node, in: rule)
    let range = tree.range(of: node, in: rule.file)
    unify(type, TypedPlace(term: .known(.integer), subject: .operand, range: range))
    return expression
  }

  private func variablePlace(_ variable: VariableID, at range: SourceRange) -> TypedPlace {
    let draft = scope.variables[variable]
    return TypedPlace(term: .variable(draft.type), subject: .variable(draft.name), range: range)
  }

  /// The variable called `name`. An unbound variable is reported once per rule.
  private mutating func boundVariable(_ name: Symbol, at range: SourceRange, in rule: RuleSyntax)
    -> VariableID
  {
    if let variable = scope.variable(named: name) { return variable }
    if !scope.mayBeExistential(name) {
      diagnostics.report(.unboundOutside(symbols[name], at: range, outside: scope.outside[name]))
      return scope.assume(name, types: &types)
    }
    // Finding the reason takes longer than finding the error, and nobody reads thousands of reasons.
    let isShown = diagnostics.errorCount < DiagnosticRenderer.shownCount
    diagnostics.report(
      .unsafeVariable(
        symbols[name], at: range, negated: isShown ? negatedOccurrence(of: name, in: rule) : nil,
        counted: isShown && scope.locals == nil ? countedOccurrence(of: name, in: rule) : nil,
        suggestion: isShown ? nearest(to: symbols[name], among: scope.boundNames.map { symbols[$0] }) : nil))
    return scope.assume(name, types: &types)
  }

  /// The place where `name` is a column under `notin`.
  private func negatedOccurrence(of name: Symbol, in rule: RuleSyntax) -> SourceRange? {
    for case .atom(let atom) in tree.terms[rule.body] where atom.isNegated {
      for column in tree.columns[atom.columns] {
        if case .variable(name) = tree.nodes[column].kind { return tree.range(of: column, in: rule.file) }
      }
    }
    return nil
  }
}

// A variable of a count is shared if it also occurs outside the braces; something outside must then bind it.
// All other variables are local to their count, and the positive atoms within the braces bind them. A
// variable without a name gets the number, and the rest of the rule sees only this variable.

import Indices

extension Checker {
  /// Notes every name of a rule with counts that occurs outside their braces.
  mutating func noteNamesOutsideCounts(of rule: RuleSyntax) {
    var names: [Symbol: SourceRange] = [:]
    for column in tree.columns[rule.head.columns] { collectNames(in: column, of: rule.file, into: &names) }
    for term in tree.terms[rule.body] { collectNames(in: term, of: rule.file, into: &names) }
    scope.outside = names
  }

  /// The names within the braces of count `number`, each with a place.
  func names(within number: Int, of file: FileID) -> [Symbol: SourceRange] {
    var names: [Symbol: SourceRange] = [:]
    for term in tree.counted[tree.counts[number].terms] { collectNames(in: term, of: file, into: &names) }
    return names
  }

  /// The first place of `name` within the braces of a count of `rule`.
  func countedOccurrence(of name: Symbol, in rule: RuleSyntax) -> SourceRange? {
    rule.counts.lazy.compactMap { self.names(within: $0, of: rule.file)[name] }.first
  }

  private func collectNames(in term: TermSyntax, of file: FileID, into names: inout [Symbol: SourceRange]) {
    switch term {
    case .atom(let atom):
      for column in tree.columns[atom.columns] { collectNames(in: column, of: file, into: &names) }
    case .comparison(let comparison):
      collectNames(in: comparison.left, of: file, into: &names)
      collectNames(in: comparison.right, of: file, into: &names)
    }
  }

  /// Collects the names of an expression, without those within the braces of a count.
  private func collectNames(in node: NodeID, of file: FileID, into names: inout [Symbol: SourceRange]) {
    switch tree.nodes[node].kind {
    case .variable(let name), .aggregate(_, let name):
      if names[name] == nil { names[name] = tree.range(of: node, in: file) }
    case .binary(_, let left, let right):
      collectNames(in: left, of: file, into: &names)
      collectNames(in: right, of: file, into: &names)
    case .integer, .string, .wildcard, .count: break
    }
  }

  /// Resolves count `number`; the rule computes with the variable that is returned.
  mutating func resolveCount(_ number: Int, at range: SourceRange, in rule: RuleSyntax) -> VariableID {
    assert(scope.locals == nil, "the parser lets no count into another one")
    let result = scope.addAnonymous(.count, types: &types)
    unify(
      TypedPlace(term: .variable(scope.variables[result].type), subject: .aggregate(.count), range: range),
      TypedPlace(term: .known(.integer), subject: .aggregate(.count), range: range))
    let first = scope.variables.nextIndex
    scope.locals = bindLocals(of: number)
    var atoms: [Atom] = []
    var comparisons: [Comparison] = []
    for term in tree.counted[tree.counts[number].terms] {
      switch term {
      case .atom(let atom): atoms.append(resolveAtom(atom, in: rule))
      case .comparison(let comparison): comparisons.append(resolveComparison(comparison, in: rule))
      }
    }
    scope.locals = nil
    let locals = Set(scope.variables.indices.filter { $0 >= first })
    scope.counts.append(
      Count(result: result, atoms: atoms, comparisons: comparisons, locals: locals, range: range))
    return result
  }

  /// A variable for each name that positive atoms within the braces bind.
  private mutating func bindLocals(of number: Int) -> [Symbol: VariableID] {
    var locals: [Symbol: VariableID] = [:]
    for atom in tree.atoms(within: number) where !atom.isNegated {
      for column in tree.columns[atom.columns] {
        guard case .variable(let name) = tree.nodes[column].kind, locals[name] == nil,
          scope.outside[name] == nil
        else { continue }
        locals[name] = scope.addAnonymous(name, types: &types)
      }
    }
    return locals
  }

  private mutating func resolveComparison(
    _ comparison: ComparisonSyntax, in rule: RuleSyntax
  ) -> Comparison {
    let (left, leftType) = resolve(comparison.left, in: rule)
    let (right, rightType) = resolve(comparison.right, in: rule)
    unify(leftType, rightType)
    return Comparison(
      comparator: comparison.comparator, left: left, right: right, binds: nil,
      range: tree.range(of: comparison, in: rule.file))
  }

  /// The counts that have been resolved since the last call.
  mutating func takeCounts() -> [BodyTerm] {
    defer { scope.counts = [] }
    return scope.counts.map { .count($0) }
  }
}

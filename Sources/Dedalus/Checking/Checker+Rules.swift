// A rule is safe when every variable that it computes with is bound. Binding has three steps: the columns of
// positive atoms; then the location and the destination of a message, which range over all nodes if nothing
// else binds them; then the comparisons `X == …` whose right side is bound, repeatedly.

import Indices

extension Checker {
  /// Resolves the names of a rule, types its columns, and reports its errors.
  mutating func checkRule(_ rule: RuleSyntax) -> RuleDraft {
    scope.begin()
    if !rule.counts.isEmpty { noteNamesOutsideCounts(of: rule) }
    let headRange = tree.range(of: rule.head, in: rule.file)
    if rule.head.name == .crash { diagnostics.report(.crashDerived(headRange)) }
    bindPremises(of: rule)
    bindNodes(of: rule)
    let binders = bindComparisons(of: rule)
    let head = resolveHead(of: rule)
    let headCounts = takeCounts()
    let body = rule.body.flatMap { position in
      let term = resolveTerm(position, binds: binders[position], in: rule)
      return takeCounts() + [term]
    }
    let (location, place) = location(of: rule)
    assert(scope.counts.isEmpty, "each count of the rule is a term of its body")
    return RuleDraft(
      headRelation: declaredRelation(of: rule.head), head: head, timing: rule.timing,
      body: body + headCounts, location: location, variables: scope.variables,
      nodeVariables: scope.nodeVariables,
      range: SourceRange(file: rule.file, lower: headRange.lower, upper: Int(rule.upper)),
      headRange: headRange,
      locationPlace: place, destinationPlace: rule.timing == .async ? destination(of: rule) : nil)
  }

  /// Binds the variables that fill a column of a positive atom by themselves.
  private mutating func bindPremises(of rule: RuleSyntax) {
    for case .atom(let atom) in tree.terms[rule.body] where !atom.isNegated {
      for column in tree.columns[atom.columns] { bindIfVariable(column) }
    }
  }

  /// Binds `node` if it is a variable that nothing binds yet, and returns that variable.
  @discardableResult
  private mutating func bindIfVariable(_ node: NodeID) -> VariableID? {
    guard case .variable(let name) = tree.nodes[node].kind, scope.variable(named: name) == nil else {
      return nil
    }
    return scope.bind(name, types: &types)
  }

  /// Binds the location and the destination: `missing(N, P) :- notin log(N, P), …` asks about every node N.
  private mutating func bindNodes(of rule: RuleSyntax) {
    let destination = rule.timing == .async ? firstColumn(of: rule.head) : nil
    for node in [firstColumn(of: firstAtom(of: rule)), destination] {
      if let node, let variable = bindIfVariable(node) { scope.nodeVariables.append(variable) }
    }
  }

  /// The variables that comparisons bind, by the position of the comparison among the terms.
  private mutating func bindComparisons(of rule: RuleSyntax) -> [Int: VariableID] {
    var binders: [Int: VariableID] = [:]
    var waiting = rule.body.compactMap { position in waitingComparison(at: position) }
    while let ready = waiting.firstIndex(where: { $0.isReady(in: scope) }) {
      let comparison = waiting.remove(at: ready)
      if let name = comparison.binds, scope.variable(named: name) == nil {
        binders[comparison.position] = scope.bind(name, types: &types)
      }
    }
    assumeBlamelessBinders(waiting)
    return binders
  }

  /// For `C == D + 1` where nothing binds D: only D will be reported, not C.
  private mutating func assumeBlamelessBinders(_ waiting: [WaitingComparison]) {
    let bindable = Set(waiting.compactMap(\.binds))
    for comparison in waiting {
      guard let name = comparison.binds, scope.variable(named: name) == nil,
        comparison.right.contains(where: { scope.variable(named: $0) == nil && !bindable.contains($0) })
      else { continue }
      _ = scope.assume(name, types: &types)
    }
  }

  /// A comparison that waits for variables to be bound.
  private struct WaitingComparison {
    let position: Int
    /// The variable to the left of `==`, if it is there by itself.
    let binds: Symbol?
    let left: Set<Symbol>
    let right: Set<Symbol>

    func isReady(in scope: Scope) -> Bool {
      guard right.allSatisfy({ scope.variable(named: $0) != nil }) else { return false }
      return binds != nil || left.allSatisfy { scope.variable(named: $0) != nil }
    }
  }

  /// The comparison at `position`, if a variable in it is not bound yet.
  private func waitingComparison(at position: Int) -> WaitingComparison? {
    guard case .comparison(let comparison) = tree.terms[position] else { return nil }
    var left: Set<Symbol> = []
    var right: Set<Symbol> = []
    collectUnbound(in: comparison.left, into: &left)
    collectUnbound(in: comparison.right, into: &right)
    if left.isEmpty, right.isEmpty { return nil }
    var binds: Symbol?
    if comparison.comparator == .equal, case .variable(let name) = tree.nodes[comparison.left].kind {
      binds = name
    }
    return WaitingComparison(position: position, binds: binds, left: left, right: right)
  }

  private func collectUnbound(in node: NodeID, into names: inout Set<Symbol>) {
    switch tree.nodes[node].kind {
    case .variable(let name): if scope.variable(named: name) == nil { names.insert(name) }
    case .binary(_, let left, let right):
      collectUnbound(in: left, into: &names)
      collectUnbound(in: right, into: &names)
    case .count(let number):
      for name in self.names(within: number, of: FileID(0)).keys where scope.outside[name] != nil {
        if scope.variable(named: name) == nil { names.insert(name) }
      }
    case .integer, .string, .wildcard, .aggregate: break
    }
  }

  /// The first atom of the body, which says where the rule fires.
  private func firstAtom(of rule: RuleSyntax) -> AtomSyntax {
    for case .atom(let atom) in tree.terms[rule.body] { return atom }
    preconditionFailure("the parser lets no body through that has no atom")
  }

  private func firstColumn(of atom: AtomSyntax) -> NodeID { tree.columns[atom.columns.lowerBound] }

  /// Where the rule fires. A location that is an expression is an integer, so the rule will be removed and
  /// the location is not used.
  private func location(of rule: RuleSyntax) -> (Location, TypedPlace?) {
    let node = firstColumn(of: firstAtom(of: rule))
    let place = self.place(of: node, in: rule.file)
    switch tree.nodes[node].kind {
    case .integer(let value): return (.constant(.integer(value)), place)
    case .string(let text): return (.constant(.string(symbols.texts[text])), place)
    case .variable(let name):
      guard let variable = scope.variable(named: name) else {
        preconditionFailure("the location has been bound")
      }
      return (.variable(variable), place)
    case .binary, .wildcard, .aggregate, .count: return (.unconstrained, place)
    }
  }

  private func destination(of rule: RuleSyntax) -> TypedPlace? {
    place(of: firstColumn(of: rule.head), in: rule.file)
  }

  /// What the node itself shows about its type; nil for `_`.
  private func place(of node: NodeID, in file: FileID) -> TypedPlace? {
    let range = tree.range(of: node, in: file)
    switch tree.nodes[node].kind {
    case .integer: return TypedPlace(term: .known(.integer), subject: .constant, range: range)
    case .string: return TypedPlace(term: .known(.string), subject: .constant, range: range)
    case .binary, .count: return TypedPlace(term: .known(.integer), subject: .result, range: range)
    case .variable(let name):
      return scope.variable(named: name).map {
        TypedPlace(term: .variable(scope.variables[$0].type), subject: .variable(name), range: range)
      }
    case .aggregate(.count, _), .aggregate(.sum, _), .aggregate(.average, _):
      return TypedPlace(term: .known(.integer), subject: .result, range: range)
    case .aggregate(_, let name):
      return scope.variable(named: name).map {
        TypedPlace(term: .variable(scope.variables[$0].type), subject: .variable(name), range: range)
      }
    case .wildcard: return nil
    }
  }
}

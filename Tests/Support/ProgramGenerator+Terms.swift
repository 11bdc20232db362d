extension ProgramGenerator {
  /// A positive atom, whose variables are bound from now on.
  mutating func atom(
    _ relation: Signature, _ scope: inout RuleScope, isFirst: Bool, mayBeTimed: Bool = true
  ) -> SourceTerm {
    let known = scope
    var columns: [SourceExpression] = []
    for (position, kind) in relation.kinds.enumerated() {
      let column = positiveColumn(kind, known, &scope, isLocation: isFirst && position == 0)
      columns.append(column)
      if case .variable = column { scope.bind(column, kind) }
    }
    return .atom(SourceAtom(relation.name, columns, round: mayBeTimed ? time() : nil))
  }

  private mutating func positiveColumn(
    _ kind: ColumnKind, _ known: RuleScope, _ scope: inout RuleScope, isLocation: Bool
  ) -> SourceExpression {
    if isLocation {
      return random.chance(7) ? .wildcard : random.chance(7) ? constant(.node) : scope.fresh(.node)
    }
    if kind == .number, features.hasArithmetic, !known.variables(.number).isEmpty, random.chance(20) {
      return expression(known)
    }
    // Rarely with a variable of the same atom, and, over words, with nodes: both are strings.
    let visible = random.chance(15) ? scope : known
    let joined = visible.variables(kind != .number && random.chance(10) ? .node : kind)
    if let variable = joined.randomElement(using: &random), random.chance(50) { return variable }
    if random.chance(12) { return .wildcard }
    return random.chance(6) ? constant(kind) : scope.fresh(kind)
  }

  /// A negated atom over bound variables, wildcards and variables of its own, one of which may come twice.
  mutating func negated(_ relation: Signature, _ scope: inout RuleScope) -> SourceTerm {
    var own: [ColumnKind: SourceExpression] = [:]
    var columns: [SourceExpression] = []
    for kind in relation.kinds {
      if kind == .number, features.hasArithmetic, !scope.variables(.number).isEmpty, random.chance(25) {
        columns.append(expression(scope))
      } else if let bound = scope.variables(kind).randomElement(using: &random), random.chance(72) {
        columns.append(bound)
      } else if random.chance(45) {
        let variable = own[kind] ?? scope.fresh(kind)
        own[kind] = variable
        columns.append(variable)
      } else {
        columns.append(random.chance(70) ? .wildcard : constant(kind))
      }
    }
    return .atom(SourceAtom(relation.name, columns, round: time(), isNegated: true))
  }

  /// A negated atom at the head of the body: its location is bound by being a node.
  mutating func negatedFirst(_ relation: Signature, _ scope: inout RuleScope) -> SourceTerm {
    let location = scope.fresh(.node)
    let columns = relation.kinds.dropFirst().map { random.chance(60) ? .wildcard : constant($0) }
    scope.bind(location, .node)
    return .atom(SourceAtom(relation.name, [location] + columns, round: time(), isNegated: true))
  }

  /// Mostly now; else a round that is read from anywhere.
  private mutating func time() -> Int? {
    random.chance(9) ? random.pick([1, 1, 1, 2, 2, 3, eot]) : nil
  }

  /// One or two comparisons; one may bind a new variable.
  mutating func conditions(_ scope: inout RuleScope) -> [SourceTerm] {
    let comparators = ["==", "!=", "!=", "<", "<=", ">", ">="]
    var conditions: [SourceTerm] = []
    if let left = scope.variables(.node).randomElement(using: &random), random.chance(30) {
      let right = scope.variables(.node).filter { $0 != left }.randomElement(using: &random)
      conditions.append(.comparison(left, random.pick(comparators), right ?? constant(.node)))
    }
    guard !scope.variables(.number).isEmpty else { return conditions }
    if random.chance(30) {
      let bound = scope.fresh(.number)
      conditions.append(.comparison(bound, "==", expression(scope)))
      scope.bind(bound, .number)
    }
    if random.chance(70) {
      let right = random.chance(50) ? constant(.number) : expression(scope)
      conditions.append(.comparison(expression(scope), random.pick(comparators), right))
    }
    return conditions
  }

  /// A number computed from bound variables; now and then it divides by what may be zero.
  mutating func expression(_ scope: RuleScope) -> SourceExpression {
    guard let left = scope.variables(.number).randomElement(using: &random) else { return constant(.number) }
    let variable = scope.variables(.number).randomElement(using: &random) ?? left
    switch random.number(in: 0...9) {
    case 0: return left
    case 1, 2, 3: return .binary(left, "+", .integer(1))
    case 4: return .binary(left, "-", random.chance(50) ? .integer(1) : variable)
    case 5: return .binary(left, "*", random.chance(50) ? .integer(2) : variable)
    case 6: return .binary(left, "+", variable)
    case 7: return .binary(left, "/", random.chance(60) ? .integer(2) : variable)
    case 8: return .binary(.binary(left, "+", .integer(1)), "*", .binary(variable, "-", .integer(1)))
    default: return .binary(.integer(6), "/", random.chance(60) ? variable : .integer(2))
    }
  }
}

// Counts are added to rules that are there, and operators are exchanged for others, so that all else about a
// program is as it would be without.

extension ProgramGenerator {
  /// `rules`, some of them with a count, with `%` for some `/`, and with `min` or `max` for some `+`.
  mutating func varied(_ rules: [SourceRule]) -> [SourceRule] {
    var rules = rules.map { rule in
      var rule = rule
      rule.head = rule.head.map { varied($0) }
      rule.body = rule.body.map { varied($0) }
      return rule
    }
    guard features.hasCounts else { return rules }
    for _ in 0..<countRandom.pick([1, 2, 2, 3]) {
      let position = countRandom.number(in: 0...rules.count - 1)
      if let counting = counting(rules[position]) { rules[position] = counting }
    }
    return rules
  }

  private mutating func varied(_ term: SourceTerm) -> SourceTerm {
    switch term {
    case .atom(var atom):
      atom.columns = atom.columns.map { varied($0) }
      return .atom(atom)
    case .comparison(let left, let comparator, let right):
      return .comparison(varied(left), comparator, varied(right))
    }
  }

  private mutating func varied(_ expression: SourceExpression) -> SourceExpression {
    guard case .binary(let left, let operation, let right) = expression else { return expression }
    let operands = (varied(left), varied(right))
    var other = operation
    if operation == "/", countRandom.chance(40) { other = "%" }
    if operation == "+", countRandom.chance(10) { other = countRandom.pick(["min", "max"]) }
    return .binary(operands.0, other, operands.1)
  }

  // MARK: Counts

  /// `rule` with a count; nil where nothing may be counted.
  private mutating func counting(_ rule: SourceRule) -> SourceRule? {
    let level = relations.first { $0.name == rule.relation }?.level ?? 0
    let countable = relations.filter { rule.timing != .deductive || $0.level < level }
    guard !countable.isEmpty else { return nil }
    let scope = self.scope(of: rule)
    let count = SourceExpression.count(counted(countable, scope))
    var rule = rule
    let numbers = relations.first { $0.name == rule.relation }?.kinds.indices.filter { position in
      guard position < rule.head.count else { return false }
      if case .aggregate = rule.head[position] { return false }
      return relations.first { $0.name == rule.relation }?.kinds[position] == .number
    }
    switch countRandom.number(in: 0...9) {
    case 0, 1:
      guard let position = numbers?.randomElement(using: &countRandom) else { fallthrough }
      rule.head[position] = countRandom.chance(60) ? count : .binary(count, "-", .integer(1))
    case 2, 3:
      let total = SourceExpression.variable("Total")
      rule.body.append(
        .comparison(total, "==", countRandom.chance(70) ? count : .binary(count, "*", .integer(2))))
      if let position = numbers?.randomElement(using: &countRandom) {
        rule.head[position] = total
      } else {
        rule.body.append(.comparison(total, countRandom.pick(["<", "!=", ">="]), .integer(2)))
      }
    case 4:
      // It may divide by nothing at all.
      rule.body.append(
        .comparison(.binary(.integer(6), countRandom.pick(["/", "%"]), count), "!=", .integer(3)))
    default:
      let bound = countRandom.pick([0, 1, 1, 1, 2, 2, 3])
      let comparator = countRandom.pick(["==", "!=", "<", "<", "<=", ">", ">=", ">="])
      let right = scope.variables(.number).randomElement(using: &countRandom)
      let limit = countRandom.chance(25) ? right ?? .integer(Int64(bound)) : .integer(Int64(bound))
      rule.body.insert(
        .comparison(count, comparator, limit), at: countRandom.number(in: 1...rule.body.count))
    }
    return rule
  }

  /// The variables that the positive atoms of `rule` bind.
  private func scope(of rule: SourceRule) -> RuleScope {
    var scope = RuleScope()
    let known = relations + [.crash, .outage, .pause, .time]
    for case .atom(let atom) in rule.body where !atom.isNegated {
      guard let kinds = known.first(where: { $0.name == atom.relation })?.kinds else { continue }
      for (column, kind) in zip(atom.columns, kinds) {
        if case .variable = column { scope.bind(column, kind) }
      }
    }
    return scope
  }

  /// What stands within the braces.
  private mutating func counted(_ countable: [Signature], _ scope: RuleScope) -> [SourceTerm] {
    var locals = RuleScope()
    var terms: [SourceTerm] = []
    for _ in 0..<countRandom.pick([1, 1, 1, 1, 2]) {
      terms.append(countedAtom(countRandom.pick(countable), scope, &locals, isNegated: false))
    }
    if countRandom.chance(25) {
      terms.append(countedAtom(countRandom.pick(countable), scope, &locals, isNegated: true))
    }
    if countRandom.chance(25), let left = locals.variables(.number).randomElement(using: &countRandom) {
      let right = scope.variables(.number).randomElement(using: &countRandom) ?? .integer(1)
      terms.append(.comparison(left, countRandom.pick(["!=", "<", ">="]), right))
    } else if countRandom.chance(15), let left = locals.variables(.node).randomElement(using: &countRandom) {
      let right = scope.variables(.node).randomElement(using: &countRandom) ?? constant(.node)
      terms.append(.comparison(left, countRandom.pick(["!=", "=="]), right))
    }
    return terms
  }

  private mutating func countedAtom(
    _ relation: Signature, _ scope: RuleScope, _ locals: inout RuleScope, isNegated: Bool
  ) -> SourceTerm {
    let columns = relation.kinds.map { kind -> SourceExpression in
      let known = countRandom.chance(30) ? locals.variables(kind) : scope.variables(kind)
      if countRandom.chance(45), let variable = known.randomElement(using: &countRandom) { return variable }
      if countRandom.chance(isNegated ? 50 : 15) { return .wildcard }
      let count = [ColumnKind.node, .word, .number].reduce(0) { $0 + locals.variables($1).count }
      let variable = SourceExpression.variable("L\(count)")
      if !isNegated { locals.bind(variable, kind) }
      return isNegated ? .variable("E\(count)") : variable
    }
    let round = countRandom.chance(8) ? countRandom.number(in: 1...eot) : nil
    return .atom(SourceAtom(relation.name, columns, round: round, isNegated: isNegated))
  }
}

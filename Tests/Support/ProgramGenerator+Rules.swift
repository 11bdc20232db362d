extension ProgramGenerator {
  /// A relation that keeps what it holds, sometimes only while something else is absent.
  mutating func frameRule(of relation: Signature) -> SourceRule {
    let columns = relation.kinds.indices.map { SourceExpression.variable("V\($0)") }
    var body = [SourceTerm.atom(SourceAtom(relation.name, columns))]
    if features.hasNegation, random.chance(20) {
      var scope = RuleScope()
      for (kind, column) in zip(relation.kinds, columns) { scope.bind(column, kind) }
      body.append(negated(random.pick(relations), &scope))
    }
    return SourceRule(relation.name, columns, .inductive, body)
  }

  /// A rule for `head` whose positive atoms are on relations of `known`.
  mutating func rule(deriving head: Signature, known: [Signature]) -> SourceRule {
    let timing: SourceRule.Timing = random.pick([
      .deductive, .deductive, .deductive, .inductive, .async, .async,
    ])
    let isNow = timing == .deductive
    let readable = known.filter { !isNow || $0.level < head.level }
    guard !readable.isEmpty else {
      return rule(deriving: head, .async, positive: known, negatable: relations)
    }
    let negatable = relations.filter { !isNow || $0.level < head.level }
    return rule(deriving: head, timing, positive: readable, negatable: negatable)
  }

  private mutating func rule(
    deriving head: Signature, _ timing: SourceRule.Timing, positive: [Signature], negatable: [Signature]
  ) -> SourceRule {
    var scope = RuleScope()
    var body = self.body(positive, negatable, &scope)
    if features.hasArithmetic, random.chance(60) { body += conditions(&scope) }
    let columns = self.head(of: head, timing, scope)
    return SourceRule(head.name, columns, timing, shuffled(body))
  }

  /// Positive atoms, then perhaps negated ones; rarely a negated one first, whose location no premise binds.
  mutating func body(
    _ positive: [Signature], _ negatable: [Signature], _ scope: inout RuleScope
  ) -> [SourceTerm] {
    var body: [SourceTerm] = []
    if features.hasNegation, random.chance(8), let relation = negatable.randomElement(using: &random) {
      body.append(negatedFirst(relation, &scope))
    }
    for _ in 0..<random.pick([1, 1, 1, 2, 2, 3]) {
      let isWorld = features.hasWorld && random.chance(15)
      body.append(atom(isWorld ? worldRelation() : random.pick(positive), &scope, isFirst: body.isEmpty))
    }
    if features.hasNegation, random.chance(45), !negatable.isEmpty {
      for _ in 0..<random.pick([1, 1, 1, 2]) {
        let isWorld = features.hasWorld && random.chance(40)
        body.append(negated(isWorld ? worldRelation() : random.pick(negatable), &scope))
      }
    }
    return body
  }

  /// What follows the first term may come in any order.
  private mutating func shuffled(_ body: [SourceTerm]) -> [SourceTerm] {
    random.chance(40) ? body.prefix(1) + body.dropFirst().shuffled(using: &random) : body
  }

  /// Columns over bound variables; a message may go to a variable that ranges over all nodes.
  private mutating func head(
    of relation: Signature, _ timing: SourceRule.Timing, _ scope: RuleScope
  ) -> [SourceExpression] {
    relation.kinds.enumerated().map { position, kind in
      if position == 0, timing == .async {
        if random.chance(20) { return .variable("Anyone") }
        // The variable bound first is the location, where messages are not lost.
        let others = scope.variables(.node).dropFirst()
        if let other = others.randomElement(using: &random), random.chance(70) { return other }
      }
      if kind == .number, features.hasArithmetic, random.chance(45) { return expression(scope) }
      guard let bound = scope.variables(kind).randomElement(using: &random), random.chance(92) else {
        return constant(kind)
      }
      return bound
    }
  }

  /// `p(…) :- p(…), …` within a round; what it counts up is bounded.
  mutating func recursiveRule(deriving head: Signature) -> SourceRule {
    var scope = RuleScope()
    var body = [atom(head, &scope, isFirst: true, mayBeTimed: false)]
    body.append(atom(random.pick(relations.filter { $0.level <= head.level }), &scope, isFirst: false))
    if features.hasNegation, random.chance(30) {
      body.append(negated(random.pick(relations.filter { $0.level < head.level }), &scope))
    }
    let number = scope.variables(.number).randomElement(using: &random)
    let isCounting = features.hasArithmetic && number != nil && random.chance(50)
    if isCounting, let number {
      body += [.comparison(number, "<", .integer(4)), .comparison(number, ">", .integer(-3))]
    }
    let columns = head.kinds.map { kind -> SourceExpression in
      if kind == .number, isCounting, let number { return .binary(number, "+", .integer(1)) }
      return scope.variables(kind).randomElement(using: &random) ?? constant(kind)
    }
    if features.hasArithmetic, let number, random.chance(40) {
      // Counting often meets the number that this cannot divide by.
      let divisor = SourceExpression.binary(number, "-", .integer(Int64(random.number(in: 1...3))))
      body.append(.comparison(.binary(.integer(6), "/", divisor), "!=", .integer(1)))
    }
    return SourceRule(head.name, columns, .deductive, body)
  }
}

/// The variables that the rule under construction has bound so far.
struct RuleScope {
  private var bound: [ColumnKind: [SourceExpression]] = [:]
  private var count = 0

  /// The bound variables of `kind`, in order of binding.
  func variables(_ kind: ColumnKind) -> [SourceExpression] { bound[kind] ?? [] }

  mutating func bind(_ variable: SourceExpression, _ kind: ColumnKind) {
    if !variables(kind).contains(variable) { bound[kind, default: []].append(variable) }
  }

  /// A name that the rule does not use yet.
  mutating func fresh(_ kind: ColumnKind) -> SourceExpression {
    count += 1
    switch kind {
    case .node: return .variable("N\(count)")
    case .word: return .variable("W\(count)")
    case .number: return .variable("X\(count)")
    }
  }
}

extension ProgramGenerator {
  /// One or two aggregating rules, each for a new relation that holds what it counts, and perhaps a reader of
  /// it.
  mutating func aggregateRules() -> [SourceRule] {
    var rules: [SourceRule] = []
    for _ in 0..<random.pick([1, 1, 2]) {
      let level = (relations.map(\.level).max() ?? 0) + 1
      let body = self.aggregatedBody()
      guard !body.candidates.isEmpty else { continue }
      let name = "p\(relations.count)"
      let aggregates = (0..<random.pick([1, 1, 1, 2])).map { _ in aggregate(body.candidates) }
      let timing: SourceRule.Timing = random.pick([.deductive, .deductive, .deductive, .inductive, .async])
      // The variable bound first is the location, where messages are not lost.
      let others = body.scope.variables(.node).dropFirst(timing == .async && random.chance(70) ? 1 : 0)
      let location =
        others.randomElement(using: &random)
        ?? (timing == .async && random.chance(60) ? .variable("Anyone") : .string(nodes[0]))
      let group = random.chance(25) ? body.scope.variables(.word).prefix(1) : []
      rules.append(
        SourceRule(name, [location] + group + aggregates.map(\.column), timing, body.terms))
      let kinds = [ColumnKind.node] + group.map { _ in .word } + aggregates.map(\.kind)
      relations.append(Signature(name: name, kinds: kinds, level: level, hasFacts: false))
    }
    return rules
  }

  private struct AggregatedBody {
    let terms: [SourceTerm]
    let scope: RuleScope
    /// What may be aggregated, with its kind.
    let candidates: [(variable: SourceExpression, kind: ColumnKind)]
  }

  private mutating func aggregatedBody() -> AggregatedBody {
    var scope = RuleScope()
    let terms = body(relations, relations, &scope)
    let candidates = [ColumnKind.node, .word, .number, .number].flatMap { kind in
      scope.variables(kind).map { ($0, kind) }
    }
    return AggregatedBody(terms: terms, scope: scope, candidates: candidates)
  }

  private mutating func aggregate(
    _ candidates: [(variable: SourceExpression, kind: ColumnKind)]
  ) -> (column: SourceExpression, kind: ColumnKind) {
    let (variable, kind) = random.pick(candidates)
    let choices =
      kind == .number
      ? ["count", "min", "max", "sum", "sum", "avg", "avg"] : ["count", "count", "min", "max"]
    let aggregate = random.pick(choices)
    let isCounted = ["count", "sum", "avg"].contains(aggregate)
    return (.aggregate(aggregate, variable.text), isCounted ? .number : kind)
  }
}

extension ProgramGenerator {
  /// In a third of the programs the rounds of up to three facts are left open, some of them beyond the end.
  mutating func choices() -> [SourceChoice] {
    guard choiceRandom.chance(33) else { return [] }
    return (1...choiceRandom.number(in: 1...3)).map { _ in
      let given = relations.filter(\.hasFacts)
      let relation = choiceRandom.pick(choiceRandom.chance(75) ? given : relations)
      let isOptional = choiceRandom.chance(50)
      let first = choiceRandom.pick([1, 1, 1, 2, 2, eot])
      let rounds = first...(first + choiceRandom.number(in: isOptional ? 0...2 : 1...2))
      return SourceChoice(
        relation.name, relation.kinds.map { choiceConstant($0) }, in: rounds, isOptional: isOptional)
    }
  }

  private mutating func choiceConstant(_ kind: ColumnKind) -> SourceExpression {
    switch kind {
    case .node: .string(choiceRandom.pick(nodes))
    case .word: .string(choiceRandom.pick(["u", "v"]))
    case .number: .integer(choiceRandom.pick([0, 1, 1, 2]))
    }
  }
}

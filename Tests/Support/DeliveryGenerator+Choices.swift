extension DeliveryGenerator {
  /// Makes choices of one to three facts: mostly of what starts something, rarely of who knows whom.
  mutating func leaveFactsOpen(in source: inout SourceProgram) {
    for _ in 0..<random.pick([1, 1, 2, 2, 3]) {
      let places = source.facts.indices.filter { random.chance(source.facts[$0].relation == "node" ? 5 : 80) }
      guard let place = places.randomElement(using: &random) else { continue }
      let fact = source.facts.remove(at: place)
      let isOptional = random.chance(45)
      let first = random.pick([1, 1, fact.round, fact.round, 2])
      source.choices.append(
        SourceChoice(
          fact.relation, fact.values,
          in: first...(first + random.number(in: isOptional ? 0...2 : 1...2)), isOptional: isOptional))
    }
  }
}

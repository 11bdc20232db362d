extension ProgramGenerator {
  /// In a third of the programs up to three properties are demanded; half of them have names.
  mutating func properties() -> [SourceProperty] {
    guard demandRandom.chance(33) else { return [] }
    var properties: [SourceProperty] = []
    for number in 1...demandRandom.number(in: 1...3) {
      let relation = demandRandom.pick(relations)
      let comparable = relations.filter { $0.kinds.count == relation.kinds.count }
      properties.append(
        SourceProperty(
          name: demandRandom.chance(50) ? "demand\(number)" : nil,
          demandRandom.pick(SourceProperty.Word.allCases), delay: demandRandom.number(in: 0...2),
          relation.name, demandRandom.pick(comparable).name))
    }
    var names: Set<String> = []
    return properties.filter { names.insert($0.name ?? $0.form).inserted }
  }
}

extension ProgramGenerator {
  /// Something that the run states.
  mutating func worldRelation() -> Signature {
    worldRandom.pick([.crash, .crash, .outage, .pause, .time])
  }

  /// In half of the programs some relations are declared: any may be durable, those with facts configuration.
  mutating func declarations() -> [SourceDeclaration] {
    guard worldRandom.chance(50) else { return [] }
    var declarations: [SourceDeclaration] = []
    for relation in relations {
      if worldRandom.chance(45) { declarations.append(SourceDeclaration(.durable, relation.name)) }
      if relation.hasFacts, worldRandom.chance(50) {
        declarations.append(SourceDeclaration(.configuration, relation.name))
      }
    }
    return declarations
  }
}

extension Signature {
  static let crash = Signature(name: "crash", kinds: [.node, .node, .number], level: 0, hasFacts: true)
  static let outage = Signature(
    name: "outage", kinds: [.node, .node, .number, .number], level: 0, hasFacts: true)
  static let pause = Signature(
    name: "pause", kinds: [.node, .node, .number, .number], level: 0, hasFacts: true)
  static let time = Signature(name: "time", kinds: [.node, .number, .number], level: 0, hasFacts: true)
}

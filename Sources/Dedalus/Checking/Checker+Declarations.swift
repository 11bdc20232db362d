import Indices

extension Checker {
  /// The relations that the program declares `durable` and `configuration`.
  mutating func checkDeclarations() -> (durable: Set<RelationID>, configuration: Set<RelationID>) {
    var durable: Set<RelationID> = []
    var configuration: Set<RelationID> = []
    for declaration in tree.declarations {
      guard let relation = relations.relation(named: declaration.name) else { continue }
      switch declaration.kind {
      case .durable: durable.insert(relation)
      case .configuration: configuration.insert(relation)
      }
    }
    return (durable, configuration)
  }
}

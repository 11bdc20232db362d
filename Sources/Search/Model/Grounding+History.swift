import Dedalus
import Lineage
import Properties
import Scenarios

extension Grounding: History {
  /// Gates.
  public typealias Algebra = Circuit

  /// EOT.
  public var lastRound: Round { setting.eot }

  /// The rows that may hold, with their gates.
  public func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Edge)] {
    possibleRows(of: relation, in: round).map { ($0.values, $0.gate) }
  }
}

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
    let stored = statesFaults(relation) ? Round(1) : round
    return possibleRows(of: relation, in: stored).map { ($0.values, $0.gate) }
  }

  /// The rows that may hold, by round, with their gates.
  public func rows(of relation: RelationID) -> [[(row: [Constant], condition: Edge)]] {
    if statesFaults(relation) {
      return Array(repeating: rows(of: relation, in: Round(1)), count: lastRound.position)
    }
    return possibleRows(of: relation).map { $0.map { ($0.values, $0.gate) } }
  }
}

import Dedalus
import Evaluation
import Properties
import Scenarios

/// The rows of a run by relation and round, for a run that is judged many times.
struct RunRows: History {
  typealias Algebra = OneRun
  typealias Rounds = [[(row: [Constant], condition: Bool)]]
  let lastRound: Round
  private let rounds: [RelationID: Rounds]
  private let none: Rounds

  init(_ execution: Execution) {
    var rounds: [RelationID: Rounds] = [:]
    let none: Rounds = Array(repeating: [], count: execution.setting.eot.position)
    for tuple in execution.store.tuples {
      let row = execution.store.row(of: tuple)
      let relation = execution.store.relation(of: row)
      rounds[relation, default: none][execution.store.round(of: tuple).position - 1].append(
        (execution.values(of: row), true))
    }
    self.rounds = rounds.mapValues { rounds in
      rounds.map { $0.sorted { $0.row.lexicographicallyPrecedes($1.row) } }
    }
    self.none = none
    lastRound = execution.lastRound
  }

  func rows(of relation: RelationID) -> Rounds { rounds[relation] ?? none }

  func rows(of relation: RelationID, in round: Round) -> [(row: [Constant], condition: Bool)] {
    rows(of: relation)[round.position - 1]
  }
}

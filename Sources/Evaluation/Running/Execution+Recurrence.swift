// A run repeats itself for ever once it is in a round in which nothing new can come from outside any more and
// which is as an earlier such round.

import Dedalus
import Indices
import Scenarios

/// Where a run begins to repeat itself.
public struct Recurrence: Hashable, Sendable {
  /// The first round that comes again.
  public let first: Round
  /// The number of rounds after which it does.
  public let period: Int
}

extension Execution {
  /// Where the run repeats itself for ever: with more rounds, and no more faults, nothing else would happen.
  /// Nil where that is not so, or where it does not show before the end.
  public var recurrence: Recurrence? {
    let relations = program.allRelations
    guard ending == .complete, !program.tellsRounds(whereItDerives: relations) else { return nil }
    let rows = rowsByRound(of: relations)
    let last = setting.eot.position
    guard quietRound < last else { return nil }
    for first in quietRound..<last where rows[first - 1] == rows[last - 1] {
      let period = ((first + 1)...last).first { rows[$0 - 1] == rows[first - 1] }.map { $0 - first }
      return period.map { Recurrence(first: Round(first), period: $0) }
    }
    return nil
  }

  /// From this round on, each round follows from the one before in the same way.
  private var quietRound: Int {
    var rounds = [program.lastNamedRound(about: program.allRelations)]
    for fault in faults.faults {
      let length = fault.meaning.measure == .late ? fault.extent + 1 : max(fault.extent, 1)
      rounds.append(fault.round.position + length + 1)
    }
    return rounds.max() ?? 1
  }

  /// By round, from 1: the rows of `relations`, but for those of the clock.
  package func rowsByRound(of relations: Set<RelationID>) -> [Set<RowID>] {
    var rows = [Set<RowID>](repeating: [], count: setting.eot.position)
    for tuple in store.tuples {
      let row = store.row(of: tuple)
      let relation = store.relation(of: row)
      guard relations.contains(relation), relation != program.time else { continue }
      rows[store.round(of: tuple).position - 1].insert(row)
    }
    return rows
  }
}

import Dedalus
import Evaluation
import Indices
import Scenarios

/// How one run goes on: which rounds are equal to which, as far as some relations are concerned.
struct Repetition {
  /// By round, from 1: the rows of these relations.
  private let rows: [Set<RowID>]
  private let execution: Execution

  init(_ execution: Execution, of relations: Set<RelationID>) {
    rows = execution.rowsByRound(of: relations)
    self.execution = execution
  }

  /// Whether `round` is as the one so many rounds before.
  func isRepeated(_ round: Int, after period: Int) -> Bool { rows[round - 1] == rows[round - 1 - period] }

  /// The smallest number of rounds, at most `longest`, by which the end of the run repeats itself; nil where
  /// it does not, or not for long enough to tell.
  func period(upTo longest: Int) -> Int? {
    (1...longest).first { period in
      let seen = 2 * longest
      return rows.count > seen + period
        && (rows.count - seen...rows.count).allSatisfy { isRepeated($0, after: period) }
    }
  }

  /// The names of the relations that still change at the end of the run, sorted.
  var changing: [String] {
    guard rows.count > 1 else { return [] }
    let changed = rows[rows.count - 1].symmetricDifference(rows[rows.count - 2])
    let relations = Set(changed.map { execution.store.relation(of: $0) })
    return relations.map { execution.program.relations[$0].name }.sorted()
  }

  /// The latest round in which a node crashes, up to `round`; nil where none does.
  func latestCrash(upTo round: Int) -> Int? {
    execution.faults.faults
      .filter { $0.meaning.isForGood && $0.subject.form == .node && $0.round.position <= round }
      .map(\.round.position).max()
  }
}

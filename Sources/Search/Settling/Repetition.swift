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

  var lastRound: Int { rows.count }

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

  /// The latest round in which a node crashes, after `base` and up to `round`; nil where none does.
  func latestCrash(after base: Int, upTo round: Int) -> Int? {
    execution.faults.faults
      .filter { $0.kind == .crash && base < $0.round.position && $0.round.position <= round }
      .map(\.round.position).max()
  }
}

/// The rounds from `base` on in which runs do not repeat themselves.
struct Unrest {
  /// For each such round of a run: how many rounds it is after the base, and how many after the latest crash
  /// behind the base, if there is one.
  private var rounds: [(sinceBase: Int, sinceCrash: Int?)] = []

  /// Adds those of `run`, where a round is compared with the one `period` before.
  mutating func add(_ run: Repetition, period: Int, base: Int) {
    guard base + period <= run.lastRound else { return }
    for round in (base + period)...run.lastRound where !run.isRepeated(round, after: period) {
      rounds.append((round - base, run.latestCrash(after: base, upTo: round).map { round - $0 }))
    }
  }

  /// From which round after the base on there is none of these rounds where no node crashes behind the base;
  /// and how many rounds after a crash there is none of the others. Both are at least `period`.
  func calm(period: Int) -> (first: Int, calm: Int) {
    let first = rounds.filter { $0.sinceCrash == nil }.map { $0.sinceBase + 1 }.max() ?? 0
    let calm = rounds.filter { $0.sinceBase >= first }.compactMap(\.sinceCrash).max() ?? 0
    return (max(period, first), max(period, calm))
  }
}

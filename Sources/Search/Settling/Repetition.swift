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

  /// The numbers of rounds after the base, and after a crash, from which on there is none of these rounds:
  /// those with which `crashes` crashes are over soonest. Both are at least `period`.
  func calm(period: Int, crashes: Int) -> (first: Int, calm: Int) {
    let latest = rounds.map(\.sinceBase).max() ?? 0
    var best: (first: Int, calm: Int)?
    for first in period...max(period, latest + 1) {
      let left = rounds.filter { $0.sinceBase >= first }
      guard left.allSatisfy({ $0.sinceCrash != nil }) else { continue }
      let calm = max(period, left.compactMap(\.sinceCrash).max() ?? 0)
      if let best, first + crashes * (calm + 1) >= best.first + crashes * (best.calm + 1) { continue }
      best = (first, calm)
    }
    return best ?? (max(period, latest + 1), period)
  }
}

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
  public var recurrence: Recurrence? { recurrence(of: program.allRelations) }

  /// The same as far as `relations` are concerned; rules that derive them read no others. Where `baseline` is
  /// given, a run under other faults, both repeat themselves together.
  package func recurrence(of relations: Set<RelationID>, beside baseline: Execution? = nil) -> Recurrence? {
    let runs = [self] + (baseline.map { [$0] } ?? [])
    let rules = runs.map(\.liveRules)
    guard zip(runs, rules).allSatisfy({ $0.canBeSeenToRepeat(relations, by: $1) }) else { return nil }
    let rows = runs.map { $0.rowsByRound(of: relations) }
    func areEqual(_ round: Int, _ other: Int) -> Bool {
      rows.allSatisfy { $0[round - 1] == $0[other - 1] }
    }
    let last = setting.eot.position
    let quiet = zip(runs, rules).map { $0.quietRound(of: relations, by: $1) }.max() ?? 1
    guard quiet < last, var first = (quiet..<last).first(where: { areEqual($0, last) }) else { return nil }
    let period = ((first + 1)...last).first { areEqual($0, first) }.map { $0 - first } ?? 1
    assert(period >= 1 && first + period <= last, "what comes again does so before the end")
    while first > quiet, areEqual(first - 1, first - 1 + period) { first -= 1 }
    return Recurrence(first: Round(first), period: period)
  }

  private var hasCrash: Bool { faults.faults.contains { $0.kind == .crash } }

  /// The rules that may fire under the faults of the run.
  package var liveRules: LiveRules {
    LiveRules(of: program, without: hasCrash ? [] : [program.crash])
  }

  /// Whether the rows of `relations` in a round are all that the next round depends on. A node that is down
  /// for good keeps what is durable if it came into the round, and not if rules derived it there; that does
  /// not show.
  private func canBeSeenToRepeat(_ relations: Set<RelationID>, by rules: LiveRules) -> Bool {
    let keeps = setting.crashView == .failStop && hasCrash
    return ending == .complete && !rules.tellRounds(whereTheyDerive: relations)
      && !(keeps && rules.nameOfDerivedDurable(among: relations) != nil)
  }

  /// From this round on, each round follows from the one before in the same way.
  private func quietRound(of relations: Set<RelationID>, by rules: LiveRules) -> Int {
    var rounds = [rules.lastNamedRound(about: relations)]
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

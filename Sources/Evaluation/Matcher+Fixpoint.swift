import Dedalus
import Indices

extension Matcher {
  /// Finds every match of `plan` in `round`.
  public mutating func findMatches(
    of plan: RulePlan, in round: Round, for receiver: inout some MatchReceiver
  ) {
    findMatches(of: plan, join: 0, in: round, bounds: [], for: &receiver)
  }

  /// Matches the recursive rules of `stratum` until they derive nothing new.
  ///
  /// Semi-naive: every tuple is recent in one pass and stable ever after; a pass finds the matches in which at least
  /// one tuple is recent, each once.
  public mutating func reachFixpoint(
    of stratum: ScheduledStratum, in round: Round, for receiver: inout some MatchReceiver
  ) {
    var recent = TupleID(0)..<store.nextTuple
    while !recent.isEmpty, !stratum.recursive.isEmpty {
      for recursive in stratum.recursive {
        for first in recursive.inside {
          findMatches(
            of: recursive.plan, join: 1 + first, in: round,
            bounds: recursive.bounds(first: first, recent: recent), for: &receiver)
          if receiver.isStopped { return }
        }
      }
      recent = recent.upperBound..<store.nextTuple
    }
  }
}

import Dedalus
import Indices
import Scenarios

extension Matcher {
  /// Finds every match of `plan` in `round`.
  public mutating func findMatches(
    of plan: RulePlan, in round: Round, for receiver: inout some MatchReceiver
  ) {
    begin(plan, in: round)
    findMatches(of: plan, join: 0, for: &receiver)
  }

  /// Matches the recursive rules of `stratum` until they derive nothing new.
  ///
  /// Semi-naive: every tuple is recent in one pass and stable ever after; a pass finds the matches in which at least
  /// one tuple is recent, each once.
  public mutating func reachFixpoint(
    of stratum: ScheduledStratum, in round: Round, for receiver: inout some MatchReceiver
  ) {
    if stratum.recursive.isEmpty { return }
    var recent = TupleID(0)..<store.nextTuple
    while !recent.isEmpty {
      for recursive in stratum.recursive {
        for first in recursive.inside {
          begin(recursive.plan, in: round)
          for position in recursive.inside { bound(position, to: recent.bounds(at: position, first: first)) }
          findMatches(of: recursive.plan, join: 1 + first, for: &receiver)
          if receiver.isStopped { return }
        }
      }
      recent = recent.upperBound..<store.nextTuple
    }
  }
}

extension Range<TupleID> {
  /// Where these tuples are the recent ones: which tuples the atom at `position` takes in the join that begins with
  /// atom `first`, both reading the stratum, so that every match with at least one recent tuple is found exactly
  /// once: before `first` stable ones, at it recent ones, after it both.
  fileprivate func bounds(at position: Int, first: Int) -> Range<TupleID> {
    if position == first { return self }
    return position < first ? TupleID(0)..<lowerBound : TupleID(0)..<upperBound
  }
}

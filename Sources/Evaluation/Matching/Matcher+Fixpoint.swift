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
  /// Semi-naive: every tuple is recent in one pass and stable in all later ones. A pass finds each match with
  /// at least one recent tuple exactly once.
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
  /// The tuples that the atom at `position` takes in the join that begins with atom `first`, where both read
  /// the stratum and this range holds the recent tuples. The atoms before `first` take stable tuples, `first`
  /// takes recent ones, and the atoms after it take both; so every match with at least one recent tuple is
  /// found exactly once.
  fileprivate func bounds(at position: Int, first: Int) -> Range<TupleID> {
    if position == first { return self }
    return position < first ? TupleID(0)..<lowerBound : TupleID(0)..<upperBound
  }
}

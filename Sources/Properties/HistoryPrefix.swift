import Dedalus
import Scenarios

/// The first rounds of a history, as if there were no more.
package struct HistoryPrefix<Whole: History>: History {
  package typealias Algebra = Whole.Algebra
  private let whole: Whole
  package let lastRound: Round

  /// The rounds of `whole` up to `lastRound`.
  package init(of whole: Whole, upTo lastRound: Round) {
    assert(lastRound <= whole.lastRound, "a prefix is no longer than the whole")
    (self.whole, self.lastRound) = (whole, lastRound)
  }

  package func rows(
    of relation: RelationID, in round: Round
  ) -> [(row: [Constant], condition: Algebra.Truth)] {
    assert(round <= lastRound, "nobody asks for what comes after the prefix")
    return whole.rows(of: relation, in: round)
  }

  package func rows(of relation: RelationID) -> [[(row: [Constant], condition: Algebra.Truth)]] {
    Array(whole.rows(of: relation).prefix(lastRound.position))
  }
}

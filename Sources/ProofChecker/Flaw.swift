/// Why a step of a proof is not accepted.
public struct Flaw: Error, Equatable, CustomStringConvertible {
  /// What is wrong with it.
  public enum Reason: Equatable, Sendable {
    /// Clauses are numbered upwards.
    case numberNotRising
    /// The number leaves a gap out of proportion to the proof.
    case numberTooGreat
    /// Not a variable or its negation.
    case notALiteral(Int)
    /// Hints are positive; negative ones belong to RAT steps.
    case notAHint(Int)
    /// No clause has this number (any more).
    case unknownClause(Int)
    /// The hint has a true literal, or more than one that is not false.
    case forcesNothing(Int)
    /// The hint is false, but hints follow.
    case hintsAfterContradiction(Int)
    /// The hints end, and no clause is false.
    case noContradiction
  }

  /// The number of the clause the step derives.
  public let step: Int
  /// What is wrong with it.
  public let reason: Reason

  /// One phrase.
  public var description: String {
    switch reason {
    case .numberNotRising: "step \(step): a clause needs a greater number than those before it"
    case .numberTooGreat: "step \(step): the number leaves too wide a gap"
    case .notALiteral(let literal): "step \(step): \(literal) is not a literal"
    case .notAHint(let hint): "step \(step): hint \(hint) belongs to a RAT step; only RUP steps are accepted"
    case .unknownClause(let clause): "step \(step): there is no clause \(clause)"
    case .forcesNothing(let hint): "step \(step): clause \(hint) forces nothing here"
    case .hintsAfterContradiction(let hint): "step \(step): clause \(hint) is false, but hints follow"
    case .noContradiction: "step \(step): the hints end without a contradiction"
    }
  }
}

/// Why a step of a proof is not accepted.
public struct Flaw: Error, Equatable, CustomStringConvertible {
  /// Why the step is not accepted.
  public enum Reason: Equatable, Sendable {
    /// The number is not greater than that of the step before.
    case numberNotRising
    /// The number leaves a gap too large for the length of the proof.
    case numberTooGreat
    /// The number is not a variable or its negation.
    case notALiteral(Int)
    /// The hint is not positive; negative hints belong to RAT steps.
    case notAHint(Int)
    /// No clause has this number, or the clause has been deleted.
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
  /// Why the step is not accepted.
  public let reason: Reason

  /// The reason as a phrase.
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

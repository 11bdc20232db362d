import Evaluation
import Texts

/// Whether what holds at the bounds of a question holds for every EOT from there on.
public enum Settlement: Sendable {
  /// It does.
  case settled(Settled)
  /// At a larger EOT it does not: the answer there.
  case broken(Answer)
  /// That is not known, for the given reason, a sentence.
  case open(String)
  /// A limit ended the search for it.
  case inconclusive(Limit)
}

/// From when on nothing new happens.
public struct Settled: Hashable, Sendable {
  /// The outcome holds for every EOT from this one on.
  public let from: Int
  /// The number of rounds that had to be looked at.
  public let eot: Int
  /// By how many rounds every admissible run repeats itself in the end.
  public let period: Int
  /// After so many rounds without a crash, every round is as the one a period before.
  public let calm: Int
  /// The last round for crashes; nil where nodes may crash in every round, or do not.
  public let lastCrash: Int?
}

extension Settled {
  /// In words: a sentence or two.
  public var sentences: [String] {
    let again =
      period == 1 ? "every round is as the one before" : "every round is as the one \(period) rounds before"
    return [
      "Settled: it holds for every EOT from \(from) on.",
      "\(counted(calm, "round")) after the last fault at the latest, \(again); looked at up to round \(eot).",
    ]
  }
}

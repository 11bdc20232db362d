import Answers
import Evaluation
import Texts

/// How far a search for settling goes.
public struct SettlingLimits: Hashable, Sendable {
  /// The largest EOT that is looked at; or three times the one that is asked, where that is more.
  public var eot: Int
  /// The longest period that is looked for.
  public var period: Int

  /// Up to 40 rounds, and periods of up to 8.
  public init(eot: Int = 40, period: Int = 8) { (self.eot, self.period) = (eot, period) }
}

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
  /// From this round on every round is as the one a period before, where no node crashes so late.
  public let quiet: Int
  /// After so many rounds without a crash it is so, too; nil where no node can crash so late.
  public let calm: Int?
}

extension Settled {
  /// In words: a sentence or two.
  public var sentences: [String] {
    let again = period == 1 ? "as the one before" : "as the one \(period) rounds before"
    let late =
      calm.map { "; where a node crashes later, so many rounds after the crash: \($0 + 1)" } ?? ""
    return [
      "Settled: it holds for every EOT from \(from) on.",
      "From round \(quiet) on every round is \(again)\(late). Looked at up to round \(eot).",
    ]
  }
}

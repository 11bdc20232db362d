import Dedalus
import Evaluation
import Properties
import Scenarios

/// What becomes of a counterexample when its run goes on, with more rounds and no more faults.
public struct Aftermath: Sendable {
  /// How it comes out.
  public enum Outcome: Hashable, Sendable {
    /// It was late. With an EOT of this round or more nothing is broken; of a row that had to come `within`
    /// some rounds, this is the round in which it comes.
    case heals(Round)
    /// What is missing stays away. Of the rounds that come again and again, so many break a property if they
    /// are the last one.
    case isBrokenForEver(in: Int)
    /// It has not healed by the last round that was tried, nor does the run repeat itself.
    case isOpen
  }

  /// How it comes out.
  public let outcome: Outcome
  /// Where the run begins to repeat itself for ever, as far as the properties can tell; nil where it was not
  /// seen to. Then an outcome was only seen up to the last round.
  public let recurrence: Recurrence?
  /// Whether a row had to come within some rounds: then it can be late, but the property stays broken.
  public let hasDeadline: Bool
  /// The run, with as many rounds as were tried.
  public let execution: Execution
  /// The names of the relations that still change in the last round.
  public let changing: [String]

  /// The last round that was tried.
  public var lastRound: Round { execution.lastRound }
}

extension Aftermath {
  /// In words, as a phrase.
  public var phrase: String {
    switch outcome {
    case .heals(let round) where hasDeadline:
      return "late, not lost: what is missing comes in round \(round.position)"
    case .heals(let round): return "it heals in round \(round.position)"
    case .isBrokenForEver(let count):
      guard let recurrence else { return "broken for ever" }
      let words = "broken for ever: \(recurrence.words)"
      return count == recurrence.period ? words : "\(words), broken in \(count) of them"
    case .isOpen: return "not healed by round \(lastRound.position)"
    }
  }

  /// In words: a sentence.
  public var sentence: String {
    let words = phrase.prefix(1).uppercased() + phrase.dropFirst()
    switch outcome {
    case .heals(let round) where !hasDeadline:
      let eot =
        recurrence == nil
        ? "an EOT from \(round.position) to \(lastRound.position)" : "any EOT from \(round.position) on"
      return "\(words): with the same faults and \(eot) nothing is broken."
    case .heals, .isBrokenForEver: return words + "."
    case .isOpen:
      guard !changing.isEmpty else { return words + "." }
      let few = changing.count > 4 ? Array(changing.prefix(3)) : changing
      let more = changing.count > few.count ? " among others" : ""
      let verb = changing.count == 1 ? "changes" : "change"
      return
        "\(words), and the run does not repeat itself: \(Question.quoted(few, "and")) still \(verb)\(more)."
    }
  }
}

extension Recurrence {
  /// In words, as a phrase.
  public var words: String {
    period == 1
      ? "from round \(first.position) on every round is the same"
      : "from round \(first.position) the run repeats every \(period) rounds"
  }
}

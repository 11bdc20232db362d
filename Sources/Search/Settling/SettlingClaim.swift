import Answers
import Scenarios

/// From when on the runs of a question are claimed to repeat themselves; see `Settling`.
struct SettlingClaim {
  /// What is known about the question's rounds.
  let invariance: TimeInvariance
  /// A quiet round is as the one so many rounds before.
  let period: Int
  /// No round is quiet that is fewer rounds after the base; at least `period`.
  let first: Int
  /// No round is quiet in which, or in so many rounds before which, a node crashes; at least `period`.
  let calm: Int
  /// How many nodes may crash behind the base.
  let crashes: Int
  /// The EOT that is asked; the properties are known to hold there.
  let from: Int
  /// The longest window of a property: so many rounds after that of a row decide whether the row breaks it.
  let window: Int

  /// What runs may raise.
  var numbers: [Int] { [period, first, calm] }

  /// The first round that may be quiet.
  var firstQuiet: Int { invariance.base + first }
  /// By this round at the latest there has been a quiet one: a crash puts it off by `calm` + 1 rounds.
  var lastQuiet: Int { firstQuiet + crashes * (calm + 1) }
  /// Runs of so many rounds have to be looked at.
  var eot: Int { max(lastQuiet, lastQuiet - 1 + window, from + period - 1) }
}

extension SettlingClaim {
  /// What is found out about a claim.
  enum Answer {
    case holds
    /// Under this scenario the first quiet round is not as it should be.
    case restless(Scenario)
    /// With a larger EOT a property is broken.
    case broken
    /// In a run of so many rounds some computation may fail.
    case fails(eot: Int)
    case stopped(Limit)
  }
}

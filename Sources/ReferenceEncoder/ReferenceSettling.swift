// Does what holds with one EOT hold with every later one? A proof by pumping, of which the formula is the
// part that depends on the program.
//
// Let the *base* be a round from which nothing comes from outside any more: passing faults are over, facts
// are placed, rounds that rules name lie behind. Each later round follows from the one before by one and the
// same function, but for crashes. A round r is *quiet* if it is not before `quiet`, and no node crashes
// behind the base in the rounds r − `calm` … r. Both `quiet` − base and `calm` are at least `period`. The
// formula says that in some run of E rounds
//
//     (1) the first quiet round is not as the one `period` rounds before; or
//     (2) a property is broken by a row of a round before the first quiet one, or with one of the first
//         `period` EOTs that are claimed by any row; or some arithmetic has no result.
//
// Claim: if it is unsatisfiable, the properties hold with every EOT. With at most c crashes behind the base,
// there is a quiet round by Q = `quiet` + c (`calm` + 1): where round `quiet` is not, take the latest crash
// in its way, and the round `calm` + 1 rounds after it, and so on.
//
// *Every* quiet round r of every run is as round r − `period`, by induction on r. If round r − 1 is quiet,
// too, it is as r − 1 − `period`, nothing crashes in between, and so what follows from it is the same. If r
// is the first quiet round, (1) says it: of longer runs too, since r ≤ Q ≤ E, what happens later does not
// change what was before, and rules cannot tell in which later round a node crashes, so a crash after round E
// − 1 may be taken to be in it. (Then fewer than c crashes came before r, and r < E − 1.) Otherwise there is
// an earlier quiet round x, and a crash in round r − `calm` − 1 after it. By induction x is as x − `period`.
// Leave out the rounds x − `period` + 1 … x and let everything later come earlier, the crashes as well. Each
// round still follows from the one before, so this is a run under admissible faults, in which r comes as r −
// `period`; there the induction has it, and the rows are the same.
//
// So a run that breaks a property by a row of a round v, with a quiet round r ≤ v, can be made shorter by a
// period in the same way, and still breaks it. For a property about the end v is the last round; for others
// the run may be cut off behind the window of the row, and a later crash be taken to come right after the
// window. Repeat, until (2) says that there is no such run. Arithmetic that has no result in a longer run has
// none in one of E rounds, since what it depends on is among what is compared; or it only counts up and down
// in small steps, which takes more than 2^30 rounds.
//
// With a last round for crashes the base is not before it, and c is 0. The run without faults, with which
// some properties compare, is quiet from `quiet` on, and repeats itself, too.
//
// Two rounds are compared by the rows that come into them: by all rows of relations that have such rows. What
// is derived within a round, the world's statements apart, follows from these.

import Dedalus
import ReferenceEvaluator

/// A claim about every EOT from that of a question on.
public struct ReferenceSettling: Hashable, Sendable {
  /// A quiet round is as the one so many rounds before.
  public let period: Int
  /// No round before this one is quiet.
  public let quiet: Int
  /// No round is quiet in which, or in so many rounds before which, a node crashes.
  public let calm: Int

  /// The claim with these numbers.
  public init(period: Int, quiet: Int, calm: Int) {
    (self.period, self.quiet, self.calm) = (period, quiet, calm)
  }
}

/// What a claim about every EOT comes to for a question.
struct Pumping {
  let claim: ReferenceSettling
  /// The first EOT that is claimed.
  let from: Int
  /// Nothing comes from outside after this round.
  let base: Int
  /// The largest number of crashes behind the base.
  let crashes: Int
  /// The relations whose rows are compared.
  let compared: Set<Int>
  /// By this round at the latest there has been a quiet one.
  let lastQuiet: Int
  /// The number of rounds of the runs that the formula speaks of.
  let eot: Int

  /// The largest number of rounds that is accepted.
  private static let mostRounds = 100_000

  init(_ claim: ReferenceSettling, of question: ReferenceQuestion) throws(UnfinishedFormula) {
    let (program, space) = (question.program, question.space)
    let hasCrashes = space.crashes > 0
    let reading = RoundReading(
      of: program, asking: question.specifications, whereNodesMayCrash: hasCrashes)
    let isOpen = hasCrashes && space.lastCrash == nil
    base = max(reading.lastRound, space.eff, hasCrashes ? space.lastCrash ?? 1 : 1)
    from = space.eot
    crashes = isOpen ? min(space.crashes, space.nodes.count) : 0
    compared = reading.compared
    self.claim = claim
    guard 1...Self.mostRounds ~= claim.period, base...Self.mostRounds ~= claim.quiet,
      0...Self.mostRounds ~= claim.calm, from <= Self.mostRounds
    else { throw .unfounded("its numbers are out of range") }
    lastQuiet = claim.quiet + crashes * (claim.calm + 1)
    let window = question.specifications.map(\.window).max() ?? 0
    eot = max(lastQuiet, lastQuiet - 1 + window, from + claim.period - 1)
    if claim.quiet - base < claim.period || crashes > 0 && claim.calm < claim.period {
      throw .unfounded("round \(claim.quiet), or a crash, may be less than a period away")
    }
    if reading.readsTime { throw .unfounded("the properties depend on the numbers of rounds") }
    if isOpen, reading.readsCrashRounds {
      throw .unfounded("the properties depend on the rounds in which nodes crash")
    }
    // A node that is down for good keeps what came into the round, and not what rules derived in it.
    if hasCrashes, question.crashView == .failStop, reading.derivesDurable {
      throw .unfounded("rules derive what is durable within a round")
    }
  }
}

extension ReferenceSpecification {
  /// The number of rounds after the one of a row that decide whether the row breaks it.
  fileprivate var window: Int {
    switch self {
    case .within(let slack, _, _): slack
    case .stable: 1
    case .implication, .molly, .survival, .always, .never, .neverMatching: 0
    }
  }

  /// Whether only the last round counts.
  var isAboutTheEnd: Bool {
    switch self {
    case .implication, .molly, .survival: true
    case .always, .never, .neverMatching, .within, .stable: false
    }
  }
}

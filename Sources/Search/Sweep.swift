// The paper's procedure when no bounds are given (SIGMOD 2015, section 4): without message loss, raise EOT
// until the outcome has rows in the failure-free run; then raise EFF; when it reaches EOT − 1, raise both;
// stop at the first counterexample or when time is up.
//
// A counterexample at bounds that nobody chose may only say that the run ends too early. So the same faults
// are tried with more rounds. Where nothing is broken then, it was *late*, and the sweep goes on with as many
// rounds between the last fault and EOT as it took.
//
// An outcome may be empty in the failure-free run and still be broken by faults: "whatever was committed
// twice …" has a premise only when something went wrong. So where many rounds bring no row, both bounds grow
// from the smallest on. A proof about an empty outcome does not count as proved.

// Where EFF grows no more, because it has reached the largest that is wanted or because nothing passes, only
// EOT is left. Then one proof that runs come to rest stands for all larger EOTs, and the sweep ends.

import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Texts

/// A sweep: a series of questions, each at the next bounds, which depend on the answers.
///
///     var sweep = try Sweep(over: program, asking: inquiry)
///     let result = try sweep.run(within: patience)
public struct Sweep: Sendable {
  /// The question at the next bounds; nil where the sweep has ended.
  public private(set) var question: Question?
  /// All bounds at which an outcome with rows was proved to hold, in order.
  public private(set) var proved: [Bounds] = []

  private let program: Program
  /// What is asked at all bounds, apart from EOT and EFF.
  private let inquiry: Inquiry
  /// From this number of rounds on, the sweep no longer waits for the failure-free run to meet the
  /// specification with a row.
  private let lastEmptyEOT: Int
  /// The largest EFF; nil where it grows with EOT.
  private let largestEFF: Int?
  /// Whether only EOT is raised, until the outcome has rows.
  private var awaitsRows: Bool
  /// How many rounds come after the last fault at least, once a counterexample has been late.
  private var need = 0
  /// By how much EOT exceeds EFF once both grow.
  private var rest: Int { max(inquiry.mode == .liveness ? 2 : 1, need - 1) }
  /// How many counterexamples were only late.
  private var lateCount = 0
  /// The answer at the largest bounds that hold, or the last answer where none hold.
  private var latest: Answer?
  /// The bounds at which a limit ended the sweep; nil where none did.
  private var cut: Bounds?
  /// Whether it holds for every larger EOT, where that was asked.
  private var settled: Settlement?

  /// A sweep from EOT 1, or from the bounds `start`, at which the outcome must have rows. EFF grows up to
  /// `largestEFF`, or with EOT.
  public init(
    over program: Program, asking inquiry: Inquiry, from start: (eot: Int, eff: Int)? = nil,
    largestEFF: Int? = nil, lastEmptyEOT: Int = 40
  ) throws(InvalidQuestion) {
    (self.program, self.inquiry) = (program, inquiry)
    self.lastEmptyEOT = lastEmptyEOT
    awaitsRows = start == nil
    let first = try inquiry.question(about: program, eot: start?.eot ?? 1, eff: start?.eff ?? 0)
    assert(lastEmptyEOT >= 1, "some round is waited for")
    self.largestEFF = first.bounds.admitsPassingFaults ? largestEFF : start?.eff ?? 0
    question = first
  }

  /// Continues after `answer`, the answer to `question`; where patience has ended, `limit` says why.
  public mutating func take(_ answer: Answer, stoppedBy limit: Limit? = nil) throws(InvalidQuestion) {
    let bounds = answer.question.bounds
    assert(bounds == question?.bounds, "the question that was asked is the one that is answered")
    if answer.verdict == .counterexample, let healing = answer.healing {
      return try passLate(answer, healing, limit)
    }
    switch answer.verdict {
    case .holds where !(awaitsRows && answer.isEmptyWithoutFaults):
      latest = answer
      try passHolding(bounds, isEmpty: answer.isEmptyWithoutFaults)
    case .holds: try passEmpty(answer, limit)
    case .badBaseline where awaitsRows && bounds.eot < lastEmptyEOT: try passEmpty(answer, limit)
    case .badBaseline, .counterexample, .error:
      latest = answer
      question = nil
    case .inconclusive:
      if proved.isEmpty || latest == nil { latest = answer }
      cut = bounds
      question = nil
    }
  }

  /// Ends the sweep although the outcome might get its first row in later rounds.
  private mutating func stop(by limit: Limit) {
    cut = question?.bounds
    question = nil
    latest = latest.map { $0.finding(.inconclusive(limit, harmlessUpTo: nil)) }
  }

  /// Continues as if `question` had been answered. It is known from a record that the outcome holds at its
  /// bounds, or that the failure-free run does not meet it yet.
  public mutating func skip(_ verdict: Verdict) throws(InvalidQuestion) {
    guard let question else { return }
    let isEmpty = question.isEmptyWithoutFaults(
      Evaluation.run(
        question.program, question.setting, under: Scenario(.none, question.bounds.possibleInputs.first)))
    if verdict == .holds, !(awaitsRows && isEmpty) {
      try passHolding(question.bounds, isEmpty: isEmpty)
    } else {
      try passEmpty(question.bounds)
    }
  }

  private mutating func passEmpty(_ answer: Answer, _ limit: Limit?) throws(InvalidQuestion) {
    latest = answer
    if let limit { return stop(by: limit) }
    try passEmpty(answer.question.bounds)
  }

  private mutating func passEmpty(_ bounds: Bounds) throws(InvalidQuestion) {
    awaitsRows = bounds.eot < lastEmptyEOT
    question =
      awaitsRows
      ? try inquiry.question(about: program, eot: bounds.eot + 1, eff: 0)
      : try inquiry.question(about: program, eot: 2, eff: min(1, largestEFF ?? 1))
  }

  private mutating func passHolding(_ bounds: Bounds, isEmpty: Bool) throws(InvalidQuestion) {
    awaitsRows = false
    if !isEmpty {
      assert(
        proved.last.map { $0.eot < bounds.eot || $0.eff < bounds.eff } ?? true, "bounds only grow")
      proved.append(bounds)
    }
    let raisesEFF = growsEFF(beyond: bounds)
    let raisesEOT = !raisesEFF || bounds.eff >= bounds.eot - rest
    question = try question(
      eot: raisesEOT ? bounds.eot + 1 : bounds.eot, eff: raisesEFF ? bounds.eff + 1 : bounds.eff)
  }

  private func growsEFF(beyond bounds: Bounds) -> Bool { largestEFF.map { bounds.eff < $0 } ?? true }

  /// The question of which it is worth knowing whether it holds for every larger EOT: the one just answered,
  /// where only EOT is left to be raised. It is asked once.
  package var questionToSettle: Question? {
    guard settled == nil, question != nil, let latest, latest.verdict == .holds, let bounds = proved.last,
      bounds == latest.question.bounds, !growsEFF(beyond: bounds),
      inquiry.mode != .safety || !bounds.admitsPassingFaults
    else { return nil }
    // Where crashes are kept away from EOT, they come later with a larger one.
    return bounds.budgets.lastCrash == given("last-crash") ? latest.question : nil
  }

  /// Ends the sweep where what holds is settled. Where a larger EOT breaks it, the sweep will come there.
  mutating func settle(_ found: Settlement) {
    settled = found
    assert(latest?.verdict == .holds, "only what holds is settled")
    if case .settled = found { question = nil }
  }

  /// Continues after a counterexample that breaks nothing once the run has more rounds: with as many rounds
  /// after the last fault as it needed.
  private mutating func passLate(
    _ answer: Answer, _ healing: Int, _ limit: Limit?
  ) throws(InvalidQuestion) {
    let last = answer.counterexample?.faults.lastRound ?? 0
    lateCount += 1
    assert(healing > answer.question.bounds.eot, "what is late comes after EOT")
    // A missing fact is for good and in a round of its own: then more rounds need not follow a later fault.
    let least = answer.question.bounds.eot + (healing - last > need ? 0 : 1)
    need = max(need, healing - last)
    let bounds = answer.question.bounds
    awaitsRows = false
    question = try question(eot: max(least, bounds.eff + rest, need + 1), eff: bounds.eff)
    if proved.isEmpty { latest = nil }
    guard let limit else { return }
    latest = latest ?? answer.finding(.inconclusive(limit, harmlessUpTo: nil))
    cut = question?.bounds
    question = nil
  }

  /// The question at these bounds. Crashes, which EFF does not bound, leave as many rounds as other faults.
  private func question(eot: Int, eff: Int) throws(InvalidQuestion) -> Question {
    var inquiry = inquiry
    if need > 1, let crashes = given("crashes"), crashes > 0 {
      let last = max(1, min(eot - need, given("last-crash") ?? .max))
      inquiry.settings.removeAll { $0.name == "last-crash" }
      inquiry.settings.append(BudgetSetting("last-crash", "\(last)"))
    }
    return try inquiry.question(about: program, eot: eot, eff: eff)
  }

  /// The number of a setting of the inquiry.
  private func given(_ name: String) -> Int? {
    inquiry.settings.first { $0.name == name }.flatMap { wholeNumber($0.value) }
  }

  /// How far the sweep came; nil before the first answer.
  public var result: SweepResult? {
    latest.map {
      SweepResult(
        answer: $0, proved: proved, next: cut, late: lateCount > 0 ? (lateCount, need) : nil,
        settlement: $0.verdict == .holds ? settled : nil)
    }
  }
}

/// How far a sweep came.
public struct SweepResult: Sendable {
  /// The answer at the bounds that end the sweep: the smallest bounds that break the program or, where a
  /// limit ended the sweep, the largest that were proved to hold. Where there are none, the last answer.
  public let answer: Answer
  /// All bounds at which an outcome with rows was proved to hold, in order.
  public let proved: [Bounds]
  /// Where a limit ended the sweep: the bounds at which to continue.
  public let next: Bounds?
  /// Where counterexamples broke nothing once the run had more rounds: how many there were, and how many
  /// rounds after the last fault it took at most.
  public let late: (count: Int, rounds: Int)?
  /// Whether it holds for every larger EOT, where EFF grew no more, and so that was asked.
  public let settlement: Settlement?
}

extension Sweep {
  /// Grows the bounds until a counterexample is found or `patience` ends. `answering` gets each question with
  /// the patience that is left.
  ///
  /// - Throws: `InvalidQuestion`, and what `answering` throws: `Disagreement`, which is a bug in Faultline.
  public mutating func run(
    within patience: Patience,
    answering: (Question, Patience) throws -> Answer = { try check($0, patience: $1) }
  ) throws -> SweepResult {
    let stopwatch = Stopwatch(patience)
    while let question {
      let answer = try answering(question, patience.remaining(after: stopwatch.elapsed))
      try take(answer, stoppedBy: stopwatch.isOver ? stopwatch.reason : nil)
      if let question = questionToSettle {
        settle(try settlement(of: question, patience: patience.remaining(after: stopwatch.elapsed)))
      }
    }
    guard let result else { preconditionFailure("a sweep asks one question at least") }
    return SweepResult(
      answer: result.answer.lasting(stopwatch.elapsed), proved: result.proved, next: result.next,
      late: result.late, settlement: result.settlement)
  }
}

extension Bounds {
  /// Whether they may admit a fault that is not for good, with some EFF.
  fileprivate var admitsPassingFaults: Bool {
    KindID.allIDs.contains { !$0.meaning.isForGood && most(of: $0) != 0 }
  }
}

extension Patience {
  /// This patience, less the given number of seconds.
  package func remaining(after seconds: Double) -> Patience {
    var rest = self
    rest.time = time.map { max(.zero, $0 - .seconds(seconds)) }
    return rest
  }
}

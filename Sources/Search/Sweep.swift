// The paper's procedure when no bounds are given (SIGMOD 2015, section 4): without message loss, raise EOT
// until the outcome has rows in the failure-free run; then raise EFF; when it reaches EOT − 1, raise both;
// stop at the first counterexample or when time is up.
//
// An outcome may be empty in the failure-free run and still be broken by faults: "whatever was committed
// twice …" has a premise only when something went wrong. So where many rounds bring no row, both bounds grow
// from the smallest on. A proof about an empty outcome does not count as proved.

import Dedalus
import Evaluation
import Properties
import Scenarios

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
  /// Whether only EOT is raised, until the outcome has rows.
  private var awaitsRows: Bool
  /// The answer at the largest bounds that hold, or the last answer where none hold.
  private var latest: Answer?
  /// The bounds at which a limit ended the sweep; nil where none did.
  private var cut: Bounds?

  /// A sweep from EOT 1, or from the bounds `start`, at which the outcome must have rows.
  public init(
    over program: Program, asking inquiry: Inquiry, from start: (eot: Int, eff: Int)? = nil,
    lastEmptyEOT: Int = 40
  ) throws(InvalidQuestion) {
    (self.program, self.inquiry) = (program, inquiry)
    self.lastEmptyEOT = lastEmptyEOT
    awaitsRows = start == nil
    question = try inquiry.question(about: program, eot: start?.eot ?? 1, eff: start?.eff ?? 0)
  }

  /// Continues after `answer`, the answer to `question`; where patience has ended, `limit` says why.
  public mutating func take(_ answer: Answer, stoppedBy limit: Limit? = nil) throws(InvalidQuestion) {
    let bounds = answer.question.bounds
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
      : try inquiry.question(about: program, eot: 2, eff: 1)
  }

  private mutating func passHolding(_ bounds: Bounds, isEmpty: Bool) throws(InvalidQuestion) {
    awaitsRows = false
    if !isEmpty { proved.append(bounds) }
    let raisesEOT = bounds.eff >= bounds.eot - 1
    question = try inquiry.question(
      about: program, eot: raisesEOT ? bounds.eot + 1 : bounds.eot, eff: bounds.eff + 1)
  }

  /// How far the sweep came; nil before the first answer.
  public var result: SweepResult? {
    latest.map { SweepResult(answer: $0, proved: proved, next: cut) }
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
    }
    guard let result else { preconditionFailure("a sweep asks one question at least") }
    return SweepResult(
      answer: result.answer.lasting(stopwatch.elapsed), proved: result.proved, next: result.next)
  }
}

extension Patience {
  /// This patience, less the given number of seconds.
  fileprivate func remaining(after seconds: Double) -> Patience {
    var rest = self
    rest.time = time.map { max(.zero, $0 - .seconds(seconds)) }
    return rest
  }
}

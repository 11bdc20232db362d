// The paper's procedure when no bounds are given (SIGMOD 2015, section 4): without message loss, raise EOT until the
// outcome has rows in the failure-free run; then raise EFF; when it reaches EOT − 1, raise both; stop at the first
// counterexample or when time is up.

import Dedalus
import Evaluation

/// How far a sweep came.
public struct SweepResult: Sendable {
  /// The answer at the bounds that end the sweep: the smallest that break the program or, where time is up, the
  /// largest that are proved to hold; where neither is, the last answer.
  public var answer: Answer
  /// Every bound that was proved to hold, in order.
  public var proved: [Bounds]
  /// Whether the sweep ended because of its own limit.
  public var isCutShort: Bool
}

/// Grows the bounds until something breaks or patience is at an end.
///
/// `crashes` is the number of crashes allowed throughout. A failure-free run whose outcome is still empty, or not yet
/// met, at `lastEmptyEOT` rounds ends the sweep as a bad baseline.
public func sweep(
  program: Program, nodes: Nodes, crashes: Int, oracle: Oracle = .implication, crashView: CrashView = .silent,
  outcome: String? = nil, patience: Patience, lastEmptyEOT: Int = 40
) throws -> SweepResult {
  let stopwatch = Stopwatch(patience)
  var bounds = try Bounds(eot: 1, crashes: crashes, nodes: nodes)
  var last: Answer?
  var proved: [Bounds] = []
  while true {
    let question = try Question(
      program: program, bounds: bounds, oracle: oracle, crashView: crashView, outcome: outcome)
    var answer = try check(question, patience: patience.remaining(after: stopwatch.elapsed))
    answer.cost.total = stopwatch.elapsed
    switch answer.verdict {
    case .badBaseline where proved.isEmpty && bounds.eot < lastEmptyEOT && !stopwatch.isOver: break
    case .badBaseline, .counterexample, .error:
      return SweepResult(answer: answer, proved: proved, isCutShort: false)
    case .inconclusive:
      return SweepResult(answer: proved.isEmpty ? answer : last ?? answer, proved: proved, isCutShort: true)
    case .holds:
      proved.append(bounds)
      last = answer
    }
    bounds = try bounds.next(isEmpty: proved.isEmpty)
  }
}

extension Bounds {
  /// The bounds that a sweep tries after these; `isEmpty` while nothing has been proved.
  fileprivate func next(isEmpty: Bool) throws(InvalidQuestion) -> Bounds {
    let raisesEOT = isEmpty || eff >= eot - 1
    return try Bounds(
      eot: raisesEOT ? eot + 1 : eot, eff: isEmpty ? 0 : eff + 1, crashes: crashes, nodes: nodes)
  }
}

extension Patience {
  /// What is left of it after some seconds.
  fileprivate func remaining(after seconds: Double) -> Patience {
    var rest = self
    rest.time = time.map { max(.zero, $0 - .seconds(seconds)) }
    return rest
  }
}

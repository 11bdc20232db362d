import Evaluation
import Scenarios

extension Ending {
  /// Where a run was cut before its end, and why; nil for one that came to its end or failed.
  package var cut: (round: Round, words: String)? {
    switch self {
    case .complete, .failed: nil
    case .exhausted(let resource, let round):
      (
        round,
        "the run was cut in round \(round.rawValue), where its budget of \(resource.rawValue) was used up"
      )
    case .stopped(let round): (round, "the run was stopped in round \(round.rawValue)")
    }
  }
}

extension Execution {
  /// What filled the budget that cut the run, after a colon; nothing for any other run.
  package var filling: String {
    guard case .exhausted = ending else { return "" }
    return largestRelation.map { ": \($0.words)" } ?? ""
  }
}

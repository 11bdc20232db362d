import Evaluation
import Scenarios

extension Ending {
  /// The round in which a run was cut off, and why; nil for a run that reached its end or failed.
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
  /// The relation that filled the budget which cut the run off, after a colon; empty for any other run.
  package var filling: String {
    guard case .exhausted = ending else { return "" }
    return largestRelation.map { ": \($0.words)" } ?? ""
  }
}

import Evaluation

extension Ending {
  /// Where a run was cut before its end, and why; nil for one that came to its end or failed.
  var cut: (round: Round, words: String)? {
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
  var filling: String {
    guard case .exhausted = ending else { return "" }
    return largestRelation.map { ": \($0.words)" } ?? ""
  }
}

extension Console {
  /// Says on standard error where `run` was cut, if it was, and what raises the budget where the call `hasLimit` for it.
  func reportCut(of run: Execution, hasLimit: Bool) {
    guard let cut = run.ending.cut else { return }
    let filling = run.filling
    let fix = hasLimit && !filling.isEmpty ? "; '--memory-limit' raises the budget" : ""
    report("warning: \(cut.words)\(filling); what follows is missing\(fix)\n")
  }
}

import Evaluation

extension Console {
  /// Says on standard error where `run` was cut, if it was, and what raises the budget where the call `hasLimit` for it.
  func reportCut(of run: Execution, hasLimit: Bool) {
    guard let cut = run.ending.cut else { return }
    let filling = run.filling
    let fix = hasLimit && !filling.isEmpty ? "; '--memory-limit' raises the budget" : ""
    report("warning: \(cut.words)\(filling); what follows is missing\(fix)\n")
  }
}

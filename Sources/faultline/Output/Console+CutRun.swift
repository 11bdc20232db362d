import Evaluation

extension Console {
  /// Reports on standard error where `run` was cut off, if it was, and which option raises the budget, if the
  /// call `hasLimit`.
  func reportCut(of run: Execution, hasLimit: Bool) {
    guard let cut = run.ending.cut else { return }
    let filling = run.filling
    let fix = hasLimit && !filling.isEmpty ? "; '--memory-limit' raises the budget" : ""
    report("warning: \(cut.words)\(filling); what follows is missing\(fix)\n")
  }
}

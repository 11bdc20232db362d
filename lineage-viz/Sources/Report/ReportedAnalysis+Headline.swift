extension ReportedAnalysis {
  /// The verdict in words. An outcome that is empty without faults cannot be lost.
  func headline(isEmptyWithoutFaults: Bool) -> String {
    let outcome = question.properties.map(\.name).joined(separator: "”, “")
    return switch verdict {
    case .counterexample:
      isEmptyWithoutFaults || question.namesProperties
        ? "Faults break “\(outcome)” of \(name)" : "Faults take “\(outcome)” away from \(name)"
    case .holds: "No set of faults within the bounds breaks “\(outcome)” of \(name)"
    case .inconclusive: "Whether “\(outcome)” of \(name) survives is not known"
    case .badBaseline: "“\(outcome)” of \(name) fails without any fault"
    case .error: "\(name) computes what has no result"
    case nil: "The analysis of \(name) did not come to an end"
    }
  }
}

// An error of a program that only shows when it runs.

extension Diagnostic {
  /// A computation of `rule` without a result; `what` says which one, with its values, and when.
  public static func failedComputation(_ what: String, in rule: Rule, isOverflow: Bool) -> Diagnostic {
    let fix =
      isOverflow
      ? "leave large values out first, as in 'V < 1000, V * V > 2', or count in a larger unit"
      : "compare the operands first, as in 'V != 0, 10 / V > 2': comparisons are evaluated left to right"
    return Diagnostic(
      code: .failedComputation, severity: .error, message: what, range: rule.range, fix: fix)
  }
}

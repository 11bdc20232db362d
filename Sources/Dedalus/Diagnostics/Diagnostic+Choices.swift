// The errors about what may be chosen.

extension Diagnostic {
  /// `p("a")@{5..2};`
  static func emptyRange(_ first: Int, _ last: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .emptyRange, severity: .error, message: "no round is from \(first) on and at most \(last)",
      range: range, fix: "write '{\(last)..\(first)}'")
  }

  /// Two statements that may place one row in one round; `isGiven` if one of them does so in every run.
  static func overlappingChoices(
    at range: SourceRange, first: SourceRange, round: Int, isGiven: Bool
  ) -> Diagnostic {
    Diagnostic(
      code: .overlappingChoices, severity: .error,
      message: isGiven
        ? "what may be chosen in round \(round) is given then anyway"
        : "two choices may place the same row in round \(round)",
      range: range, notes: [Note(message: "the other statement is here", range: first)],
      fix: "give each a range of its own")
  }
}

// The errors about `count { … }`, by name.

extension Diagnostic {
  /// Where a count may not stand.
  enum CountPlace {
    /// Within the braces of another.
    case nested
    /// In a column of a premise.
    case column
    /// Behind a fact.
    case fact
  }

  /// An operator within the braces of a count.
  static func computationInCount(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .computationInCount, severity: .error,
      message: "nothing is computed within the braces of 'count'", range: range,
      fix: "compute it before, as in 'X == A + 1, V == count { p(X, Y) }'")
  }

  /// Braces without a positive atom, whose rows would be counted.
  static func countWithoutAtom(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .countWithoutAtom, severity: .error,
      message: "'count' needs an atom that is not under 'notin': its rows are what is counted", range: range)
  }

  /// `count { … }` in another one, in a column of a premise, or behind a fact.
  static func misplacedCount(_ place: CountPlace, at range: SourceRange) -> Diagnostic {
    let (message, fix) =
      switch place {
      case .nested:
        (
          "a 'count' stands in no other one",
          "derive the inner number with a rule of its own, and let this one read it"
        )
      case .column:
        (
          "a 'count' stands in comparisons and heads, not in a column of a premise",
          "compare it with a variable, as in 'V == count { p(X, Y) }', and write the variable here"
        )
      case .fact:
        ("a 'count' stands in rules, and facts hold before anything can be counted", "write the number")
      }
    return Diagnostic(
      code: .misplacedCount, severity: .error, message: message, range: range, fix: fix)
  }

  /// A variable within the braces of a count that stands outside, too, where nothing binds it.
  static func unboundOutside(_ name: String, at range: SourceRange, outside: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: .unsafeVariable, severity: .error,
      message: "'\(name)' stands outside the braces, too, and is bound by no positive atom there",
      range: range, notes: outside.map { [Note(message: "it stands outside here", range: $0)] } ?? [],
      fix: "bind it there, or, if it is meant for the count alone, give it another name here")
  }
}

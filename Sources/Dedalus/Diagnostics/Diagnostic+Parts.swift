// The errors about instances of parts.

extension Diagnostic {
  /// `with owes = writes, owes = others`
  static func givenTwice(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .givenTwice, severity: .error, message: "'\(name)' is given to this instance already",
      range: range)
  }

  /// A second instance of one name.
  static func instanceTwice(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .instanceTwice, severity: .error, message: "there is an instance '\(name)' already", range: range,
      notes: [Note(message: "it is made here", range: first)], fix: "choose another name")
  }

  /// A relation given to a part that does not mention it.
  static func notInPart(
    _ name: String, _ part: String, at range: SourceRange, suggestion: String?
  ) -> Diagnostic {
    Diagnostic(
      code: .notInPart, severity: .error, message: "'\(part)' has no relation '\(name)'", range: range,
      fix: suggestion.map { "did you mean '\($0)'?" })
  }

  /// A file of the call that is a part of itself or of another one.
  static func partIsGiven(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .partIsGiven, severity: .error,
      message: "'\(path)' is a file of the call, and no part of an instance", range: range,
      fix: "leave it out of the call")
  }
}

// The errors and warnings about the files of a program, by name.

import Files

extension Diagnostic {
  /// More include steps than the limit.
  static func includeTooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .includeTooDeep, severity: .error, message: "includes nested deeper than \(Limits.includeDepth)",
      range: range)
  }

  /// A character that is invisible or changes the direction of the text.
  static func invisibleCharacter(_ character: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .invisibleCharacter, severity: .warning,
      message: "'\(character)' does not show, or changes the order in which text is shown", range: range)
  }

  /// An included file that cannot be read as a program; only its first error is shown.
  static func notAProgram(_ path: String, at range: SourceRange, because first: Diagnostic?) -> Diagnostic {
    Diagnostic(
      code: .notAProgram, severity: .error, message: "'\(path)' is not a program", range: range,
      notes: first.map { [Note(message: $0.message, range: $0.range)] } ?? [])
  }

  /// More files than the limit.
  static func tooManyFiles(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyFiles, severity: .error, message: "more than \(Limits.files) files", range: range)
  }

  /// More instances of parts than the limit on files.
  static func tooManyInstances(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: .tooManyFiles, severity: .error, message: "more than \(Limits.files) instances of parts",
      range: range)
  }

  /// A given file that cannot be read.
  static func unreadableFile(_ path: String, _ reason: UnreadableFile) -> Diagnostic {
    Diagnostic(code: .unreadableFile, severity: .error, message: "'\(path)': \(reason.phrase)", range: nil)
  }

  /// An included file that cannot be read.
  static func unreadableInclude(_ include: Parser.Include, _ reason: UnreadableFile) -> Diagnostic {
    Diagnostic(
      code: .unreadableFile, severity: .error,
      message: "'\(include.path)' cannot be included: \(reason.phrase)",
      range: include.range)
  }
}

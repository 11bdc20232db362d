import Indices

/// One error or warning about a program: where it is, which rule it breaks, and the likely fix.
public struct Diagnostic: Equatable, Sendable {
  /// Whether the program is rejected.
  public enum Severity: String, Sendable { case error, warning }

  /// A further place that explains the first.
  public struct Note: Equatable, Sendable {
    /// What is there, as a phrase without a full stop.
    public var message: String
    /// The place; nil for advice without a place.
    public var range: SourceRange?
  }

  /// A stable code for scripts and tests, e.g. `negation-in-cycle`.
  public let code: Code
  /// Whether it is an error or a warning.
  public let severity: Severity
  /// What is wrong, as a phrase without a full stop.
  public let message: String
  /// The place; nil where the error is not inside a file (an unreadable file, a missing `post`).
  public let range: SourceRange?
  /// Further places, in reading order.
  public var notes: [Note] = []
  /// The likely fix, as a phrase; nil where there is none.
  public var fix: String?
}

/// Thrown for a program that cannot be used, with every error found, in source order.
public struct InvalidProgram: Error {
  /// At least one error, and possibly warnings.
  public let diagnostics: [Diagnostic]
  /// The files, as far as they were read, for rendering.
  public let sources: IndexedArray<FileID, SourceFile>

  init(diagnostics: [Diagnostic], sources: IndexedArray<FileID, SourceFile>) {
    assert(diagnostics.contains { $0.severity == .error }, "a program is rejected for an error")
    self.diagnostics = diagnostics
    self.sources = sources
  }
}

extension Program {
  /// Rejects this program where there are `warnings`, which are taken for errors.
  public func refuse(_ warnings: [Diagnostic]) throws(InvalidProgram) {
    guard !warnings.isEmpty else { return }
    let errors = warnings.map { warning in
      Diagnostic(
        code: warning.code, severity: .error, message: warning.message, range: warning.range,
        notes: warning.notes, fix: warning.fix)
    }
    throw InvalidProgram(diagnostics: errors, sources: sources)
  }
}

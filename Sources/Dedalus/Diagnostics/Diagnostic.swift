import Indices

/// One thing wrong with a program: where, which rule it breaks, and what would mend it.
public struct Diagnostic: Equatable, Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable { case error, warning }

  /// A second place that explains the first.
  public struct Note: Equatable, Sendable {
    /// One phrase, no full stop.
    public var message: String
    /// The place; nil for advice that has none.
    public var range: SourceRange?
  }

  /// Stable, used by scripts and tests, e.g. `negation-in-cycle`.
  public let code: Code
  /// Error or warning.
  public let severity: Severity
  /// One phrase, no full stop.
  public let message: String
  /// The place; nil where the trouble is not inside a file (one that cannot be read, a missing `post`).
  public let range: SourceRange?
  /// Other places, in the order in which they are to be read.
  public var notes: [Note] = []
  /// The likely fix, one phrase; nil where there is none.
  public var fix: String?
}

/// Thrown for a program that cannot be used, with every error found, in source order.
public struct InvalidProgram: Error {
  /// At least one error; warnings may stand among them.
  public let diagnostics: [Diagnostic]
  /// The files as far as they were read, for rendering.
  public let sources: IndexedArray<FileID, SourceFile>
}

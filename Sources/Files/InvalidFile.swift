/// Why a file other than a program (a saved counterexample, a scenario line) cannot be used, and at which
/// place.
public struct InvalidFile: Error, Hashable, Sendable {
  /// The path as given.
  public let path: String
  /// Line and column; nil where the error concerns the whole file.
  public let position: Position?
  /// A stable code, for scripts.
  public let code: String
  /// What is wrong, as a phrase without a full stop.
  public let message: String
  /// The likely fix, as a phrase.
  public let fix: String?
  /// The line around the place and the mark below it, as they are shown; nil where they are not.
  public let excerpt: String?

  /// A place in a text; columns count Unicode scalars.
  public struct Position: Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int

    /// The place at `line` and `column`.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The file at `path` breaks the rule that `message` states.
  public init(
    path: String, position: Position? = nil, code: String, message: String, fix: String? = nil,
    excerpt: String? = nil
  ) {
    self.path = path
    self.position = position
    self.code = code
    self.message = message
    self.fix = fix
    self.excerpt = excerpt
  }
}

extension InvalidFile: CustomStringConvertible {
  /// `file:line:column: error: message [code]`, the line with its mark, and the fix.
  public var description: String {
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    let advice = fix.map { "\n  fix: \($0.showingEverything)" } ?? ""
    return "\(path.showingEverything)\(place): error: \(message.showingEverything) [\(code)]"
      + (excerpt.map { "\n\($0)" } ?? "") + advice
  }
}

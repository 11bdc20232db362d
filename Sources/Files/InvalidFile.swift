/// Why a file that is no program (a saved counterexample, a scenario line) cannot be used: the world or its author
/// is wrong, and the place says where.
public struct InvalidFile: Error, Hashable, Sendable {
  /// The path as given.
  public let path: String
  /// Line and column, both from 1; nil where the whole file is meant.
  public let position: Position?
  /// Stable, for scripts.
  public let code: String
  /// One phrase, no full stop.
  public let message: String
  /// The likely fix.
  public let fix: String?
  /// The line around the place and the mark below it, as people see them; nil where they are not shown.
  public let excerpt: String?

  /// A place as people count; columns are Unicode scalars.
  public struct Position: Hashable, Sendable {
    /// From 1.
    public let line: Int
    /// From 1.
    public let column: Int

    /// The place in this line and column.
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

/// A question that has no answer: the call is wrong (exit 2).
public struct InvalidQuestion: Error, Hashable, Sendable {
  /// Stable, for scripts.
  public let code: String
  /// One phrase, no full stop.
  public let message: String
  /// The likely fix.
  public var fix: String?

  /// The call breaks the rule that `message` states.
  public init(code: String, message: String, fix: String? = nil) {
    self.code = code
    self.message = message
    self.fix = fix
  }
}

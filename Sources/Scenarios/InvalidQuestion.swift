/// A call with an invalid question (exit code 2).
public struct InvalidQuestion: Error, Hashable, Sendable {
  /// A stable code, for scripts.
  public let code: String
  /// What is wrong, as a phrase without a full stop.
  public let message: String
  /// The likely fix, as a phrase.
  public var fix: String?

  /// The call breaks the rule that `message` states.
  public init(code: String, message: String, fix: String? = nil) {
    self.code = code
    self.message = message
    self.fix = fix
  }
}

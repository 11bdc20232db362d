/// What a reader should know before trusting a verdict.
public struct Caution: Hashable, Sendable {
  /// A stable code, for scripts.
  public let code: String
  /// The caution in whole sentences.
  public let message: String
  /// What the user may have meant, as a phrase; nil where there is nothing to fix.
  public var fix: String?

  /// The caution `message`, which scripts know as `code`.
  package init(code: String, message: String, fix: String? = nil) {
    (self.code, self.message, self.fix) = (code, message, fix)
  }

  /// The message and the fix as sentences.
  public var sentences: [String] {
    [message] + (fix.map { ["\($0.prefix(1).uppercased())\($0.dropFirst())."] } ?? [])
  }
}

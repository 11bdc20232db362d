/// What a program may not exceed. Each is far beyond what a protocol needs, and keeps a hostile or generated file
/// from exhausting the stack, the memory or the reader's patience.
enum Limits {
  /// All files of a program together.
  static let bytes = 64 << 20
  /// Files, however they are reached.
  static let files = 1000
  /// Steps from a file given to one included.
  static let includeDepth = 64
  /// Parentheses, and operators on one path of an expression.
  static let nesting = 256
  /// Columns of a relation.
  static let columns = 64
  /// Atoms and comparisons of a body.
  static let premises = 256
  /// A checked rule takes about a kilobyte, so this is 100 MB.
  static let rules = 100_000
  /// A checked fact takes about 300 bytes.
  static let facts = 400_000
  /// Rounds named by `@k` in bodies; each may need strata of its own.
  static let rounds = 1000
  /// Errors, and warnings, that are kept.
  static let diagnostics = 10_000
  /// Errors after which reading stops.
  static let errors = 1000
}

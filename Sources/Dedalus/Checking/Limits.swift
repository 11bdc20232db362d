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
  /// A checked rule takes one to two kilobytes.
  static let rules = 50_000
  /// A checked fact takes about 500 bytes.
  static let facts = 200_000
  /// Variables, constants and operators of the whole program, and three times its premises: each takes about 100
  /// bytes once it is checked, a premise 300.
  static let weight = 1_500_000
  /// Relations and rules that are put in order again for rounds of their own, because bodies name them by `@k`.
  static let specialStrata = 2_000_000
  /// Errors, and warnings, that are kept.
  static let diagnostics = 10_000
  /// Errors after which reading stops.
  static let errors = 1000
}

extension Program {
  /// The most bytes that the files of a program may have together.
  public static let mostBytes = Limits.bytes
}

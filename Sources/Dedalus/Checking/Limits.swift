/// The limits on a program. Each is far beyond the needs of a protocol, and keeps a hostile or generated file
/// from exhausting the stack, the memory or the reader's patience.
enum Limits {
  /// The bytes of all files of a program together.
  static let bytes = 64 << 20
  /// The number of files, given and included.
  static let files = 1000
  /// The number of steps from a given file to an included one.
  static let includeDepth = 64
  /// The depth of parentheses, and of operators on one path of an expression.
  static let nesting = 256
  /// The columns of a relation.
  static let columns = 64
  /// The atoms and comparisons of a body.
  static let premises = 256
  /// The number of rules; a checked rule takes one to two kilobytes.
  static let rules = 50_000
  /// The number of facts; a checked fact takes about 500 bytes.
  static let facts = 200_000
  /// The number of variables, constants and operators of the whole program, plus three times that of its
  /// premises: once checked, each takes about 100 bytes, a premise 300.
  static let weight = 1_500_000
  /// The number of relations and rules that are stratified again for single rounds, because bodies name these
  /// rounds by `@k`.
  static let specialStrata = 2_000_000
  /// The number of errors, and of warnings, that are kept.
  static let diagnostics = 10_000
  /// The number of errors after which reading stops.
  static let errors = 1000
}

extension Program {
  /// The largest number of bytes that the files of a program may have together.
  public static let mostBytes = Limits.bytes
}

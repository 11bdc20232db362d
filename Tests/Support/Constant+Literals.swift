import Dedalus
import Texts

/// Rows in tests are written as in programs: `["c", 3]`.
extension Constant: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .string(Text(value)) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
}

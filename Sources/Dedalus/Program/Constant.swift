import Texts

/// A value in a column of a tuple.
public enum Constant: Hashable, Sendable {
  /// A 64-bit signed integer.
  case integer(Int64)
  /// A string; two strings are equal exactly when their bytes are.
  case string(Text)

  /// The type of the value.
  public var type: ColumnType {
    switch self {
    case .integer: .integer
    case .string: .string
    }
  }
}

extension Constant: Comparable {
  /// Orders integers by value and strings by bytes, with integers before strings.
  public static func < (left: Constant, right: Constant) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.string(let left), .string(let right)): left < right
    case (.integer, .string): true
    case (.string, .integer): false
    }
  }
}

extension Constant: CustomStringConvertible {
  /// The constant as it is written in a program: strings in quotes.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .string(let text): "\"\(text.string)\""
    }
  }
}

extension [Constant?] {
  /// Whether a row with `values` matches this pattern, in which nil stands for any value.
  package func matches(_ values: [Constant]) -> Bool {
    assert(count == values.count, "a pattern says something of each column")
    return zip(self, values).allSatisfy { wanted, value in wanted == nil || wanted == value }
  }
}

/// The type of the values of a column.
public enum ColumnType: Hashable, Sendable {
  case integer, string
}

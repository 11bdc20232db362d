import Texts

/// A value that a column of a tuple may hold.
public enum Constant: Hashable, Sendable {
  /// A 64-bit signed integer.
  case integer(Int64)
  /// A string, equal to another when their bytes are.
  case string(Text)

  /// Integers or strings.
  public var type: ColumnType {
    switch self {
    case .integer: .integer
    case .string: .string
    }
  }
}

extension Constant: Comparable {
  /// Integers by value, strings by bytes, integers before strings.
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
  /// As it is written in a program: strings in quotes.
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .string(let text): "\"\(text.string)\""
    }
  }
}

/// What the values of a column are.
public enum ColumnType: Hashable, Sendable {
  case integer, string
}

/// A piece of a program's text: bytes `lower..<upper` of the file being read.
struct Token {
  let kind: Kind
  let lower: Int
  let upper: Int

  enum Kind: Equatable {
    case identifier(Symbol)
    case string(Symbol)
    case integer(Int64)
    case leftParenthesis, rightParenthesis, comma, semicolon, implies, at
    case colon, equals, arrow, leftBrace, rightBrace, dots
    case arithmetic(ArithmeticOperator)
    case comparator(Comparator)
    case end
    case invalid(LexicalError)
  }
}

extension Token.Kind {
  /// The first character of a mark that has a meaning in a few statements only; nil for other tokens.
  var rareMark: Unicode.Scalar? {
    switch self {
    case .colon: ":"
    case .equals, .arrow: "="
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .dots: "."
    default: nil
    }
  }
}

/// Why no token could be read.
enum LexicalError: Equatable {
  case unexpectedCharacter(Unicode.Scalar)
  case unterminatedString
  case unterminatedComment
  /// Digits of a number that does not fit 64 bits.
  case integerOutOfRange
  /// 9223372036854775808, which is in range after a minus.
  case magnitudeOfMinimum
}

extension Token.Kind {
  /// How a message names the token.
  func description(in symbols: SymbolTable) -> String {
    switch self {
    case .identifier(let symbol): "'\(symbols[symbol])'"
    case .string: "a string"
    case .integer(let value): "'\(value)'"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .comma: "','"
    case .semicolon: "';'"
    case .implies: "':-'"
    case .at: "'@'"
    case .colon: "':'"
    case .equals: "'='"
    case .arrow: "'=>'"
    case .leftBrace: "'{'"
    case .rightBrace: "'}'"
    case .dots: "'..'"
    case .arithmetic(let operation): "'\(operation.rawValue)'"
    case .comparator(let comparator): "'\(comparator.rawValue)'"
    case .end: "the end of the file"
    case .invalid: "this"
    }
  }
}

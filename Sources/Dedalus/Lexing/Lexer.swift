/// Cuts the bytes of a file, valid UTF-8, into tokens, one at a time.
struct Lexer {
  private let bytes: [UInt8]
  private var index: Int
  var symbols: SymbolTable

  init(_ bytes: [UInt8], symbols: SymbolTable) {
    self.bytes = bytes
    self.symbols = symbols
    index = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// The next token; after the last one, always `.end`.
  mutating func next() -> Token {
    if let comment = skipBlanks() { return comment }
    let start = index
    guard start < bytes.count else { return Token(kind: .end, lower: start, upper: start) }
    let kind = scan()
    assert(index > start, "a token has at least one byte, so that reading comes to an end")
    return Token(kind: kind, lower: start, upper: index)
  }

  /// Skips white space and comments; returns an unterminated comment.
  private mutating func skipBlanks() -> Token? {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09...0x0D: index += 1
      case UInt8(ascii: "/") where follows(UInt8(ascii: "/")): skipLine()
      case UInt8(ascii: "/") where follows(UInt8(ascii: "*")):
        let start = index
        guard skipBlock() else {
          return Token(kind: .invalid(.unterminatedComment), lower: start, upper: start + 2)
        }
      default: return nil
      }
    }
    return nil
  }

  /// Whether there is a line break within `range`.
  func hasLineBreak(in range: Range<Int>) -> Bool {
    bytes[range].contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  /// Whether the byte at `offset` is a digit.
  func isDigit(at offset: Int) -> Bool {
    offset < bytes.count && bytes[offset] &- UInt8(ascii: "0") < 10
  }

  /// The byte at `offset`; nil outside the file.
  func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// Whether only blanks are between `offset` and the line break or the ';' before it.
  func beginsLineOrStatement(at offset: Int) -> Bool {
    let before = bytes[..<offset].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return before == nil || before == UInt8(ascii: "\n") || before == UInt8(ascii: "\r")
      || before == UInt8(ascii: ";")
  }

  /// Whether `offset` begins a line.
  func startsLine(at offset: Int) -> Bool {
    offset > 0 && (bytes[offset - 1] == UInt8(ascii: "\n") || bytes[offset - 1] == UInt8(ascii: "\r"))
  }

  private func follows(_ byte: UInt8) -> Bool { index + 1 < bytes.count && bytes[index + 1] == byte }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") {
      index += 1
    }
  }

  /// Skips `/* … */`; false, at the end of the file, where it is unterminated.
  private mutating func skipBlock() -> Bool {
    index += 2
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "*"), follows(UInt8(ascii: "/")) {
        index += 2
        return true
      }
      index += 1
    }
    return false
  }

  /// Reads the token that begins here, at least one byte long.
  private mutating func scan() -> Token.Kind {
    let byte = bytes[index]
    switch byte {
    case _ where Self.beginsIdentifier(byte): return identifier()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return integer()
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "("): return taking(1, .leftParenthesis)
    case UInt8(ascii: ")"): return taking(1, .rightParenthesis)
    case UInt8(ascii: ","): return taking(1, .comma)
    case UInt8(ascii: ";"): return taking(1, .semicolon)
    case UInt8(ascii: "@"): return taking(1, .at)
    case UInt8(ascii: "+"): return taking(1, .arithmetic(.add))
    case UInt8(ascii: "-"): return taking(1, .arithmetic(.subtract))
    case UInt8(ascii: "*"): return taking(1, .arithmetic(.multiply))
    case UInt8(ascii: "/"): return taking(1, .arithmetic(.divide))
    case UInt8(ascii: "%"): return taking(1, .arithmetic(.remainder))
    case UInt8(ascii: ":"): return follows(UInt8(ascii: "-")) ? taking(2, .implies) : taking(1, .colon)
    case UInt8(ascii: "=") where !follows(UInt8(ascii: "=")):
      return follows(UInt8(ascii: ">")) ? taking(2, .arrow) : taking(1, .equals)
    case UInt8(ascii: "{"): return taking(1, .leftBrace)
    case UInt8(ascii: "}"): return taking(1, .rightBrace)
    case UInt8(ascii: ".") where follows(UInt8(ascii: ".")): return taking(2, .dots)
    default: return comparator() ?? unexpectedCharacter()
    }
  }

  private mutating func taking(_ count: Int, _ kind: Token.Kind) -> Token.Kind {
    index += count
    return kind
  }

  /// `==`, `!=`, `<`, `<=`, `>` or `>=`; nil for a single `!`, which has no meaning.
  private mutating func comparator() -> Token.Kind? {
    let isDouble = follows(UInt8(ascii: "="))
    switch bytes[index] {
    case UInt8(ascii: "=") where isDouble: return taking(2, .comparator(.equal))
    case UInt8(ascii: "!") where isDouble: return taking(2, .comparator(.notEqual))
    case UInt8(ascii: "<"): return taking(isDouble ? 2 : 1, .comparator(isDouble ? .lessOrEqual : .less))
    case UInt8(ascii: ">"):
      return taking(isDouble ? 2 : 1, .comparator(isDouble ? .greaterOrEqual : .greater))
    default: return nil
    }
  }

  private mutating func identifier() -> Token.Kind {
    let start = index
    while index < bytes.count, Self.continuesIdentifier(bytes[index]) { index += 1 }
    return .identifier(symbols.symbol(of: bytes, start..<index))
  }

  private static func beginsIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Letters, digits, `_`, and, as in Molly, `.` and `?`.
  private static func continuesIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// Decimal digits. The magnitude of the smallest integer is a separate case, because a minus may precede
  /// it. Digits directly followed by a letter or `_` begin a name, such as `2pc`.
  private mutating func integer() -> Token.Kind {
    let start = index
    var value: UInt64 = 0
    var fits = true
    while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit < 10 {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
      fits = fits && !overflow && !carry
      value = sum
      index += 1
    }
    if index < bytes.count, Self.beginsIdentifier(bytes[index]) {
      index = start
      return identifier()
    }
    if fits, let value = Int64(exactly: value) { return .integer(value) }
    return .invalid(fits && value == Int64.min.magnitude ? .magnitudeOfMinimum : .integerOutOfRange)
  }

  /// Characters up to the next quote on this line. There are no escapes; the symbol is the text between the
  /// quotes.
  private mutating func string() -> Token.Kind {
    let start = index + 1
    index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n"), bytes[index] != UInt8(ascii: "\r") {
      if bytes[index] == UInt8(ascii: "\"") {
        index += 1
        return .string(symbols.symbol(of: bytes, start..<(index - 1)))
      }
      index += 1
    }
    return .invalid(.unterminatedString)
  }

  private mutating func unexpectedCharacter() -> Token.Kind {
    var decoder = UTF8()
    var rest = bytes[index...].prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else {
      preconditionFailure("the file is UTF-8")
    }
    index += UTF8.width(scalar)
    return .invalid(.unexpectedCharacter(scalar))
  }
}

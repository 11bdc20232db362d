/// Reads one document. The size of the document bounds every value in it; a constant bounds its nesting.
package struct StrictJSONReader {
  let bytes: [UInt8]
  var next = 0
  private var depth = 0

  /// Faultline's own files need five levels.
  static let deepestNesting = 32

  /// The one value in `bytes`.
  package static func read(_ bytes: [UInt8]) throws(JSONError) -> StrictJSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw JSONError(message: "the file begins with a byte-order mark; it must be plain UTF-8", offset: 0)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(4).contains(0) {
      throw JSONError(message: "the file is not UTF-8; it looks like UTF-16 or UTF-32", offset: 0)
    }
    var reader = StrictJSONReader(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.next == bytes.count else { throw reader.error("nothing may follow the document") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Values

  private mutating func value() throws(JSONError) -> StrictJSON {
    skipSpace()
    let start = next
    guard let first = peek else { throw error("the file ends in the middle of the document") }
    switch first {
    case UInt8(ascii: "{"): return StrictJSON(content: .object(try members()), offset: start)
    case UInt8(ascii: "["): return StrictJSON(content: .array(try elements()), offset: start)
    case UInt8(ascii: "\""): return StrictJSON(content: .string(try string()), offset: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return StrictJSON(content: try number(), offset: start)
    default: return StrictJSON(content: try word(), offset: start)
    }
  }

  private mutating func members() throws(JSONError) -> [StrictJSON.Member] {
    try open()
    var members: [StrictJSON.Member] = []
    var keys = Set<[UInt8]>()
    while try !closes(UInt8(ascii: "}"), isFirst: members.isEmpty) {
      let offset = next
      guard peek == UInt8(ascii: "\"") else { throw error("expected a key in quotes") }
      let key = try string()
      guard keys.insert(Array(key.utf8)).inserted else {
        throw JSONError(message: "the key \(JSON.literal(key)) stands here twice", offset: offset)
      }
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw error("expected ':' after a key") }
      next += 1
      members.append(StrictJSON.Member(key: key, keyOffset: offset, value: try value()))
    }
    return members
  }

  private mutating func elements() throws(JSONError) -> [StrictJSON] {
    try open()
    var elements: [StrictJSON] = []
    while try !closes(UInt8(ascii: "]"), isFirst: elements.isEmpty) { elements.append(try value()) }
    return elements
  }

  /// Reads an opening bracket and goes one level deeper.
  private mutating func open() throws(JSONError) {
    guard depth < Self.deepestNesting else { throw error("nesting deeper than \(Self.deepestNesting)") }
    depth += 1
    next += 1
  }

  /// Reads a closing bracket or a comma; true for the bracket.
  private mutating func closes(_ bracket: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
    skipSpace()
    if peek == bracket {
      next += 1
      depth -= 1
      return true
    }
    guard !isFirst else { return false }
    guard peek == UInt8(ascii: ",") else {
      throw error(
        peek == nil ? "the file ends in the middle of the document" : "expected ',' or a closing bracket")
    }
    next += 1
    skipSpace()
    return false
  }

  private mutating func word() throws(JSONError) -> StrictJSON.Content {
    let words: [(String, StrictJSON.Content)] = [
      ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
    ]
    for (word, content) in words where bytes[next...].starts(with: word.utf8) {
      next += word.utf8.count
      return content
    }
    throw error("expected a value")
  }

  private mutating func number() throws(JSONError) -> StrictJSON.Content {
    let start = next
    if peek == UInt8(ascii: "-") { next += 1 }
    let digits = next
    skipDigits()
    guard next > digits else { throw error("expected a digit") }
    guard next == digits + 1 || bytes[digits] != UInt8(ascii: "0") else {
      throw JSONError(message: "a number has no leading zero", offset: digits)
    }
    if let byte = peek, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
      while let byte = peek, Self.isPartOfNumber(byte) { next += 1 }
      return .decimal
    }
    guard let value = Int(String(decoding: bytes[start..<next], as: UTF8.self)) else {
      throw JSONError(message: "an integer has at most 64 bits", offset: start)
    }
    return .integer(value)
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    "0123456789.eE+-".utf8.contains(byte)
  }

  // MARK: Bytes

  var peek: UInt8? { next < bytes.count ? bytes[next] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { next += 1 }
  }

  private mutating func skipDigits() {
    while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { next += 1 }
  }

  func error(_ message: String) -> JSONError { JSONError(message: message, offset: next) }
}

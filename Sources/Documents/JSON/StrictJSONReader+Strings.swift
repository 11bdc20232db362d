extension StrictJSONReader {
  /// Reads a string; `next` is at its opening quote.
  mutating func string() throws(JSONError) -> String {
    let start = next
    next += 1
    var content: [UInt8] = []
    while true {
      guard let byte = peek else {
        throw JSONError(message: "the string that begins here has no end", offset: start)
      }
      switch byte {
      case UInt8(ascii: "\""):
        next += 1
        guard let string = String(validating: content, as: UTF8.self) else {
          throw JSONError(message: "the string that begins here is not valid UTF-8", offset: start)
        }
        return string
      case UInt8(ascii: "\\"): content.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw error("a control character in a string must be escaped")
      default:
        content.append(byte)
        next += 1
      }
    }
  }

  /// Reads an escape; `next` is at its backslash.
  private mutating func escape() throws(JSONError) -> Character {
    let start = next
    next += 2
    guard next <= bytes.count else {
      throw JSONError(message: "the escape that begins here has no end", offset: start)
    }
    switch bytes[next - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try scalar(from: start))
    default: throw JSONError(message: "there is no such escape", offset: start)
    }
  }

  /// The scalar that is written as one `\uXXXX`, or as two that form a surrogate pair.
  private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal(start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, bytes[next...].starts(with: "\\u".utf8) {
      next += 2
      let second = try hexadecimal(start)
      if 0xDC00...0xDFFF ~= second,
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw JSONError(message: "half of a surrogate pair stands alone", offset: start)
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
    guard next + 4 <= bytes.count,
      bytes[next..<next + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[next..<next + 4], as: UTF8.self), radix: 16)
    else { throw JSONError(message: "'\\u' needs four hexadecimal digits", offset: start) }
    next += 4
    return value
  }
}

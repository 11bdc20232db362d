// Swift strings compare by canonical equivalence: "e\u{301}" == "\u{e9}". In Dedalus two strings are equal
// when their bytes are, so constants, node names and relation names are held as `Text`.

/// A string that compares, hashes and sorts by its UTF-8 bytes.
public struct Text: Sendable {
  /// The string, for display.
  public let string: String

  /// The text with exactly the bytes of `string`.
  public init(_ string: String) { self.string = string }
}

extension Text: Hashable {
  /// Whether both have the same bytes.
  public static func == (left: Text, right: Text) -> Bool {
    left.withBytes { left in right.withBytes { left.count == $0.count && left.elementsEqual($0) } }
  }

  /// Hashes the UTF-8 bytes.
  public func hash(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: $0) }
    hasher.combine(0xFF as UInt8)
  }
}

extension Text {
  /// Calls `body` with the bytes. Walking a string's UTF-8 view takes ten times as long.
  private func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let result = string.utf8.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) {
      return result
    }
    return Array(string.utf8).withUnsafeBytes(body)
  }
}

extension Text: Comparable {
  /// Orders texts by their UTF-8 bytes.
  public static func < (left: Text, right: Text) -> Bool {
    left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }
}

extension Text {
  /// The non-empty parts between the occurrences of `separator`. A mark that combines with the separator
  /// begins the next part.
  public func parts(separatedBy separator: Unicode.Scalar) -> [Text] {
    string.unicodeScalars.split(separator: separator).map { Text(String($0)) }
  }

  /// Whether the bytes begin with those of `prefix`.
  public func hasPrefix(_ prefix: Text) -> Bool { string.utf8.starts(with: prefix.string.utf8) }

  /// Whether the bytes end with those of `suffix`.
  public func hasSuffix(_ suffix: Text) -> Bool {
    string.utf8.reversed().starts(with: suffix.string.utf8.reversed())
  }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The text with the bytes of the literal.
  public init(stringLiteral value: String) { self.init(value) }

  /// The characters, without quotes.
  public var description: String { string }
}

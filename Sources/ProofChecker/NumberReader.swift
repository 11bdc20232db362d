/// What is wrong with a file, and where.
public struct FormatError: Error, Equatable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in bytes, from 1.
  public let column: Int
  /// What is wrong, as a phrase.
  public let reason: String
  /// The likely fix, as a phrase; nil where there is none.
  public let fix: String?

  /// An error at this line and column.
  public init(line: Int, column: Int, reason: String, fix: String? = nil) {
    self.line = line
    self.column = column
    self.reason = reason
    self.fix = fix
  }

  /// The line, the column and the reason.
  public var description: String { "line \(line), column \(column): \(reason)" }
}

/// Reads whitespace-separated numbers and words from a file.
struct NumberReader {
  private let bytes: [UInt8]
  /// The offset of the next byte.
  private(set) var offset = 0
  /// Whether `-0` is read as 0.
  var acceptsNegativeZero = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || (9...13).contains(byte)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  func error(_ reason: String, at offset: Int, fix: String? = nil) -> FormatError {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return FormatError(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: offset - lineStart + 1, reason: reason,
      fix: fix)
  }

  /// The line, from 1, on which `offset` lies.
  func line(at offset: Int) -> Int { error("", at: offset).line }

  mutating func skipSpace() {
    while offset < bytes.count && isSpace(bytes[offset]) { offset += 1 }
  }

  /// Skips space and whole lines that start with `c`.
  mutating func skipSpaceAndComments() {
    skipSpace()
    while offset < bytes.count && bytes[offset] == UInt8(ascii: "c")
      && (offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n"))
    {
      skipLine()
      skipSpace()
    }
  }

  /// Skips the rest of the line.
  mutating func skipLine() {
    while offset < bytes.count && bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
  }

  /// The next byte; nil at the end.
  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  var byteCount: Int { bytes.count }

  var isAtEnd: Bool { offset == bytes.count }

  /// Skips `word` if it comes next; false where it does not.
  mutating func skip(_ word: StaticString) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    let isNext = word.withUTF8Buffer { bytes[offset..<min(end, bytes.count)].elementsEqual($0) }
    guard isNext, end == bytes.count || isSpace(bytes[end]) else { return false }
    offset = end
    return true
  }

  /// The next number, which must be in `range`.
  mutating func number(
    _ meaning: String, in range: ClosedRange<Int>, fix: String? = nil
  ) throws(FormatError) -> Int {
    skipSpace()
    let start = offset
    let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    let firstDigit = offset
    var magnitude = 0
    while offset < bytes.count, isDigit(bytes[offset]) {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(bytes[offset] - UInt8(ascii: "0")))
      if overflow || carry { throw error("the number is too great", at: start) }
      magnitude = sum
      offset += 1
    }
    guard offset > firstDigit, offset == bytes.count || isSpace(bytes[offset]),
      magnitude > 0 || !isNegative || acceptsNegativeZero
    else {
      throw error(isAtEnd ? "\(meaning) is missing at the end" : "\(meaning) is expected here", at: start)
    }
    let number = isNegative ? -magnitude : magnitude
    guard range.contains(number) else {
      throw error(
        "\(meaning) must be between \(range.lowerBound) and \(range.upperBound)", at: start, fix: fix)
    }
    return number
  }
}

// Places are kept as byte offsets and become line and column only when they are shown. To make that fast even
// in a file with one line of 10 MB, the position of every 1,024th byte is stored; from there it is a short
// walk.

import Files

/// A file of a program: its path as given, and its bytes.
public struct SourceFile: Sendable, Equatable {
  /// The path by which it was opened, or the name given to a text.
  public let path: String
  /// The bytes at the time when the file was read.
  public let bytes: [UInt8]

  private let checkpoints: [Position]
  private static let stride = 1024

  /// A place in a text, both numbers from 1; columns count Unicode scalars.
  public struct Position: Hashable, Sendable {
    /// The line; LF, CRLF and a lone CR each end a line.
    public let line: Int
    /// The scalar within the line; a byte-order mark is not counted.
    public let column: Int
  }

  /// A file with these bytes, which need not be a program.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    checkpoints = Self.checkpoints(of: bytes)
  }

  /// The SHA-256 of the bytes, as 64 hexadecimal digits.
  public var digest: String { SHA256.hexadecimalDigest(of: bytes) }

  /// The place of the byte at `offset`, which may be the end of the file.
  public func position(of offset: Int) -> Position {
    let target = min(max(offset, 0), bytes.count)
    var walk = PositionWalk(at: checkpoints[target / Self.stride])
    for index in (target / Self.stride * Self.stride)..<target { walk.pass(index, of: bytes) }
    return walk.position
  }

  /// The range of the line around `offset`, without its line break, at most `reach` bytes on either side, and
  /// without incomplete characters at either end.
  func line(around offset: Int, reach: Int) -> Range<Int> {
    let target = min(max(offset, 0), bytes.count)
    var lower = target
    while lower > 0, target - lower < reach, !isLineBreak(lower - 1) { lower -= 1 }
    while lower < target, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
    var upper = target
    while upper < bytes.count, upper - target < reach, !isLineBreak(upper) { upper += 1 }
    while upper > target, upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper -= 1 }
    if lower == 0, bytes.starts(with: byteOrderMark) { lower = min(byteOrderMark.count, upper) }
    assert(upper - lower <= 2 * reach, "an excerpt is short, however long the line")
    return lower..<upper
  }

  /// Whether the line continues to the left of `offset`.
  func continues(before offset: Int) -> Bool {
    offset > 0 && !isLineBreak(offset - 1)
      && !(offset == byteOrderMark.count && bytes.starts(with: byteOrderMark))
  }

  /// Whether the line continues at `offset`.
  func continues(after offset: Int) -> Bool { offset < bytes.count && !isLineBreak(offset) }

  private func isLineBreak(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r")
  }

  /// The positions of bytes 0, 1024, 2048, …; one pass over the file.
  private static func checkpoints(of bytes: [UInt8]) -> [Position] {
    var walk = PositionWalk(at: Position(line: 1, column: 1))
    var result: [Position] = []
    result.reserveCapacity(bytes.count / stride + 1)
    var index = 0
    while true {
      result.append(walk.position)
      let end = index + stride
      guard end <= bytes.count else { break }
      while index < end {
        walk.pass(index, of: bytes)
        index += 1
      }
    }
    assert(
      result.count == bytes.count / stride + 1, "each offset, the end included, has a checkpoint before it")
    return result
  }
}

/// The bytes EF BB BF, which some editors write at the start of a file.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// Counts lines and columns along the bytes of a file.
private struct PositionWalk {
  private var line: Int
  private var column: Int

  init(at position: SourceFile.Position) {
    line = position.line
    column = position.column
  }

  var position: SourceFile.Position { SourceFile.Position(line: line, column: column) }

  /// Moves from the byte at `index` to the next.
  mutating func pass(_ index: Int, of bytes: [UInt8]) {
    switch bytes[index] {
    case UInt8(ascii: "\n"): startLine()
    case UInt8(ascii: "\r"):
      if index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n") {
        startLine()
      } else {
        column += 1
      }
    case 0x80...0xBF: break  // continues a scalar that has been counted
    case 0xEF where index == 0 && bytes.starts(with: byteOrderMark): break
    default: column += 1
    }
  }

  private mutating func startLine() {
    line += 1
    column = 1
  }
}

// A formula comes from a file or from standard input, and may be packed by gzip, xz or bzip2, which its first
// bytes show. All reading is bounded: at most `largest` bytes, packed or not, and no line longer than
// `longestLine`, so that an endless stream without line breaks is refused early.

import Dedalus
import Files
import Glibc
import ProofChecker

/// A formula as it was given: a DIMACS file, or standard input.
package struct FormulaFile {
  /// The formula that was read.
  package let formula: FoundFormula

  /// The largest file that is read, in bytes.
  static let largest = 1 << 30
  /// The longest line that is read, in bytes: a clause of more than a million literals.
  static let longestLine = 16 << 20

  /// Reads the file at `path`, or standard input where `path` is `-`; nil where `shouldStop` ends the
  /// reading.
  package init?(_ path: String, shouldStop: () -> Bool) throws {
    let name = path == "-" ? "standard input" : path
    do throws(UnreadableFormula) {
      guard var bytes = try Self.bytes(path, shouldStop) else { return nil }
      if let packer = Packer(of: bytes) {
        guard let unpacked = try packer.unpack(bytes, shouldStop) else { return nil }
        bytes = unpacked
      }
      do throws(FormatError) {
        guard let found = try FoundFormula(dimacs: bytes, shouldStop: shouldStop) else { return nil }
        formula = found
      } catch {
        throw UnreadableFormula.malformed(error, bytes)
      }
    } catch {
      throw error.file(name)
    }
  }

  private static func bytes(
    _ path: String, _ shouldStop: () -> Bool
  ) throws(UnreadableFormula) -> [UInt8]? {
    if path == "-" { return try standardInput(shouldStop) }
    do throws(UnreadableFile) {
      return try RegularFile.bytes(of: path, atMost: largest)
    } catch {
      throw .unreadable(error.phrase)
    }
  }

  private static func standardInput(_ shouldStop: () -> Bool) throws(UnreadableFormula) -> [UInt8]? {
    var gathered = GatheredBytes()
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&waiting, 1, 100)
      if shouldStop() { return nil }
      guard isReady != 0 else { continue }
      let count = read(STDIN_FILENO, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable("it cannot be read: \(String(cString: strerror(errno)))")
      }
      if count == 0 { return gathered.bytes }
      try gathered.append(part[..<count])
    }
  }
}

/// Why a formula cannot be read.
enum UnreadableFormula: Error {
  /// The bytes are not available, for the reason in the phrase; then the likely fix.
  case unreadable(String, fix: String? = nil)
  /// The bytes are not a formula.
  case malformed(FormatError, [UInt8])

  /// The error for a call that named the file `name`.
  func file(_ name: String) -> InvalidFile {
    switch self {
    case .unreadable(let phrase, let fix):
      InvalidFile(path: name, code: "unreadable-file", message: phrase, fix: fix)
    case .malformed(let error, let bytes):
      InvalidFile(
        path: name, position: .init(line: error.line, column: error.column), code: "bad-dimacs",
        message: error.reason, fix: error.fix, excerpt: Self.excerpt(of: bytes, error))
    }
  }

  /// The line around the place of `error`. In a file of many megabytes, only the part that may be shown is
  /// read.
  private static func excerpt(of bytes: [UInt8], _ error: FormatError) -> String? {
    var start = 0
    for _ in 1..<error.line {
      start = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }
    let place = min(start + error.column - 1, bytes.count)
    let window = max(start, place - 2000)..<min(bytes.count, place + 2000)
    let excerpt = SourceFile(path: "", bytes: Array(bytes[window])).excerpt(at: place - window.lowerBound)
    return excerpt.allSatisfy { " ^\n".contains($0) } ? nil : excerpt
  }
}

/// Bytes from a stream, within the limits on what is kept.
struct GatheredBytes {
  private(set) var bytes: [UInt8] = []
  private var lineStart = 0
  private var isPacked = false

  mutating func append(_ part: ArraySlice<UInt8>) throws(UnreadableFormula) {
    let start = bytes.count
    bytes += part
    if start == 0 { isPacked = Packer(of: bytes) != nil }
    guard bytes.count <= FormulaFile.largest else {
      throw .unreadable("it is larger than \(FormulaFile.largest >> 20) MB")
    }
    // Packed bytes have no lines.
    if isPacked { return }
    if let end = bytes[start...].lastIndex(of: UInt8(ascii: "\n")) { lineStart = end + 1 }
    guard bytes.count - lineStart <= FormulaFile.longestLine else {
      throw .unreadable(
        "it has a line longer than \(FormulaFile.longestLine >> 20) MB", fix: "end each clause with its line")
    }
  }
}

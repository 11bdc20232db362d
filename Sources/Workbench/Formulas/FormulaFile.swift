// A formula comes as a file or by standard input, perhaps packed by gzip, xz or bzip2, which its first bytes tell. Nothing
// is read without a bound: not more bytes than `largest`, packed or not, and no line longer than `longestLine`, so that
// an endless stream without a line is refused while it is short.

import Dedalus
import Files
import Glibc
import ProofChecker

/// A formula as it was given: a DIMACS file, or standard input.
package struct FormulaFile {
  /// What it says.
  package let formula: FoundFormula

  /// The largest file that is read, in bytes.
  static let largest = 1 << 30
  /// The longest line that is read, in bytes: a clause of more than a million literals.
  static let longestLine = 16 << 20

  /// Reads the file at `path`, or standard input where that is `-`; nil where `shouldStop` ends that.
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

/// Why there is no formula.
enum UnreadableFormula: Error {
  /// The bytes cannot be had, as the phrase says; then the likely fix.
  case unreadable(String, fix: String? = nil)
  /// They are no formula.
  case malformed(FormatError, [UInt8])

  /// The error for whoever named the file `name`.
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

  /// The line around the place of `error`. Of a file of many megabytes no more is looked at than may be shown.
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

/// Bytes from a stream, as far as they may be kept.
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

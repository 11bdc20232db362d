import Support
import Testing

@testable import Dedalus
@testable import Texts

@Suite("Places in a source file")
struct SourceFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let offset: Int
    let place: String
    var testDescription: String { "\(text.debugDescription) at \(offset)" }
  }

  static let cases = [
    Case(text: "", offset: 0, place: "1:1"),
    Case(text: "abc", offset: 0, place: "1:1"),
    Case(text: "abc", offset: 3, place: "1:4"),
    Case(text: "a\nb", offset: 1, place: "1:2"),
    Case(text: "a\nb", offset: 2, place: "2:1"),
    Case(text: "a\r\nb", offset: 3, place: "2:1"),
    Case(text: "a\r\nb", offset: 2, place: "1:3"),
    Case(text: "a\rb", offset: 2, place: "2:1"),
    Case(text: "a\r\rb", offset: 3, place: "3:1"),
    Case(text: "a\n\rb", offset: 3, place: "3:1"),
    Case(text: "é€😀x", offset: 2, place: "1:2"),
    Case(text: "é€😀x", offset: 5, place: "1:3"),
    Case(text: "é€😀x", offset: 9, place: "1:4"),
    Case(text: "e\u{301}x", offset: 3, place: "1:3"),
    Case(text: "\u{FEFF}abc", offset: 3, place: "1:1"),
    Case(text: "\u{FEFF}abc", offset: 4, place: "1:2"),
    Case(text: "a\u{2028}b", offset: 4, place: "1:3"),
    Case(text: "abc", offset: 99, place: "1:4"),
  ]

  @Test("line and column", arguments: cases)
  func place(_ row: Case) {
    let position = SourceFile(path: "f", bytes: Array(row.text.utf8)).position(of: row.offset)
    #expect("\(position.line):\(position.column)" == row.place)
  }

  @Test("places far into a file equal those counted from its start", arguments: 0..<20 as Range<UInt64>)
  func longFiles(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = ["a", "bcd", "\n", "\r", "\r\n", "é", "😀", " "]
    let text = (0..<2000).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    let source = SourceFile(path: "f", bytes: Array(text.utf8))
    var (line, column) = (1, 1)
    var offset = 0
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      #expect(source.position(of: offset) == SourceFile.Position(line: line, column: column), "seed \(seed)")
      offset += UTF8.width(scalar)
      let isEnd =
        scalar == "\n" || (scalar == "\r" && (index + 1 == scalars.count || scalars[index + 1] != "\n"))
      (line, column) = isEnd ? (line + 1, 1) : (line, column + 1)
    }
  }

  @Test("the digest is that of the bytes")
  func digest() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(SourceFile(path: "f", bytes: Array("abc".utf8)).digest == expected)
  }
}

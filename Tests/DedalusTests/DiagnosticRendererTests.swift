import Indices
import Testing

@testable import Dedalus

@Suite("Diagnostics as text")
struct DiagnosticRendererTests {
  private func excerpt(_ text: String, _ range: Range<Int>) -> Excerpt {
    let source = SourceFile(path: "f", bytes: Array(text.utf8))
    return Excerpt(
      of: SourceRange(file: FileID(0), lower: range.lowerBound, upper: range.upperBound), in: source)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let range: Range<Int>
    let shown: String
    let carets: String
    var testDescription: String { text.debugDescription }
  }

  static let cases = [
    Case(text: "abc", range: 1..<2, shown: "abc", carets: " ^"),
    Case(text: "abc", range: 3..<3, shown: "abc", carets: "   ^"),
    Case(text: "ab\ncd\r\nef", range: 3..<5, shown: "cd", carets: "^^"),
    Case(text: "ab\ncd", range: 1..<5, shown: "ab", carets: " ^"),
    Case(text: "ab\n", range: 2..<2, shown: "ab", carets: "  ^"),
    Case(text: "ab\n", range: 3..<3, shown: "", carets: "^"),
    Case(text: "a\tb", range: 2..<3, shown: "a b", carets: "  ^"),
    Case(text: "é€😀x", range: 9..<10, shown: "é€😀x", carets: "   ^"),
    Case(text: "a\u{202E}b\u{1B}c", range: 4..<5, shown: "a\\u{202E}b\\u{1B}c", carets: "         ^"),
    Case(text: "a\u{200B}b", range: 1..<4, shown: "a\\u{200B}b", carets: " ^^^^^^^^"),
    Case(text: "\u{FEFF}ab", range: 3..<4, shown: "ab", carets: "^"),
    Case(text: "a\u{FEFF}b", range: 0..<1, shown: "a\\u{FEFF}b", carets: "^"),
  ]

  @Test("the line and the carets", arguments: cases)
  func excerpts(_ row: Case) {
    let excerpt = excerpt(row.text, row.range)
    #expect(excerpt.text == row.shown)
    #expect(excerpt.carets == row.carets)
  }

  @Test("bytes that are no text are shown as bytes")
  func invalidBytes() {
    let source = SourceFile(path: "f", bytes: [0x61, 0xFF, 0xE2, 0x82, 0x62])
    let excerpt = Excerpt(of: SourceRange(file: FileID(0), lower: 1, upper: 2), in: source)
    #expect(excerpt.text == "a\\x{FF}\\x{E2}\\x{82}b")
    #expect(excerpt.carets == " ^^^^^^")
  }

  @Test(
    "a long line is cut to 120 columns round the place", arguments: [0, 1, 59, 60, 61, 500, 900, 940, 999])
  func cut(offset: Int) {
    let text = String(repeating: "0123456789", count: 100)
    let excerpt = excerpt(text, offset..<(offset + 1))
    #expect(excerpt.text.unicodeScalars.count <= 120 && excerpt.text.unicodeScalars.count >= 118)
    #expect(excerpt.text.hasPrefix("…") == (offset > 60))
    let place = excerpt.text.index(excerpt.text.startIndex, offsetBy: excerpt.carets.count - 1)
    #expect(excerpt.text[place] == Character("\(offset % 10)"))
  }

  @Test("a range longer than the line that is shown has as many carets as fit")
  func longRange() {
    let excerpt = excerpt(String(repeating: "x", count: 1000), 10..<990)
    #expect(excerpt.carets.count <= 120)
    #expect(excerpt.carets.hasPrefix(String(repeating: " ", count: 10) + "^"))
  }

  @Test("the first 20 errors, and the number of the rest")
  func manyErrors() {
    func count(_ text: String, _ part: String) -> Int {
      text.split(separator: "\n").filter { $0.contains(part) }.count
    }
    let text = rendered((0..<25).map { "q\($0)(Y) :- p(X);" }.joined(separator: "\n"))
    #expect(count(text, ": error:") == 20)
    #expect(text.contains("\n5 more errors\n"))
    #expect(rendered((0..<21).map { "q\($0)(Y) :- p(X);" }.joined()).contains("\n1 more error\n"))
    #expect(!rendered((0..<20).map { "q\($0)(Y) :- p(X);" }.joined()).contains("more"))
  }

  @Test("reading stops after 1,000 errors, checking goes on and keeps 10,000")
  func tooManyErrors() throws {
    let unreadable = String(repeating: "x y;\n", count: 5000)
    let error = try #require(throws: InvalidProgram.self) { try Program(text: unreadable) }
    #expect(error.diagnostics.count == 1001)
    #expect(error.diagnostics.last?.code == .tooManyErrors)
    let unsafe = (0..<12_000).map { "q\($0)(Y) :- p(X);\n" }.joined()
    let second = try #require(throws: InvalidProgram.self) { try Program(text: unsafe) }
    #expect(second.errors.count == 10_001)
    #expect(second.errors.last?.message == "2000 errors more, not listed")
  }

  @Test("errors stand in source order, whatever found them")
  func order() {
    let text =
      "p(X) :- q(Y);\nq(1)@1;\nr(X) = q(X);\nq(\"a\")@1;\nq(X, X) :- q(X);\ns(X) :- q(X), notin s(X);"
    #expect(
      diagnose(text) == [
        "1:3 unsafe-variable", "3:6 unexpected-character", "4:3 type-clash", "5:1 arity-mismatch",
        "6:15 negation-in-cycle",
      ])
  }

  @Test("colour only where it is asked for")
  func color() throws {
    let error = try #require(throws: InvalidProgram.self) { try Program(text: "p(Y) :- q(X);") }
    let plain = DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
    let colored = DiagnosticRenderer(sources: error.sources, colored: true).render(error.diagnostics)
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test("control characters of paths and messages are escaped")
  func escapes() throws {
    let error = try #require(throws: InvalidProgram.self) { try Program(reading: ["/none/\u{1B}[31m\n.ded"]) }
    let text = DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
    #expect(text == "error: '/none/\\u{1B}[31m\\u{A}.ded': there is no such file [unreadable-file]\n")
  }

  @Test(
    "names that are nearly right",
    arguments: [
      ("bcst", "bcast"), ("bacst", "bcast"), ("Bcast", "bcast"), ("bcasts", "bcast"), ("log", nil),
      ("x", nil), ("X", "x"),
      ("nod", "node"), ("nd", nil), ("broadcast", nil), ("", nil),
    ])
  func nearMisses(name: String, expected: String?) {
    let known = ["bcast", "node", "x"].filter { $0 != name }
    #expect(nearest(to: name, among: known) == expected)
  }
}

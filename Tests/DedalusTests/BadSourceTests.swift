import Foundation
import Testing

@testable import Dedalus
@testable import Texts

@Suite("Bad source text")
struct BadSourceTests {
  static let rule = "q(X) :- p(X); p(\"a\")@1;"

  @Test("empty, or only comments", arguments: ["", "\n\n", "// nothing", "/* nothing */", "\u{FEFF}"])
  func empty(text: String) {
    #expect(diagnose(text) == ["1:1 no-rules"])
    #expect(firstMessage(text) == "no rules")
  }

  @Test("deep nesting", arguments: [("(", ")"), ("-", "")])
  func deepNesting(opening: String, closing: String) {
    let deep = String(repeating: opening, count: 100_000) + "1" + String(repeating: closing, count: 100_000)
    #expect(diagnose("p(\"a\")@1;\nq(X) :- p(X), 1 > \(deep);") == ["2:\(19 + 256) nesting-too-deep"])
    #expect(firstMessage("q(X) :- p(X), 1 > \(deep);") == "nesting deeper than 256")
  }

  @Test("256 levels are fine, and a chain of operators is a level each")
  func nestingLimit() {
    let open = String(repeating: "(", count: 256)
    let close = String(repeating: ")", count: 256)
    #expect(diagnose("p(\"a\")@1; q(X) :- p(X), 1 > \(open)1\(close);").isEmpty)
    let chain = Array(repeating: "1", count: 257).joined(separator: "+")
    #expect(diagnose("p(\"a\")@1; q(X) :- p(X), 1 > \(chain);").isEmpty)
    #expect(
      diagnose("p(\"a\")@1; q(X) :- p(X), 1 > \(chain)+1;") == ["1:\(28 + 2 * 257) nesting-too-deep"])
  }

  /// What looked for the line's start anew for each fact would not end before the reader gives up.
  @Test("a line of 10 MB")
  func longLine() {
    let facts = (0..<150_000).map { "p(\"node number \($0)\", \(1000 + $0))@1; " }.joined()
    let text =
      facts + String(repeating: " ", count: 10_000_000 - facts.utf8.count) + "q(X) :- p(X, Y), Z > 2;"
    let lines = rendered(text).split(separator: "\n")
    #expect(lines[0] == "input.ded:1:10000018: error: 'Z' is bound by no positive atom [unsafe-variable]")
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 122 })
  }

  @Test("a NUL byte", arguments: ["p\0q(X) :- r(X);", "p(\"a\0b\")@1;", "// \0"])
  func nulByte(text: String) {
    let offset = text.utf8.prefix { $0 != 0 }.count
    #expect(diagnose(text) == ["1:\(offset + 1) nul-byte"])
    #expect(firstMessage(text) == "NUL byte at byte offset \(offset)")
  }

  @Test(
    "invalid UTF-8",
    arguments: [
      [0xFF], [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x28],
      [0xE2, 0x82, 0x28],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let text = Array("p(\"a\")@1; // ".utf8)
    #expect(diagnose(bytes: text + bytes + Array("\n".utf8)) == ["1:14 invalid-utf8"])
  }

  @Test("cut off at the end", arguments: [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98]] as [[UInt8]])
  func truncatedUTF8(bytes: [UInt8]) throws {
    let text = Array("// \u{20AC}".utf8) + bytes
    let error = #expect(throws: InvalidProgram.self) { try Program(bytes: text) }
    let message = try #require(error?.diagnostics.first?.message)
    #expect(message == "invalid UTF-8, cut off by the end of the file, at byte offset 6")
  }

  @Test(
    "the ends of the valid ranges",
    arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{10000}", "\u{10FFFF}"])
  func validUTF8(text: String) {
    #expect(diagnose("p(\"\(text)\")@1; q(X) :- p(X);").isEmpty)
  }

  @Test("a byte-order mark, and line ends of all kinds")
  func lineEnds() {
    #expect(
      diagnose("\u{FEFF}p(X) :- q(Y);\r\nr(X) :- q(Y);\rs(X) :- q(Y);\n  t(X) :- q(Y);") == [
        "1:3 unsafe-variable", "2:3 unsafe-variable", "3:3 unsafe-variable", "4:5 unsafe-variable",
      ])
    #expect(diagnose("p(X)\u{FEFF} :- q(X);") == ["1:5 unexpected-character"])
    #expect(diagnose("p(X) /*\u{2028}*/ :- q(Y);") == ["1:3 unsafe-variable"])
    #expect(diagnose("p(\"a\u{2028}b\")@1; q(X) :- p(X), Y > 1;") == ["1:27 unsafe-variable"])
    #expect(diagnose("\u{2028}p(X) :- q(X);") == ["1:1 unexpected-character"])
  }

  @Test("text that is shown otherwise than it is read")
  func hiddenText() {
    #expect(diagnose("p(\"a\u{202E}b\")@1; q(X) :- p(X);") == ["1:5 invisible-character"])
    #expect(diagnose("// \u{2066}\n\(Self.rule)") == ["1:4 invisible-character"])
    #expect(diagnose("p\u{200B}q(X) :- p(X);") == ["1:2 unexpected-character"])
    #expect(rendered("p\u{200B}q(X) :- p(X);").contains("p\\u{200B}q(X)"))
    #expect(rendered("p(\"a\u{202E}b\")@1; q(X) :- p(X);").contains("a\\u{202E}b"))
  }

  @Test("constants are equal when their bytes are")
  func equalBytes() throws {
    let program = try program("p(\"e\u{301}\")@1; p(\"\u{E9}\")@1; p(\"\u{E9}\")@1; q(X) :- p(X);")
    #expect(program.facts.count == 2)
    #expect(program.defaultNodes.count == 2)
  }

  @Test("what does not end")
  func unterminated() {
    #expect(diagnose("p(\"a)@1;") == ["1:3 unterminated-string"])
    #expect(diagnose("p(\"a\nb\")@1;") == ["1:3 unterminated-string"])
    #expect(diagnose("\(Self.rule)\n /* a * / ;") == ["2:2 unterminated-comment"])
    #expect(diagnose("\(Self.rule) /* a /* b */").isEmpty)
    #expect(diagnose("\(Self.rule) /*/ a */").isEmpty)
  }

  @Test("a string of 1 MB, and more rules than one can want")
  func sizeLimits() throws {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(try program("p(\"\(long)\")@1; q(X) :- p(X);").defaultNodes == [Text(long)])
    let rules = (0..<1_000_000).map { "q(X) :- p(X, \($0));" }.joined(separator: "\n")
    #expect(diagnose(rules) == ["50001:1 too-many-rules"])
    let premises = Array(repeating: "p(X)", count: 255).joined(separator: ", ")
    let wide = (0..<4000).map { "q(X) :- \(premises), \($0) < 1;" }.joined(separator: "\n")
    #expect(diagnose(wide) == ["1462:1 program-too-large"])
    let facts = (0...200_000).map { "p(\"a\", \($0))@1;" }.joined(separator: "\n")
    #expect(diagnose(facts) == ["200001:1 too-many-facts"])
  }

  @Test("integers at the edge")
  func integerLimits() throws {
    #expect(diagnose("p(\"a\", 9223372036854775808)@1; q(X) :- p(X, _);") == ["1:8 integer-out-of-range"])
    #expect(
      diagnose("p(\"a\", 1\(String(repeating: "0", count: 400)))@1; q(X) :- p(X, _);") == [
        "1:8 integer-out-of-range"
      ])
    // Two to the power of 64, and three times that: the lowest 64 bits of them are zero.
    for literal in ["18446744073709551616", "55340232221128654848"] {
      let found = diagnose("p(\"a\", \(literal))@1; q(X) :- p(X, _);")
      #expect(found == ["1:8 integer-out-of-range"], "\(literal)")
    }
    for literal in ["9223372036854775807", "-9223372036854775808", "-0", "007"] {
      let program = try program("p(\"a\", \(literal))@1; q(X) :- p(X, _);")
      #expect(program.facts.first?.values[1] == Int64(literal).map(Constant.integer))
    }
  }
}

import Support
import Testing

@testable import Documents

@Suite("Strict JSON")
struct StrictJSONTests {
  /// What was read, as a document to write.
  private func document(_ value: StrictJSON) -> JSON {
    switch value.content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .decimal: .decimal(0)
    case .string(let value): .string(value)
    case .array(let elements): .array(elements.map(document))
    case .object(let members): .object(members.map { .init(key: $0.key, value: document($0.value)) })
    }
  }

  @Test("what is written is read back, whatever it is", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let written = Self.random(depth: 4, using: &random)
    let read = try StrictJSONReader.read(Array(written.text.utf8))
    #expect(document(read).text == written.text, "seed \(seed)")
  }

  private static func random(depth: Int, using random: inout SplitMix64) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2:
      return .integer(Int.random(in: .min ... .max, using: &random) >> Int.random(in: 0..<64, using: &random))
    case 3: return .string(string(using: &random))
    case 4:
      return .array(
        (0..<Int.random(in: 0..<8, using: &random)).map { _ in Self.random(depth: depth - 1, using: &random) }
      )
    default:
      return .object(
        (0..<Int.random(in: 0..<8, using: &random)).map {
          .init(key: "\($0)" + string(using: &random), value: Self.random(depth: depth - 1, using: &random))
        })
    }
  }

  private static func string(using random: inout SplitMix64) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "b", "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{301}", "\u{2028}",
      "😀", "<",
    ]
    var view = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
      view.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
    }
    return String(view)
  }

  @Test(
    "what is not exactly one document is refused, with its place",
    arguments: [
      ("", 0, "the file ends in the middle of the document"),
      ("{\"a\": 1", 7, "the file ends in the middle of the document"),
      ("{\"a\": 1} x", 9, "nothing may follow the document"),
      ("{\"a\": 1, \"a\": 2}", 9, "the key \"a\" stands here twice"),
      ("{\"a\": 1, \"\\u0061\": 2}", 9, "the key \"a\" stands here twice"),
      ("{\"a\": 1,}", 8, "expected a key in quotes"),
      ("[1,]", 3, "expected a value"),
      ("[1 2]", 3, "expected ',' or a closing bracket"),
      ("{\"a\" 1}", 5, "expected ':' after a key"),
      ("[01]", 1, "a number has no leading zero"),
      ("[-]", 2, "expected a digit"),
      ("[9223372036854775808]", 1, "an integer has at most 64 bits"),
      ("[nul]", 1, "expected a value"),
      ("[\"a]", 1, "the string that begins here has no end"),
      ("[\"a\nb\"]", 3, "a control character in a string must be escaped"),
      ("[\"\\x\"]", 2, "there is no such escape"),
      ("[\"\\u12g4\"]", 2, "'\\u' needs four hexadecimal digits"),
      ("[\"\\ud800\"]", 2, "half of a surrogate pair stands alone"),
      ("[\"\\udc00\\ud800\"]", 2, "half of a surrogate pair stands alone"),
      ("\u{FEFF}{}", 0, "the file begins with a byte-order mark; it must be plain UTF-8"),
      ("{\u{0}\"\u{0}", 0, "the file is not UTF-8; it looks like UTF-16 or UTF-32"),
    ])
  func refused(text: String, offset: Int, message: String) {
    let error = #expect(throws: JSONError.self) { try StrictJSONReader.read(Array(text.utf8)) }
    #expect(error?.message == message)
    #expect(error?.offset == offset)
  }

  @Test("invalid UTF-8 in a string is refused")
  func invalidUTF8() {
    #expect(throws: JSONError.self) {
      try StrictJSONReader.read(Array("[\"".utf8) + [0xC0, 0x80] + Array("\"]".utf8))
    }
  }

  @Test("nesting is bounded", arguments: ["[", "{\"a\":"])
  func nesting(open: String) {
    let text = String(repeating: open, count: 100_000)
    let error = #expect(throws: JSONError.self) { try StrictJSONReader.read(Array(text.utf8)) }
    #expect(error?.message == "nesting deeper than 32")
  }

  @Test("surrogate pairs and short escapes make the characters they stand for")
  func escapes() throws {
    let read = try StrictJSONReader.read(Array(#"["\ud83d\ude00\/\b\f"]"#.utf8))
    #expect(document(read) == .array([.string("😀/\u{8}\u{C}")]))
  }

  @Test("what fits a line stands on one, and the rest one member a line")
  func layout() {
    let long = JSON.string(String(repeating: "x", count: 90))
    #expect(
      JSON.object([.init(key: "a", value: [1, 2]), .init(key: "b", value: .decimal(0.25))]).text
        == "{\"a\": [1, 2], \"b\": 0.25}\n")
    #expect(
      (["a": [1, 2], "b": long] as JSON).text
        == "{\n  \"a\": [1, 2],\n  \"b\": \"\(String(repeating: "x", count: 90))\"\n}\n")
  }
}

// Every way in which one value of a counterexample file can be wrong: each key missing, twice, or joined by
// one that is unknown; each value of each other type; something after the end, and the end too early. The
// place that must be reported is marked in the text by a character that is taken out before the text is read.

import Dedalus
import Testing

@testable import Documents
@testable import Files

@Suite("Strictness of counterexample files")
struct CounterexampleStrictnessTests {
  fileprivate indirect enum Node {
    case leaf(String)
    case array([Node])
    case object([(key: String, value: Node)])

    var text: String {
      switch self {
      case .leaf(let text): text
      case .array(let elements): "[\(elements.map(\.text).joined(separator: ",\n "))]"
      case .object(let members):
        "{\(members.map { "\($0.key): \($0.value.text)" }.joined(separator: ",\n  "))}"
      }
    }

    var kind: String {
      switch self {
      case .array: "an array"
      case .object: "an object"
      case .leaf(let text):
        text.hasPrefix("\"") ? "a string" : text.hasPrefix("t") ? "a truth value" : "an integer"
      }
    }
  }

  /// A document with one thing wrong, and a phrase of what must be said.
  private struct Variant {
    var node: Node
    let message: String

    func map(_ change: (Node) -> Node) -> Variant { Variant(node: change(node), message: message) }
  }

  private static let mark = "\u{E000}"

  private static let document: Node = {
    let digest = Node.leaf("\"\(CounterexampleFileTests.digest)\"")
    func source(_ path: String) -> Node {
      .object([("\"path\"", .leaf("\"\(path)\"")), ("\"digest\"", digest)])
    }
    func strings(_ texts: String...) -> Node { .array(texts.map { .leaf("\"\($0)\"") }) }
    return .object([
      ("\"format\"", .leaf("\"faultline-counterexample/1\"")),
      (
        "\"program\"",
        .object([("\"files\"", .array([source("p.ded")])), ("\"included\"", .array([source("q.ded")]))])
      ),
      (
        "\"bounds\"",
        .object([
          ("\"eot\"", .leaf("7")), ("\"eff\"", .leaf("4")), ("\"crashes\"", .leaf("1")),
          ("\"nodes\"", strings("a", "b é")),
        ])
      ),
      ("\"oracle\"", .leaf("\"implication\"")),
      ("\"outcome\"", .leaf("\"post\"")),
      ("\"ignoresPre\"", .leaf("true")),
      ("\"crashView\"", .leaf("\"silent\"")),
      (
        "\"faults\"",
        .array([
          .object([("\"kind\"", .leaf("\"crash\"")), ("\"node\"", .leaf("\"a\"")), ("\"round\"", .leaf("5"))]
          ),
          .object([
            ("\"kind\"", .leaf("\"omission\"")), ("\"from\"", .leaf("\"b é\"")), ("\"to\"", .leaf("\"a\"")),
            ("\"round\"", .leaf("1")),
          ]),
        ])
      ),
      ("\"minimum\"", .leaf("true")),
      ("\"confirmed\"", .leaf("true")),
      ("\"violated\"", .array([.array([.leaf("\"Data1\""), .leaf("3")])])),
    ])
  }()

  // MARK: What can be wrong

  private static func variants(of node: Node, isRow: Bool = false) -> [Variant] {
    wrongTypes(of: node, isCell: isRow && node.isLeaf) + variants(inside: node, isRow: isRow)
  }

  private static func variants(inside node: Node, isRow: Bool) -> [Variant] {
    switch node {
    case .leaf: return []
    case .array(let elements):
      return elements.indices.flatMap { position in
        variants(of: elements[position], isRow: isRow).map { variant in
          variant.map { .array(elements.replacing(position, with: $0)) }
        }
      }
    case .object(let members):
      return keyVariants(of: members)
        + members.indices.flatMap { position in
          variants(of: members[position].value, isRow: members[position].key == "\"violated\"").map {
            variant in
            variant.map { .object(members.replacing(position, with: (members[position].key, $0))) }
          }
        }
    }
  }

  private static func keyVariants(of members: [(key: String, value: Node)]) -> [Variant] {
    var variants = [
      Variant(
        node: .object(members + [(mark + "\"surprise\"", .leaf("1"))]),
        message: "there is no key \"surprise\"")
    ]
    for (position, member) in members.enumerated() {
      var rest = members
      rest.remove(at: position)
      let hole = Node.object(rest)
      variants.append(Variant(node: .leaf(mark + hole.text), message: ""))
      variants.append(
        Variant(
          node: .object(members + [(mark + member.key, member.value)]),
          message: "the key \(member.key) stands here twice"))
    }
    return variants
  }

  /// A cell of a row may be a string or an integer.
  private static func wrongTypes(of node: Node, isCell: Bool) -> [Variant] {
    let others: [(text: String, kind: String)] = [
      ("null", "null"), ("true", "a truth value"), ("7", "an integer"), ("7.0", "a decimal number"),
      ("\"7\"", "a string"), ("[]", "an array"), ("{}", "an object"),
    ]
    return others.compactMap { other in
      guard other.kind != node.kind else { return nil }
      if isCell, other.kind == "a string" || other.kind == "an integer" { return nil }
      return Variant(node: .leaf(mark + other.text), message: "found \(other.kind)")
    }
  }

  // MARK: What is said

  @Test("every key and every value is checked, and its line and column are told")
  func everyValue() throws {
    let variants = Self.variants(of: Self.document)
    #expect(variants.count > 250)
    for variant in variants {
      let marked = variant.node.text
      let before = try #require(marked.before(Self.mark))
      let error = refusal(of: marked.replacing(Self.mark, with: ""))
      // The document as a whole has no format when it is no object or lacks the key.
      let isFormat = error?.message.hasPrefix("this is not a counterexample file") == true
      let isTold = variant.message.isEmpty || error?.message.contains(variant.message) == true
      #expect(isTold || isFormat, "\(marked)")
      #expect(error?.position == place(after: before), "\(marked) \(error?.message ?? "is accepted")")
    }
  }

  @Test("a file that ends too early is refused, wherever it ends")
  func truncated() {
    let bytes = Array(Self.document.text.utf8)
    for length in bytes.indices {
      #expect(refusal(of: bytes[..<length]) != nil, "the first \(length) bytes")
    }
    #expect(refusal(of: bytes[...]) == nil)
  }

  @Test("nothing may follow", arguments: ["x", "{}", ",", "\u{FEFF}", "\0", "// comment"])
  func trailing(text: String) {
    let document = Self.document.text + "\n"
    let error = refusal(of: document + text)
    #expect(error?.message == "nothing may follow the document")
    #expect(error?.position == place(after: document))
  }

  private func refusal(of text: String) -> InvalidFile? { refusal(of: Array(text.utf8)[...]) }

  private func refusal(of bytes: ArraySlice<UInt8>) -> InvalidFile? {
    do throws(InvalidFile) {
      _ = try CounterexampleFile(reading: SourceFile(path: "x.cex.json", bytes: Array(bytes)))
      return nil
    } catch {
      return error
    }
  }

  private func place(after text: String) -> InvalidFile.Position {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return InvalidFile.Position(line: lines.count, column: (lines.last?.count ?? 0) + 1)
  }
}

extension Array {
  fileprivate func replacing(_ position: Int, with element: Element) -> [Element] {
    var copy = self
    copy[position] = element
    return copy
  }
}

extension String {
  /// What stands before the first `mark`.
  fileprivate func before(_ mark: String) -> String? {
    firstRange(of: mark).map { String(self[..<$0.lowerBound]) }
  }
}

extension CounterexampleStrictnessTests.Node {
  fileprivate var isLeaf: Bool {
    if case .leaf = self { true } else { false }
  }
}

// DOT text with the same structure whatever strings it shows. All names of nodes and clusters are generated
// here; strings from a program are only in labels. A label has two readers: the lexer, for which `\"` is the
// only escape, and the label reader, which interprets `\n`, `\l`, `\N`, `\\` and HTML entities. Characters
// that would be invisible or would move others (controls, bidirectional overrides) are spelled out.

import Dedalus

/// A directed graph in the DOT language, under construction.
struct DOTDocument {
  /// The attributes, in the order in which they are written.
  typealias Attributes = KeyValuePairs<String, DOTValue>

  private var lines: [String] = []
  private var depth = 0

  /// A graph with its own attributes, and default attributes for its nodes and edges.
  init(name: String, graph: Attributes, node: Attributes, edge: Attributes) {
    open("digraph \(name)")
    write("graph \(Self.list(graph))")
    write("node \(Self.list(node))")
    write("edge \(Self.list(edge))")
  }

  mutating func node(_ name: String, _ attributes: Attributes = [:]) {
    write(name + Self.suffix(attributes))
  }

  mutating func edge(
    _ tail: String, _ head: String, _ attributes: Attributes = [:], _ more: Attributes = [:]
  ) {
    write("\(tail) -> \(head)" + Self.suffix(attributes, more))
  }

  /// Adds a box around what `body` adds.
  mutating func cluster(
    _ name: String, _ attributes: Attributes, _ body: (inout DOTDocument) -> Void
  ) {
    open("subgraph cluster_\(name)")
    write("graph \(Self.list(attributes))")
    body(&self)
    close()
  }

  /// Puts existing nodes next to each other.
  mutating func row(_ names: [String]) {
    open("subgraph row")
    write("graph [rank=\"same\"]")
    for name in names { write(name) }
    close()
  }

  /// The complete text.
  consuming func finish() -> String {
    close()
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func open(_ header: String) {
    write(header + " {")
    depth += 1
  }

  private mutating func close() {
    depth -= 1
    write("}")
  }

  private mutating func write(_ line: String) {
    lines.append(String(repeating: "  ", count: depth) + line)
  }

  private static func suffix(_ attributes: Attributes, _ more: Attributes = [:]) -> String {
    attributes.isEmpty && more.isEmpty ? "" : " " + list(attributes, more)
  }

  private static func list(_ attributes: Attributes, _ more: Attributes = [:]) -> String {
    "[" + (Array(attributes) + Array(more)).map { "\($0.key)=\($0.value.source)" }.joined(separator: ", ")
      + "]"
  }
}

/// The value of an attribute, as it is written in the file.
struct DOTValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// The value with its quotes.
  let source: String

  /// A literal value, without quotes and backslashes in it.
  init(stringLiteral value: String) { source = "\"\(value)\"" }
  init(integerLiteral value: Int) { source = String(value) }
  init(floatLiteral value: Double) { source = String(value) }

  /// A value that was computed here, without quotes and backslashes in it.
  init(trusted value: String) { source = "\"\(value)\"" }

  /// Centred text of any origin; each element is a line of the label.
  init(label lines: [String]) {
    source = "\"" + lines.map(Self.escaped).joined(separator: "\\n") + "\""
  }

  /// Left-aligned text of any origin; each element is a line of the label.
  init(leftAlignedLabel lines: [String]) {
    source = "\"" + lines.map { Self.escaped($0) + "\\l" }.joined() + "\""
  }

  /// `text` as a part of a quoted label.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.showingEverything.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "&": result += "&amp;"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}

/// `text`, or its beginning and `…` where it is longer than `limit` characters.
func shortened(_ text: String, to limit: Int = 80) -> String {
  let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex)
  guard let end, end != text.endIndex else { return text }
  return text[..<end] + "…"
}

/// `number` with commas between groups of three digits.
public func grouped(_ number: Int) -> String {
  var digits = Array(String(number))
  for position in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: position) }
  return String(digits)
}

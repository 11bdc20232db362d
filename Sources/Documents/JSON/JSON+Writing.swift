// Written for programs and for people: what fits on one line is written on one line; anything longer has one
// member or element per line. There are no options, so the bytes depend only on the document. For line
// breaks, a time counts as one digit, so that they do not depend on times.

extension JSON {
  /// The document, ending with a line break.
  public var text: String {
    var result = ""
    write(indentation: 0, into: &result)
    return result + "\n"
  }

  private static let lineLength = 100

  private func write(indentation: Int, into result: inout String) {
    if let line = flat(limit: Self.lineLength - indentation) {
      result += line.text
      return
    }
    let margin = "\n" + String(repeating: " ", count: indentation + 2)
    switch self {
    case .array(let elements):
      result += "["
      for (position, element) in elements.enumerated() {
        result += (position == 0 ? "" : ",") + margin
        element.write(indentation: indentation + 2, into: &result)
      }
      result += margin.dropLast(2) + "]"
    case .object(let members):
      result += "{"
      for (position, member) in members.enumerated() {
        result += (position == 0 ? "" : ",") + margin + Self.literal(member.key) + ": "
        member.value.write(indentation: indentation + 2, into: &result)
      }
      result += margin.dropLast(2) + "}"
    default: result += flat(limit: .max)?.text ?? ""
    }
  }

  /// A document on one line.
  private struct Line {
    var text: String
    /// The number of bytes that do not count towards the length.
    var slack = 0
    var width: Int { text.utf8.count - slack }

    static func += (line: inout Line, next: Line) {
      line.text += next.text
      line.slack += next.slack
    }
  }

  /// The document on one line; nil where it is longer than `limit`. Stops as soon as that is known.
  private func flat(limit: Int) -> Line? {
    switch self {
    case .null: return Line(text: "null")
    case .bool(let value): return Line(text: value ? "true" : "false")
    case .integer(let value): return Line(text: String(value))
    case .decimal(let value):
      let text = Self.literal(value)
      return Line(text: text, slack: text.utf8.count - 1)
    case .string(let value): return Line(text: Self.literal(value))
    case .array(let elements): return Self.flat(elements, "[", "]", limit) { $0.flat(limit: $1) }
    case .object(let members):
      return Self.flat(members, "{", "}", limit) { member, limit in
        guard let value = member.value.flat(limit: limit) else { return nil }
        return Line(text: "\(Self.literal(member.key)): \(value.text)", slack: value.slack)
      }
    }
  }

  private static func flat<Part>(
    _ parts: [Part], _ open: String, _ close: String, _ limit: Int, _ line: (Part, Int) -> Line?
  ) -> Line? {
    var result = Line(text: open)
    for (position, part) in parts.enumerated() {
      guard let next = line(part, limit) else { return nil }
      if position > 0 { result.text += ", " }
      result += next
      guard result.width < limit else { return nil }
    }
    result.text += close
    return result
  }

  private static func literal(_ value: Double) -> String {
    let rounded = (value * 1_000_000).rounded() / 1_000_000
    return rounded.isFinite ? String(rounded) : "null"
  }

  /// `string` in quotes, with the escapes that JSON demands. U+2028 and U+2029 are escaped too, because in
  /// JavaScript they would end a line.
  package static func literal(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{2028}", "\u{2029}": result += escape(scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

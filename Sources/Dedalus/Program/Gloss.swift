// What a relation means, in the words of whoever wrote the program. In the comment at the head of a file, a
// line such as
//
//   //   in_sync(N, R)      N believes that R is in the set
//
// is the gloss of a relation: its name with a variable for each column, and a sentence about these
// variables. The first gloss of a relation counts, in the order in which the files were read.

import Indices

/// A sentence that says what the rows of a relation mean.
public struct Gloss: Hashable, Sendable {
  /// A name for each column.
  public let variables: [String]
  /// The sentence, in which the names stand for the values of the columns.
  public let text: String

  /// The sentence `text` about `variables`.
  public init(variables: [String], text: String) { (self.variables, self.text) = (variables, text) }
}

extension Program {
  /// The glosses of the relations that have one.
  public var glosses: [RelationID: Gloss] {
    var found: [RelationID: Gloss] = [:]
    let known = Dictionary(
      relations.indices.map { (relations[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    for source in sources {
      for line in source.headComment {
        guard let (name, gloss) = Gloss.parse(line), let relation = known[name],
          relations[relation].arity == gloss.variables.count, found[relation] == nil
        else { continue }
        found[relation] = gloss
      }
    }
    return found
  }
}

extension SourceFile {
  /// The lines of the comment with which the file begins, without the strokes.
  fileprivate var headComment: [Substring] {
    let head = bytes.prefix(1 << 16)
    var lines: [Substring] = []
    for line in String(decoding: head, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
      guard line.hasPrefix("//") else { break }
      lines.append(line.dropFirst(2))
    }
    return lines
  }
}

extension Gloss {
  /// The name of the relation and its gloss, where `line` of a comment, without the strokes, is one.
  fileprivate static func parse(_ line: Substring) -> (name: String, gloss: Gloss)? {
    guard line.hasPrefix("  "), let open = line.firstIndex(of: "("), let close = line.firstIndex(of: ")"),
      open < close
    else { return nil }
    let name = trimmed(line[..<open])
    let variables = line[line.index(after: open)..<close].split(separator: ",").map { trimmed($0) }
    let rest = line[line.index(after: close)...]
    guard isName(name), variables.allSatisfy(isName), rest.hasPrefix(" ") else { return nil }
    let text = trimmed(rest)
    return text.isEmpty ? nil : (name, Gloss(variables: variables, text: text))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

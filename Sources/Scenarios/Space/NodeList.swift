// In calls and scenario lines, nodes are written as `a,b,c`. A name that contains a comma or a space is in
// double quotes: `a,"b c"`. Blanks around a name are not part of it, unless they are quoted too. Names are
// shown in tables, files and pictures, so names that cannot be read there are refused.

import Dedalus
import Texts

extension Nodes {
  /// The largest number of nodes of a question. `Bounds` checks it, wherever the nodes come from.
  public static let mostNodes = 256
  /// The length of the longest name, in bytes.
  public static let longestName = 256

  /// The nodes that `list` names.
  ///
  /// - Throws: for an empty list or name, a name given twice, and names that a program cannot write.
  public init(list: String) throws(InvalidQuestion) {
    let names = try Self.names(in: list)
    var seen = Set<Text>()
    for name in names {
      try Self.check(name)
      guard seen.insert(Text(name)).inserted else {
        throw InvalidQuestion(
          code: "duplicate-node", message: "the node '\(name.showingEverything)' is named twice")
      }
    }
    self.init(names.map { Text($0) })
  }

  /// The nodes as they are written in a call.
  public var list: String {
    names.nodeList
  }

  /// Splits at commas outside quotes, and removes the quotes and the unquoted blanks around each name.
  private static func names(in list: String) throws(InvalidQuestion) -> [String] {
    var names: [String] = []
    var name = String.UnicodeScalarView()
    var blanks = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in list.unicodeScalars {
      if !isQuoted, scalar.properties.isWhitespace {
        blanks.append(scalar)
        continue
      }
      if !isQuoted, scalar == "," {
        names.append(String(name))
        name.removeAll()
        blanks.removeAll()
        continue
      }
      if !name.isEmpty { name.append(contentsOf: blanks) }
      blanks.removeAll()
      if scalar == "\"" { isQuoted.toggle() } else { name.append(scalar) }
    }
    guard !isQuoted else {
      throw InvalidQuestion(code: "bad-node-name", message: "a quote in the list of nodes is not closed")
    }
    return names + [String(name)]
  }

  private static func check(_ name: String) throws(InvalidQuestion) {
    guard !name.isEmpty else {
      throw InvalidQuestion(
        code: "bad-node-name", message: "a name in the list of nodes is empty",
        fix: "write the names with single commas between them: --nodes a,b,c")
    }
    guard name.utf8.count <= longestName else {
      throw InvalidQuestion(
        code: "bad-node-name", message: "a node's name is longer than \(longestName) bytes")
    }
    guard Text(name.showingEverything) == Text(name) else {
      throw InvalidQuestion(
        code: "bad-node-name",
        message: "the node name '\(name.showingEverything)' holds a character that cannot be shown")
    }
  }
}

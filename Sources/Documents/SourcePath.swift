// Paths as texts. A counterexample names its sources relative to its own folder, so that both can move
// together. Relative paths are computed from real paths, because `..` after a link leads somewhere else than
// the text suggests.

import Dedalus
import Glibc
import Texts

/// A path of a file.
package struct SourcePath {
  private let path: String

  package init(_ path: String) { self.path = path }

  /// The folder in which the file lies, as it is written.
  package var folder: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The name of the file in its folder.
  package var name: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The path from the root, with no link and no `..` among its folders; the file itself may be a link.
  var absolute: String {
    guard let folder = Self.real(folder) else { return path }
    return folder == "/" ? "/" + name : "\(folder)/\(name)"
  }

  /// The real path of `folder`. For a folder that does not exist yet: the real path of its parent, and its
  /// name.
  private static func real(_ folder: String) -> String? {
    if let real = realpath(folder, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    guard folder != ".", folder != "/" else { return nil }
    let missing = SourcePath(folder)
    guard let above = real(missing.folder) else { return nil }
    switch missing.name {
    case "", ".": return above
    case "..": return SourcePath(above).folder
    default: return above == "/" ? above + missing.name : "\(above)/\(missing.name)"
    }
  }

  /// The path of the file relative to `folder`.
  func relative(to folder: String) -> String {
    let start = Self.parts(of: folder)
    let goal = Text(absolute).parts(separatedBy: "/")
    let common = zip(start, goal.dropLast()).prefix { $0 == $1 }.count
    return Self.joined(Array(repeating: "..", count: start.count - common) + goal.dropFirst(common))
  }

  /// The file that `relative` names in a file of `folder`. The result is relative to the current folder where
  /// the file is below it.
  package static func resolve(_ relative: String, in folder: String) -> String {
    guard !Text(relative).hasPrefix("/") else { return relative }
    var parts = Self.parts(of: folder)
    for part in Text(relative).parts(separatedBy: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let here = Self.parts(of: ".")
    return parts.starts(with: here) ? joined(Array(parts.dropFirst(here.count))) : "/" + joined(parts)
  }

  /// The names of the folders from the root to `folder`.
  private static func parts(of folder: String) -> [Text] {
    Text(SourcePath(folder + "/.").absolute).parts(separatedBy: "/").filter { $0 != "." }
  }

  private static func joined(_ parts: [Text]) -> String { parts.map(\.string).joined(separator: "/") }
}

// Paths as texts. A counterexample names its sources relative to its own folder, so that both can move together;
// what is relative to what is decided on real paths, because `..` after a link is not what it looks like.

import Glibc

/// A path of a file.
struct SourcePath {
  private let path: String

  init(_ path: String) { self.path = path }

  /// The folder in which the file lies, as it is written.
  var folder: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The name of the file in its folder.
  var name: String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The path from the root, with no link and no `..` among its folders; the file itself may be a link.
  var absolute: String {
    guard let real = realpath(folder, nil) else { return path }
    defer { free(real) }
    let folder = String(cString: real)
    return folder == "/" ? "/" + name : "\(folder)/\(name)"
  }

  /// The path of the file as seen from `folder`.
  func relative(to folder: String) -> String {
    let start = SourcePath(folder + "/.").absolute.split(separator: "/").filter { $0 != "." }
    let goal = absolute.split(separator: "/")
    let common = zip(start, goal.dropLast()).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: start.count - common) + goal.dropFirst(common).map(String.init))
      .joined(separator: "/")
  }

  /// The file that `relative` means in a file of `folder`; shown relative to the current folder where it lies below.
  static func resolve(_ relative: String, in folder: String) -> String {
    guard !relative.hasPrefix("/") else { return relative }
    var parts = SourcePath(folder + "/.").absolute.split(separator: "/").filter { $0 != "." }.map(String.init)
    for part in relative.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    let here = SourcePath("./.").absolute.split(separator: "/").filter { $0 != "." }.map(String.init)
    if parts.starts(with: here) { return parts.dropFirst(here.count).joined(separator: "/") }
    return "/" + parts.joined(separator: "/")
  }
}

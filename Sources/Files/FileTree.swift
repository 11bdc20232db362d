// Verbs that take many files take folders too. The files below a folder are ordered by the bytes of their
// names, so that every machine sees the same list. A link that leads back to a folder that contains it is not
// followed again.

import Glibc
import Texts

/// The files of one kind to which some paths lead.
public struct FileTree {
  private let suffix: String
  private var files: [String] = []
  private var seen = Set<Text>()
  /// The folders that are open, outermost first.
  private var ancestors: [FileIdentity] = []

  /// The files that `paths` name: each given file, whatever its name, and below each given folder every file
  /// whose name ends with `suffix`, except hidden ones. A path that occurs twice counts once.
  public static func files(_ paths: [String], ending suffix: String) throws(InvalidFile) -> [String] {
    var tree = FileTree(suffix: suffix)
    for path in paths {
      if let folder = folder(path) { try tree.enter(path, folder) } else { tree.take(path) }
    }
    return tree.files
  }

  /// Whether something exists at `path`.
  public static func exists(_ path: String) -> Bool { FileIdentity(of: path) != nil }

  private init(suffix: String) { self.suffix = suffix }

  private mutating func take(_ path: String) {
    if seen.insert(Text(path)).inserted { files.append(path) }
  }

  private mutating func enter(_ folder: String, _ identity: FileIdentity) throws(InvalidFile) {
    guard !ancestors.contains(identity) else { return }
    ancestors.append(identity)
    for name in try Self.names(in: folder) {
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if let inner = Self.folder(path) {
        try enter(path, inner)
      } else if Text(name).hasSuffix(Text(suffix)) {
        take(path)
      }
    }
    ancestors.removeLast()
  }

  /// The names in `folder`, sorted by bytes, without hidden files.
  private static func names(in folder: String) throws(InvalidFile) -> [String] {
    guard let stream = opendir(folder) else {
      throw InvalidFile(
        path: folder, code: "unreadable-folder",
        message: "the folder cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
      guard bytes.first != UInt8(ascii: ".") else { continue }
      let name = FileName(bytes)
      guard let text = name.text else {
        throw InvalidFile(
          path: folder, code: "unreadable-folder",
          message: "the folder holds a name that is not UTF-8: '\(name.shown)'", fix: "rename it")
      }
      names.append(text)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The identity of the folder `path`; nil where it is not a folder.
  private static func folder(_ path: String) -> FileIdentity? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return FileIdentity(status)
  }
}

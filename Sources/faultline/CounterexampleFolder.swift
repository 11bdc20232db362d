import FaultInjection
import Glibc

/// The counterexample files below a folder.
enum CounterexampleFolder {
  /// Folders of folders deeper than this are a cycle of links or a mistake.
  private static let deepest = 32

  /// The files that `paths` name: those given, and every `*.cex.json` below folders that are given, by name.
  static func files(in paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
      if isFolder(path) { try collect(path, depth: 0, into: &files) } else { files.append(path) }
    }
    return files
  }

  private static func collect(_ folder: String, depth: Int, into files: inout [String]) throws {
    guard depth < deepest else { return }
    for name in try names(in: folder) {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      if isFolder(path) {
        try collect(path, depth: depth + 1, into: &files)
      } else if name.hasSuffix(".cex.json") {
        files.append(path)
      }
    }
  }

  /// What lies in `folder`, sorted by bytes, hidden files left out.
  private static func names(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else {
      throw Refusal.output("the folder '\(folder)' cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

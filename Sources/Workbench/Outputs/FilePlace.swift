import Dedalus
import Documents
import Files
import Texts

/// Identifies where a path leads, so that two paths can be compared even where no file exists yet.
enum FilePlace: Hashable {
  case file(FileIdentity)
  /// Names below a folder that exists.
  case nothing(below: FileIdentity, names: [Text])
  /// The folder from which the path starts cannot be read.
  case unknown(Text)

  /// The place to which `path` leads.
  init(_ path: String) {
    self = FileIdentity(of: path).map { .file($0) } ?? Self.missing(path)
  }

  private static func missing(_ path: String) -> Self {
    guard let (folder, names) = closestFolder(to: path) else { return .unknown(Text(path)) }
    return .nothing(below: folder, names: names)
  }

  /// The closest existing folder above `path`, and the names that lead from it to the file, without detours.
  private static func closestFolder(to path: String) -> (FileIdentity, [Text])? {
    var (folder, names): (String, [Text]) = (path, [])
    while true {
      let above = SourcePath(folder).folder
      names.insert(Text(SourcePath(folder).name), at: 0)
      if let identity = FileIdentity(of: above) { return (identity, withoutDetours(names)) }
      guard above.utf8.count < folder.utf8.count else { return nil }
      folder = above
    }
  }

  private static func withoutDetours(_ names: [Text]) -> [Text] {
    var result: [Text] = []
    for name in names where name != "" && name != "." {
      if name == "..", let last = result.last, last != ".." {
        result.removeLast()
      } else {
        result.append(name)
      }
    }
    return result
  }
}

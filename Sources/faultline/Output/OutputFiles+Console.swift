import Workbench

extension OutputFiles {
  /// Writes `text` to the file at `path`, or to standard output where there is none or it is `-`.
  func put(_ text: String, at path: String?, or console: Console) throws {
    if let path, path != "-" {
      try put(Array(text.utf8), at: path)
    } else {
      try console.write(text)
    }
  }
}

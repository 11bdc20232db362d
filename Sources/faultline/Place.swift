import Dedalus
import Indices

/// A stretch of lines in a file.
struct Place: Hashable {
  let file: String
  var line = 1
  var column = 1
  var endLine: Int?
}

extension Place {
  /// The lines of `range`.
  init(_ range: SourceRange, in sources: IndexedArray<FileID, SourceFile>) {
    let source = sources[range.file]
    let start = source.position(of: range.lower)
    self.init(
      file: source.path, line: start.line, column: start.column,
      endLine: source.position(of: range.upper).line)
  }
}

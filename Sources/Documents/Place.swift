import Dedalus
import Indices

/// A range of lines in a file.
package struct Place: Hashable {
  package let file: String
  package let line: Int
  package let column: Int
  package let endLine: Int?

  /// The place at `line` and `column` of `file`, both from 1.
  package init(file: String, line: Int = 1, column: Int = 1, endLine: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
  }
}

extension Place {
  /// The lines of `range`.
  package init(_ range: SourceRange, in sources: IndexedArray<FileID, SourceFile>) {
    let source = sources[range.file]
    let start = source.position(of: range.lower)
    self.init(
      file: source.path, line: start.line, column: start.column,
      endLine: source.position(of: range.upper).line)
  }
}

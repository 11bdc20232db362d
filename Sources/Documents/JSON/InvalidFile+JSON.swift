import Dedalus
import Files

extension InvalidFile {
  /// `error` at its place in the document `file`.
  package init(_ error: JSONError, in file: SourceFile, code: String) {
    let position = file.position(of: error.offset)
    self.init(
      path: file.path, position: .init(line: position.line, column: position.column), code: code,
      message: error.message)
  }
}

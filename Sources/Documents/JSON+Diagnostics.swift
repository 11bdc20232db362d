import Dedalus
import Files
import Indices

extension JSON {
  /// A diagnostic with its place, notes and fix.
  package init(_ diagnostic: Diagnostic, sources: IndexedArray<FileID, SourceFile>) {
    var members: [Member] = [
      .init(key: "severity", value: .string(diagnostic.severity.rawValue)),
      .init(key: "code", value: .string(diagnostic.code.rawValue)),
      .init(key: "message", value: .string(diagnostic.message)),
    ]
    members += Self.place(diagnostic.range, sources)
    if !diagnostic.notes.isEmpty {
      let notes = diagnostic.notes.map { note in
        JSON.object([.init(key: "message", value: .string(note.message))] + Self.place(note.range, sources))
      }
      members.append(.init(key: "notes", value: .array(notes)))
    }
    if let fix = diagnostic.fix { members.append(.init(key: "fix", value: .string(fix))) }
    self = .object(members)
  }

  /// An error that does not concern the text of a program.
  package init(
    error message: String, code: String, fix: String?, file: String? = nil,
    at place: InvalidFile.Position? = nil
  ) {
    self.init(.error, message, code: code, fix: fix, file: file, at: place)
  }

  /// An error or a warning that does not concern the text of a program.
  package init(
    _ severity: Diagnostic.Severity, _ message: String, code: String, fix: String?, file: String? = nil,
    at place: InvalidFile.Position? = nil
  ) {
    var members: [Member] = [
      .init(key: "severity", value: .string(severity.rawValue)), .init(key: "code", value: .string(code)),
      .init(key: "message", value: .string(message)),
    ]
    if let file { members.append(.init(key: "file", value: .string(file))) }
    if let place {
      members.append(.init(key: "line", value: .integer(place.line)))
      members.append(.init(key: "column", value: .integer(place.column)))
    }
    if let fix { members.append(.init(key: "fix", value: .string(fix))) }
    self = .object(members)
  }

  private static func place(_ range: SourceRange?, _ sources: IndexedArray<FileID, SourceFile>) -> [Member] {
    guard let range else { return [] }
    let source = sources[range.file]
    let (start, end) = (source.position(of: range.lower), source.position(of: range.upper))
    return [
      .init(key: "file", value: .string(source.path)),
      .init(key: "line", value: .integer(start.line)), .init(key: "column", value: .integer(start.column)),
      .init(key: "endLine", value: .integer(end.line)), .init(key: "endColumn", value: .integer(end.column)),
    ]
  }
}

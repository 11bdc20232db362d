import Foundation
import Testing

@testable import Dedalus

/// The diagnostics of a text as `line:column code`: its errors, or, where it is a program, its warnings.
func diagnose(_ text: String) -> [String] { diagnose(bytes: Array(text.utf8)) }

/// The diagnostics of bytes as `line:column code`: their errors, or, where they are a program, its warnings.
func diagnose(bytes: [UInt8]) -> [String] {
  do throws(InvalidProgram) {
    let program = try Program(bytes: bytes)
    return program.warnings.map { summary(of: $0, in: program.sources.elements) }
  } catch {
    return error.errors.map { summary(of: $0, in: error.sources.elements) }
  }
}

extension InvalidProgram {
  /// The diagnostics without the warnings.
  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}

/// The first file has no name in a summary, others have.
func summary(of diagnostic: Diagnostic, in sources: [SourceFile]) -> String {
  guard let range = diagnostic.range else { return diagnostic.code.rawValue }
  let source = sources[range.file.position]
  let position = source.position(of: range.lower)
  let name = range.file.position == 0 ? "" : (source.path.split(separator: "/").last.map { "\($0):" } ?? "")
  return "\(name)\(position.line):\(position.column) \(diagnostic.code.rawValue)"
}

/// The program of a text that is one.
func program(_ text: String) throws -> Program { try Program(text: text) }

/// The message of the first diagnostic.
func firstMessage(_ text: String) -> String? {
  do throws(InvalidProgram) {
    return try Program(text: text).warnings.first?.message
  } catch {
    return error.errors.first?.message
  }
}

/// The rendered text for what is wrong with a text.
func rendered(_ text: String) -> String {
  do throws(InvalidProgram) {
    let program = try Program(text: text)
    return DiagnosticRenderer(sources: program.sources).render(program.warnings)
  } catch {
    return DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
  }
}

/// The folder `programs` of the repository.
let programsFolder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../programs")
  .standardizedFileURL.path

/// A folder of its own, which goes when `body` ends.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "dedalus-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

extension String {
  /// Writes the string to the file at `path`, and makes the folders on the way.
  func write(to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(utf8).write(to: url)
  }
}

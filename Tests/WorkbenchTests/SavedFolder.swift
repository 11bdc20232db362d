import Dedalus
import Documents
import Foundation
import Search
import Support
import Testing

/// A folder with files, gone with the test.
final class SavedFolder: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("faultline-workbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
  }

  /// The path of the file `name`.
  subscript(name: String) -> String { path + "/" + name }

  /// Saves the counterexample of the program in `name` for EOT 4, EFF 2 and these nodes; its path.
  func save(_ name: String, nodes: String = "a,b,c") throws -> String {
    let program = try Program(reading: [self[name]])
    let line = try ScenarioLine.all(
      in: SourceFile(path: name, bytes: Array("//! scenario eot=4 eff=2 nodes=\(nodes) expect=holds".utf8)))
    let question = try line[0].question(about: program)
    let found = try #require(try check(question).counterexample)
    let sources = AskedQuestion.Source.all(of: program, files: [self[name]], seenFrom: path)
    let file = CounterexampleFile(
      found, to: AskedQuestion(question, files: sources.given, included: sources.included))
    try write(file.json.text, to: file.name + ".cex.json")
    return self[file.name + ".cex.json"]
  }
}

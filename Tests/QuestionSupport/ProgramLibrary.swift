import Dedalus
import Documents
import Files
import Foundation
import Properties
import Testing

/// The programs of this repository and what their scenario lines expect.
package enum ProgramLibrary {
  /// The folder `programs`.
  package static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("programs", isDirectory: true).resolvingSymlinksInPath()

  /// Every program outside `invalid`, by its path relative to the folder, in order.
  package static let paths: Result<[String], any Error> = Result {
    try FileTree.files([folder.path], ending: ".ded").map { String($0.dropFirst(folder.path.count + 1)) }
      .filter { !$0.hasPrefix("invalid/") }
  }

  /// The program at `path`, relative to the folder.
  package static func program(_ path: String) throws -> Program {
    try Program(reading: [folder.appendingPathComponent(path).path])
  }

  /// Every scenario line of every program, in order.
  package static let scenarios: Result<[LibraryScenario], any Error> = Result {
    try paths.get().flatMap { path in
      let source = try SourceFile(
        reading: folder.appendingPathComponent(path).path, atMost: Program.mostBytes)
      return try ScenarioLine.all(in: source).map { LibraryScenario(path: path, line: $0) }
    }
  }
}

/// A scenario line and where it stands.
package struct LibraryScenario: CustomTestStringConvertible {
  package let path: String
  package let line: ScenarioLine

  /// The name of the program: its file's, without the extension.
  package var name: String { String(path.split(separator: "/").last?.dropLast(4) ?? "") }

  /// The question that the line asks.
  package var question: Question {
    get throws { try line.question(about: ProgramLibrary.program(path)) }
  }

  package var testDescription: String {
    "\(path):\(line.line) ⟨\(line.inquiry.eot), \(line.inquiry.eff)⟩ \(line.inquiry.settings.map { "\($0.name)=\($0.value)" }.joined(separator: " "))"
  }
}

extension ScenarioLine {
  /// How many crashes the line admits.
  package var crashes: Int {
    inquiry.settings.first { $0.name == "crashes" }.flatMap { Int($0.value) } ?? 0
  }
}

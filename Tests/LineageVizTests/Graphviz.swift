import Foundation

/// Graphviz, which reads what is written in DOT.
enum Graphviz {
  /// Why there is no picture.
  struct Failure: Error {
    let status: Int32
    let message: String
  }

  /// What `dot`, called with `arguments`, makes of `input`.
  static func run(arguments: [String], input: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, picture) = (folder.appendingPathComponent("g.dot"), folder.appendingPathComponent("g.out"))
    try Data(input.utf8).write(to: source)
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["dot"] + arguments + ["-o", picture.path, source.path]
    process.standardError = errors
    try process.run()
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(status: process.terminationStatus, message: message)
    }
    return String(decoding: try Data(contentsOf: picture), as: UTF8.self)
  }
}

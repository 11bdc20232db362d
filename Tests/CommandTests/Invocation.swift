// The command as people use it: the built binary in a process of its own. It lies beside the test bundle,
// because the package builds both.

import Foundation
import Properties
import Testing

/// What a process did.
struct Outcome: Equatable {
  /// The exit code; 128 + the signal for a process that a signal ended.
  let status: Int32
  let output: String
  let errors: String

  /// The first line of standard error.
  var firstError: String { String(errors.prefix { $0 != "\n" }) }
}

/// A folder for one test, with whatever files it needs; gone when the test is over.
final class Workplace {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.path + "/faultline-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, Data(text.utf8)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  /// The names of the files, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Calls `faultline` here.
  func faultline(_ arguments: String...) throws -> Outcome {
    try run(Binary.path, arguments)
  }

  func faultline(_ arguments: [String]) throws -> Outcome {
    try run(Binary.path, arguments)
  }

  /// Runs a line of shell here, in which `$FAULTLINE` is the command and `$PROGRAMS` the folder of programs.
  func shell(_ line: String) throws -> Outcome {
    try run("/bin/bash", ["-c", line])
  }

  private func run(_ program: String, _ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    var environment = ProcessInfo.processInfo.environment
    environment["FAULTLINE"] = Binary.path
    environment["PROGRAMS"] = Binary.programs
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a pipe that nobody empties stops the process.
    let stem = NSTemporaryDirectory() + UUID().uuidString
    let (output, errors) = (stem + ".out", stem + ".err")
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    defer { for file in [output, errors] { try? FileManager.default.removeItem(atPath: file) } }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

/// Where things lie.
enum Binary {
  static let path: String = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("faultline").path
  }()

  static let programs: String =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("programs").path

  static func program(_ name: String) -> String { "\(programs)/\(name)" }
}

/// A JSON document, as anybody would read it.
func json(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

// A trace is a session as text, one call on a line, literals as in DIMACS:
//
//     # what it is about
//     variable
//     add 1 -2
//     solve 1 limit 3
//     interrupted

import Foundation

@testable import Satisfiability

extension Session {
  /// The folder of the traces that are run with every test.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Traces")

  /// The traces that were kept: sessions that some solver once got wrong.
  static var kept: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
      $0.hasSuffix(".trace")
    }
    .sorted()
  }

  /// The session that was kept under `name`.
  init(kept name: String) throws {
    try self.init(trace: String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8))
  }

  /// Keeps the session, with what was wrong, under `name`.
  func keep(as name: String, because complaint: String) throws {
    try "# \(complaint)\n\(trace)".write(
      to: Self.folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  /// The session as text.
  var trace: String { calls.map { $0.line + "\n" }.joined() }

  /// The session that `trace` describes.
  init(trace: String) throws {
    calls = try trace.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(Call.init)
  }
}

extension Call {
  /// A line that is no call.
  struct Unreadable: Error {
    let line: Substring
  }

  fileprivate var line: String {
    switch self {
    case .newVariable: "variable"
    case .interrupted: "interrupted"
    case .add(let clause): Self.line("add", clause)
    case .solve(let assumptions, let limit):
      Self.line("solve", assumptions) + (limit.map { " limit \($0)" } ?? "")
    }
  }

  private static func line(_ word: String, _ literals: [Literal]) -> String {
    ([word] + literals.map(\.description)).joined(separator: " ")
  }

  fileprivate init(line: Substring) throws {
    let words = line.split(separator: " ")
    let limit = words.firstIndex(of: "limit")
    let literals = try words[..<(limit ?? words.count)].dropFirst().map { word in
      guard let number = Int(word), number != 0 else { throw Unreadable(line: line) }
      return Literal(Variable(abs(number) - 1), negated: number < 0)
    }
    switch words.first {
    case "variable": self = .newVariable
    case "interrupted": self = .interrupted
    case "add": self = .add(literals)
    case "solve":
      self = .solve(assuming: literals, conflictLimit: try limit.map { try Self.number(words[$0 + 1], line) })
    default: throw Unreadable(line: line)
    }
  }

  private static func number(_ word: Substring, _ line: Substring) throws -> Int {
    guard let number = Int(word) else { throw Unreadable(line: line) }
    return number
  }
}

import Answers
import Dedalus
import Evaluation
import Files
import Foundation
import GRDB
import Properties
import Scenarios
import Search
import Testing
import Texts

@testable import RunStore

/// A folder that is gone with the test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "faultline-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  func path(_ name: String = "runs.sqlite") -> String { url.appendingPathComponent(name).path }

  /// The names of all files in it, sorted.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
}

/// Questions about small programs and about those of this repository.
enum Example {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("programs", isDirectory: true)

  static func kafka() throws -> Answer {
    try answer("kafka/kafka.ded", ["a", "b", "c", "C", "Z"], eot: 7, eff: 4, crashes: 1)
  }

  static func threePhaseCommit() throws -> Answer {
    try answer("commit/3pc.ded", ["C", "a", "b", "d"], eot: 9, eff: 7, crashes: 1)
  }

  static func retry() throws -> Answer {
    try answer("delivery/retry-deliv.ded", ["a", "b", "c"], eot: 4, eff: 2, crashes: 1)
  }

  private static func answer(_ path: String, _ nodes: [Text], eot: Int, eff: Int, crashes: Int) throws
    -> Answer
  {
    try check(question(path, nodes, eot: eot, eff: eff, crashes: crashes), patience: Patience())
  }

  static func question(_ path: String, _ nodes: [Text], eot: Int, eff: Int, crashes: Int) throws -> Question {
    let program = try Program(reading: [folder.appendingPathComponent(path).path])
    let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(nodes))
    return try Question(program: program, bounds: bounds)
  }

  /// One message that may be lost, an absence and an aggregate.
  static func lossy(payload: String = "x") throws -> Answer {
    let program = try Program(
      text: """
        bcast("a", "\(payload)")@1;
        log("b", P)@async :- bcast("a", P);
        here("b", 7)@1;
        here(N, X)@next :- here(N, X);
        silent(N) :- here(N, X), notin log(N, _);
        total(N, sum<X>) :- here(N, X);
        pre(P) :- bcast(N, P)@1;
        post(P) :- log("b", P);
        """, path: "lossy.ded")
    let bounds = try Bounds(eot: 2, eff: 2, nodes: Nodes(["a", "b"]))
    return try check(Question(program: program, bounds: bounds), patience: Patience())
  }
}

extension RunStore {
  /// The rows of a query, each value as text, as somebody reads them who opens the file with SQLite alone.
  func table(_ sql: String) throws -> [[String]] {
    try DatabaseQueue(path: path).read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null: "NULL"
          case .int64(let number): String(number)
          case .double(let number): String(number)
          case .string(let text): text
          case .blob(let data): "\(data.count) bytes"
          }
        }
      }
    }
  }

  /// Everything in the file, table by table, but for times.
  func contents() throws -> [String: [[String]]] {
    let tables = try table("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'times'").map {
      $0[0]
    }
    return try Dictionary(
      uniqueKeysWithValues: tables.map { ($0, try table("SELECT * FROM \($0)")) })
  }
}

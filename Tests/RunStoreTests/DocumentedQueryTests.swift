// The queries of the store's page are tried as they stand there.

import Files
import Foundation
import Testing

@testable import RunStore

@Suite("The page of the store")
struct DocumentedQueryTests {
  private static let page: String? = try? String(
    contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/RunStore/README.md"), encoding: .utf8)

  /// Every statement in a block of SQL.
  private static var queries: [String] {
    (page ?? "").components(separatedBy: "```sql\n").dropFirst().flatMap { block in
      (block.components(separatedBy: "\n```").first ?? "").components(separatedBy: ";")
        .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }
  }

  @Test("every query has an answer about the example")
  func queries() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.kafka())
    #expect(Self.queries.count == 13)
    for query in Self.queries { #expect(try !store.table(query).isEmpty, "\(query)") }
  }

  @Test("every view is listed with its columns")
  func views() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    let views = try store.table("SELECT name FROM sqlite_schema WHERE type = 'view'").map { $0[0] }
    for view in views {
      let line = Self.page?.split(separator: "\n").first { $0.hasPrefix("| `\(view)` |") }
      let columns = try store.table("SELECT name FROM pragma_table_info('\(view)')").map { $0[0] }
      #expect(columns.allSatisfy { line?.contains("`\($0)`") == true }, "\(view): \(columns)")
    }
  }
}

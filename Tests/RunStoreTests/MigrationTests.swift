// A file of every version that was released is kept in `Released`. Each is brought up to today's schema, in place where
// it is opened for writing, in memory where it is only read.

import Dedalus
import Evaluation
import Files
import Foundation
import GRDB
import Search
import Testing

@testable import RunStore

@Suite("Stores of earlier versions")
struct MigrationTests {
  private static let released = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Released", isDirectory: true)

  /// A copy of the file that version `version` wrote: three analyses with an answer, and one that was cut off.
  private func copy(of version: Int) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Self.released.appendingPathComponent("schema-\(version).sqlite").path, toPath: folder.path())
    return folder
  }

  private func bytes(_ folder: TemporaryFolder) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder.path()))
  }

  @Test("there is one of each version", arguments: 1..<StoreSchema.version)
  func kept(version: Int) throws {
    let folder = try copy(of: version)
    #expect(try bytes(folder)[60..<64].reduce(0) { $0 << 8 | Int($1) } == version)
  }

  @Test("reading one leaves it as it is and shows every run", arguments: 1..<StoreSchema.version)
  func reading(version: Int) throws {
    let folder = try copy(of: version)
    let before = try bytes(folder)
    let store = try RunStore(reading: folder.path())
    try expectContents(of: store)
    try store.close()
    #expect(try bytes(folder) == before && folder.names == ["runs.sqlite"])
  }

  @Test("writing to one makes it a store like any other", arguments: 1..<StoreSchema.version)
  func writing(version: Int) throws {
    let folder = try copy(of: version)
    let store = try RunStore(creatingOrOpening: folder.path())
    try expectContents(of: store)
    let fresh = try RunStore(creatingOrOpening: folder.path("fresh"))
    try fresh.record(try Example.lossy())
    let schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"
    #expect(try store.table(schema) == fresh.table(schema))
    #expect(try store.table("PRAGMA integrity_check") == [["ok"]])
    let analysis = try store.record(try Example.lossy())
    #expect(analysis == AnalysisID(5))
    try store.close()
    try expectContents(of: try RunStore(creatingOrOpening: folder.path()))
  }

  @Test("the views say of an old file what they say of a new one", arguments: 1..<StoreSchema.version)
  func views(version: Int) throws {
    let folder = try copy(of: version)
    let old = try RunStore(creatingOrOpening: folder.path())
    let new = try RunStore(creatingOrOpening: folder.path("new"))
    try new.record(check(old.question(of: AnalysisID(1))))
    for view in ["held", "sent", "lineage", "absent", "differs"] {
      let columns = view == "held" || view == "differs" ? "round, row" : "round, row, firing"
      let query = "SELECT run, \(columns) FROM \(view) WHERE analysis = 1 ORDER BY 1, 2, 3"
      #expect(try old.table(query) == new.table(query) && !old.table(query).isEmpty, "\(view)")
    }
  }

  @Test(
    "a value that changed before is found on the way",
    arguments: [
      (1, "UPDATE tuples SET round = 3 WHERE analysis = 2 AND id = 2"),
      (3, "UPDATE run_tuples SET last = 99999999 WHERE analysis = 2"),
      (3, "UPDATE run_firings SET last = first - 1 WHERE analysis = 2"),
      (3, "UPDATE run_losses SET fate = 'eaten' WHERE analysis = 2"),
      (3, "INSERT INTO run_losses VALUES (2, 1, 0, 1, 'omitted')"),
      (3, "UPDATE runs SET tuple_order = '[0,0]' WHERE analysis = 2"),
      (3, "UPDATE runs SET firing_order = '[1]' WHERE analysis = 2"),
      (3, "UPDATE runs SET firing_order = 'x' WHERE analysis = 2"),
    ])
  func changed(version: Int, change: String) throws {
    let folder = try copy(of: version)
    try DatabaseQueue(path: folder.path()).write { try $0.execute(sql: change) }
    let before = try bytes(folder)
    for open in [{ try RunStore(creatingOrOpening: $0) }, { try RunStore(reading: $0) }] {
      #expect {
        _ = try open(folder.path())
      } throws: { error in
        (error as? StoreError)?.code == "damaged-store" && "\(error)".contains("analysis 2")
      }
    }
    #expect(try bytes(folder) == before)
  }

  @Test(
    "a value that changed before and makes sense is found when its run is read",
    arguments: [
      "UPDATE run_tuples SET last = last - 1 WHERE analysis = 2 AND run = 1",
      "UPDATE runs SET tuple_order = '[1,0]' WHERE analysis = 2 AND id = 1",
      "UPDATE run_losses SET fate = 'omitted' WHERE analysis = 2",
    ])
  func movedAlong(change: String) throws {
    let folder = try copy(of: 3)
    try DatabaseQueue(path: folder.path()).write { try $0.execute(sql: change) }
    let store = try RunStore(creatingOrOpening: folder.path())
    #expect {
      for run in try store.runs(of: AnalysisID(2)) { _ = try store.execution(of: run) }
    } throws: { error in
      (error as? StoreError)?.code == "damaged-store"
    }
  }

  /// The four analyses, each run as the program makes it.
  private func expectContents(of store: RunStore) throws {
    let analyses = try store.analyses().prefix(4)
    #expect(analyses.map(\.verdict) == [.counterexample, .counterexample, .holds, nil])
    #expect(analyses.map(\.runCount) == [2, 2, 1, 0])
    for analysis in analyses {
      let recorded = try store.analysis(analysis.id)
      for record in recorded.runs {
        let again = run(recorded.question.program, recorded.question.setting, under: record.faults)
        let read = try recorded.execution(of: record)
        #expect(Set(read.store.tuples.map(read.line)) == Set(again.store.tuples.map(again.line)))
        #expect(Set(read.messages.map(read.line)) == Set(again.messages.map(again.line)))
        #expect(read.firingIDs.count == again.firingIDs.count)
      }
    }
  }
}

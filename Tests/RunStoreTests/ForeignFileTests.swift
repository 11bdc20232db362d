import Files
import Foundation
import GRDB
import Testing

@testable import RunStore

/// A file at the path of a store that is not one, and what is said about it.
struct ForeignFile: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let code: String
  /// Puts it at the path. A true store is at "store" in the same folder.
  let make: @Sendable (TemporaryFolder) throws -> Void
}

@Suite("Files that are no stores")
struct ForeignFileTests {
  private static func database(_ folder: TemporaryFolder, _ statements: String...) throws {
    let queue = try DatabaseQueue(path: folder.path())
    try queue.write { database in
      for statement in statements { try database.execute(sql: statement) }
    }
    try queue.close()
  }

  private static func altered(_ folder: TemporaryFolder, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: folder.path("store")))
    change(&data)
    try data.write(to: URL(fileURLWithPath: folder.path()))
  }

  private static func hostile(_ folder: TemporaryFolder, _ statement: String) throws {
    try FileManager.default.copyItem(atPath: folder.path("store"), toPath: folder.path())
    try database(folder, statement)
  }

  static let files = [
    ForeignFile(testDescription: "a text file", code: "not-a-store") {
      try Data("hello".utf8).write(to: URL(fileURLWithPath: $0.path()))
    },
    ForeignFile(testDescription: "an empty file", code: "not-a-store") {
      try Data().write(to: URL(fileURLWithPath: $0.path()))
    },
    ForeignFile(testDescription: "a directory", code: "not-a-store") {
      try FileManager.default.createDirectory(atPath: $0.path(), withIntermediateDirectories: false)
    },
    ForeignFile(testDescription: "a link to a store", code: "not-a-store") {
      try FileManager.default.createSymbolicLink(atPath: $0.path(), withDestinationPath: $0.path("store"))
    },
    ForeignFile(testDescription: "a link to nothing", code: "not-a-store") {
      try FileManager.default.createSymbolicLink(atPath: $0.path(), withDestinationPath: $0.path("nothing"))
    },
    ForeignFile(testDescription: "a pipe", code: "not-a-store") { _ = mkfifo($0.path(), 0o600) },
    ForeignFile(testDescription: "a database without a mark", code: "not-a-store") {
      try database($0, "CREATE TABLE t (x)")
    },
    ForeignFile(testDescription: "another application's database", code: "not-a-store") {
      try database($0, "PRAGMA application_id = 17", "CREATE TABLE t (x)")
    },
    ForeignFile(testDescription: "a store without a schema number", code: "other-schema-number") {
      try altered($0) { $0[63] = 0 }
    },
    ForeignFile(testDescription: "half a store", code: "damaged-store") {
      try altered($0) { $0 = $0.prefix(10_000) }
    },
    ForeignFile(testDescription: "a store whose first page is garbage", code: "damaged-store") {
      try altered($0) { $0.replaceSubrange(100..<200, with: repeatElement(0xFF, count: 100)) }
    },
    ForeignFile(testDescription: "a store with one character of its schema changed", code: "foreign-schema") {
      try altered($0) { data in
        let place = data.range(of: Data("round INTEGER NOT NULL, symbols".utf8))
        if let place { data[place.lowerBound] = UInt8(ascii: "w") }
      }
    },
    ForeignFile(testDescription: "a trigger", code: "foreign-schema") {
      try hostile($0, "CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM analyses; END")
    },
    ForeignFile(testDescription: "a view", code: "foreign-schema") {
      try hostile($0, "CREATE VIEW helds AS SELECT load_extension('x')")
    },
    ForeignFile(testDescription: "a replaced view", code: "foreign-schema") {
      try hostile($0, "DROP VIEW held; CREATE VIEW held AS SELECT 1")
    },
    ForeignFile(testDescription: "a virtual table", code: "foreign-schema") {
      try hostile($0, "CREATE VIRTUAL TABLE f USING fts5(x)")
    },
    ForeignFile(testDescription: "a missing table", code: "foreign-schema") {
      try hostile($0, "DROP TABLE times")
    },
    ForeignFile(testDescription: "a missing index", code: "foreign-schema") {
      try hostile($0, "DROP INDEX firings_by_head")
    },
    ForeignFile(testDescription: "a write-ahead log beside it", code: "not-a-store") {
      try FileManager.default.copyItem(atPath: $0.path("store"), toPath: $0.path())
      try Data("log".utf8).write(to: URL(fileURLWithPath: $0.path("runs.sqlite-wal")))
    },
  ]

  @Test("a store that somebody has switched to a write-ahead log is refused with what to do, and that helps")
  func writeAheadLog() throws {
    let folder = try TemporaryFolder()
    try RunStore(creatingOrOpening: folder.path()).record(try Example.lossy())
    for mode in ["WAL", "DELETE"] {
      let queue = try DatabaseQueue(path: folder.path())
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(mode)") }
      try queue.close()
      guard mode == "WAL" else { continue }
      let names = folder.names
      for open in [{ try RunStore(creatingOrOpening: $0) }, { try RunStore(reading: $0) }] {
        #expect(throws: StoreError.inWriteAheadMode(path: folder.path())) { _ = try open(folder.path()) }
      }
      #expect(folder.names == names)
    }
    #expect(
      StoreError.inWriteAheadMode(path: "x").description
        == "'x' has been switched to a write-ahead log, with which stores are not used; "
        + "switch it back, when nobody else has it open: sqlite3 x 'PRAGMA journal_mode = DELETE'")
    #expect(try RunStore(reading: folder.path()).analyses().count == 1)
  }

  @Test("a path that is too long for SQLite is refused with its length; the longest that is not is a store's")
  func longPath() throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "d", count: 200) + "/" + String(repeating: "e", count: 100)
    try FileManager.default.createDirectory(atPath: folder.path(deep), withIntermediateDirectories: true)
    let room = StoreFile.longestPath - folder.path(deep).utf8.count - 1
    let longest = folder.path(deep + "/" + String(repeating: "s", count: room))
    try RunStore(creatingOrOpening: longest).record(try Example.lossy())
    #expect(try RunStore(reading: longest).analyses().count == 1)
    #expect {
      _ = try RunStore(creatingOrOpening: longest + "s")
    } throws: { error in
      "\(error)".hasSuffix(
        "its path from the root has 480 bytes, and SQLite opens no store of more than 479")
    }
    #expect(
      FileManager.default.fileExists(atPath: longest)
        && !FileManager.default.fileExists(atPath: longest + "s"))
  }

  @Test("is refused and left as it is", arguments: files)
  func refusal(file: ForeignFile) throws {
    let folder = try TemporaryFolder()
    try RunStore(creatingOrOpening: folder.path("store")).record(try Example.lossy())
    try file.make(folder)
    let (names, bytes) = (folder.names, regularBytes(folder))
    for open in [{ try RunStore(creatingOrOpening: $0) }, { try RunStore(reading: $0) }] {
      #expect {
        _ = try open(folder.path())
      } throws: { error in
        (error as? StoreError)?.code == file.code
      }
    }
    #expect(folder.names == names && regularBytes(folder) == bytes)
  }

  private func regularBytes(_ folder: TemporaryFolder) -> [Data?] {
    folder.names.map { name in
      let type =
        try? FileManager.default.attributesOfItem(atPath: folder.path(name))[.type] as? FileAttributeType
      return type == .typeRegular ? try? Data(contentsOf: URL(fileURLWithPath: folder.path(name))) : nil
    }
  }

  @Test("a folder that does not exist is named")
  func missingFolder() throws {
    let folder = try TemporaryFolder()
    #expect {
      _ = try RunStore(creatingOrOpening: folder.path("no/such/store"))
    } throws: { error in
      "\(error)".contains("no/such/store") && (error as? StoreError)?.code == "store-failed"
    }
    #expect(folder.names.isEmpty)
  }

  @Test("opening, reading and closing a store leaves one file with the same bytes")
  func quietReading() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    try store.close()
    #expect(folder.names == ["runs.sqlite"])
    let before = regularBytes(folder)
    let reader = try RunStore(reading: folder.path())
    for analysis in try reader.analyses() { _ = try reader.runs(of: analysis.id) }
    try reader.close()
    try RunStore(creatingOrOpening: folder.path()).close()
    #expect(folder.names == ["runs.sqlite"] && regularBytes(folder) == before)
  }

  @Test("while another process writes, the wait ends with an error that says so")
  func busy() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(creatingOrOpening: folder.path())
    try store.record(try Example.lossy())
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.path(), configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    #expect(throws: StoreError.self) { _ = try RunStore(creatingOrOpening: folder.path(), patience: 0.05) }
    try other.inDatabase { try $0.execute(sql: "COMMIT") }
    try store.record(try Example.lossy())
    try store.checkInvariants()
  }

  @Test(
    "a store of an older or a newer schema is refused with what to do, and left as it is",
    arguments: [StoreSchema.number - 1, StoreSchema.number + 1])
  func otherSchema(number: Int) throws {
    let folder = try TemporaryFolder()
    try RunStore(creatingOrOpening: folder.path()).record(try Example.lossy())
    try DatabaseQueue(path: folder.path()).write { try $0.execute(sql: "PRAGMA user_version = \(number)") }
    let before = regularBytes(folder)
    for open in [{ try RunStore(creatingOrOpening: $0) }, { try RunStore(reading: $0) }] {
      #expect(throws: StoreError.otherSchemaNumber(path: folder.path(), number: number)) {
        _ = try open(folder.path())
      }
    }
    #expect(folder.names == ["runs.sqlite"] && regularBytes(folder) == before)
  }

  @Test("the errors are phrases with their path")
  func wording() {
    #expect(
      StoreError.otherSchemaNumber(path: "x", number: 999).description
        == "'x' was made by a newer version: it has schema 999, and this one reads schema \(StoreSchema.number); "
        + "record the analysis again into a new file")
  }
}

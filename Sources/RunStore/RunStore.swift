import Documents
import Files
import GRDB
import Glibc

/// A file that keeps analyses: the question, the answer, and every run with what held, what fired and what
/// was sent.
///
///     let store = try RunStore(creatingOrOpening: "runs.sqlite")
///     var recording = try store.begin(question)
///     let answer = try check(question, patience: patience)  // whose runs go to `recording.record`
///     try recording.finish(answer)
///
/// When `flush` or `finish` has returned, everything so far is on disk: it survives the death of the process
/// and, as far as the disk keeps its promises, of the machine. An unfinished analysis has no verdict. One
/// process writes at a time, and others wait up to five seconds; any number may read.
public struct RunStore: Sendable {
  /// The path by which the store was opened.
  public let path: String
  private let connection: StoreConnection
  private let isReadOnly: Bool

  /// Opens the store at `path`. Where there is nothing, the store is created when something is first written.
  /// Anything else there is refused and left as it is.
  public init(creatingOrOpening path: String) throws(StoreError) {
    try self.init(creatingOrOpening: path, patience: 5)
  }

  /// Like `init(creatingOrOpening:)`, but waits for other processes only `patience` seconds.
  init(creatingOrOpening path: String, patience: Double) throws(StoreError) {
    self.path = path
    isReadOnly = false
    connection = try Self.attempt(path) { try StoreConnection(path, isReadOnly: false, patience) }
  }

  /// Opens the store at `path` for reading. The file is not changed, unless a process died while it wrote: an
  /// incomplete transaction is then undone, as far as the medium can be written.
  public init(reading path: String) throws(StoreError) {
    self.path = path
    isReadOnly = true
    connection = try Self.attempt(path) { try StoreConnection(path, isReadOnly: true) }
  }

  /// The files that a store at `path` may have: the store itself, and those that SQLite keeps next to it
  /// while it writes.
  public static func paths(of path: String) -> [String] {
    ["", "-journal", "-wal", "-shm"].map { path + $0 }
  }

  /// Closes the file. Whatever was reported as saved does not depend on it.
  public func close() throws(StoreError) {
    try Self.attempt(path) { try connection.close() }
  }

  // MARK: Access

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try Self.attempt(path) { try connection.perform { try $0.read(body) } }
  }

  /// Runs `body`, which only reads, while no other process writes. Throws where this process could not write.
  func inspect<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try attemptWriting {
      try connection.perform { queue in
        try queue.write { database in
          // SQLite begins a transaction on a file that it cannot write, and reports that only at the first
          // change.
          guard !database.isReadOnly, access(Folder.of(path), W_OK) == 0 else {
            throw StoreError.failed(path: path, reason: "it cannot be written", sql: nil)
          }
          return try body(database)
        }
      }
    }
  }

  /// Runs `body` in one transaction. It is run again if the store was new and another process has created it
  /// in the meantime.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try attemptWriting { try connection.write { try $0.write(body) } }
  }

  private func attemptWriting<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    guard !isReadOnly else { throw .failed(path: path, reason: "it was opened for reading", sql: nil) }
    return try Self.attempt(path, body)
  }

  /// Runs `body`, and turns the errors of SQLite into `StoreError`.
  private static func attempt<Value>(_ path: String, _ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        throw .damaged(path: path, reason: error.message ?? "SQLite cannot read it")
      case .SQLITE_ERROR where error.message == "malformed JSON":
        throw .damaged(path: path, reason: "a list is no JSON")
      case .SQLITE_CANTOPEN where StoreFile.fullLength(of: path) > StoreFile.longestPath:
        throw .failed(
          path: path,
          reason:
            "its path from the root has \(StoreFile.fullLength(of: path)) bytes, and SQLite opens no store of "
            + "more than \(StoreFile.longestPath)", sql: nil)
      case .SQLITE_BUSY:
        throw .failed(path: path, reason: "another process is writing", sql: nil)
      default:
        throw .failed(path: path, reason: error.message ?? error.resultCode.description, sql: error.sql)
      }
    } catch is RowDecodingError {
      throw .damaged(path: path, reason: "a value is of another type than its column")
    } catch {
      throw .failed(path: path, reason: "\(error)", sql: nil)
    }
  }
}

// A new store is first a file under a secret name: no other process reads it, no journal guards it, and it is
// flushed once, when it gets its own name together with the first data. From then on it is opened like any
// other, because SQLite looks for the journal of a file by the name under which the file was opened.

import Dedalus
import Files
import GRDB
import GRDBSQLite
import Glibc
import Synchronization
import Texts

/// The connection of a store to its file.
final class StoreConnection: Sendable {
  private enum State {
    /// The file does not have its name yet.
    case new(DatabaseQueue, NewStoreFile)
    /// The file has its name, and is not open.
    case published(FileIdentity)
    case open(DatabaseQueue)
    case closed
  }

  private let path: String
  private let isReadOnly: Bool
  private let patience: Double
  private let state: Mutex<State>

  /// Opens the store at `path`, and waits up to `patience` seconds for other processes. For writing, a new
  /// store is begun where there is none.
  ///
  /// - Throws: `StoreError` or an error of GRDB, as all methods here do.
  init(_ path: String, isReadOnly: Bool, _ patience: Double = 5) throws {
    if !isReadOnly { UnfinishedFile.removeAbandoned(besides: path) }
    self.path = path
    self.isReadOnly = isReadOnly
    self.patience = patience
    state = Mutex(try Self.reach(path, isReadOnly, patience))
  }

  func perform<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
    try exclusively { try body(queue(&$0)) }
  }

  /// Calls `body` to write to the file, and gives a new file its name. If another file has taken the name in
  /// the meantime, `body` is called again with that file. A new file is removed where anything fails, and the
  /// next call begins again.
  func write<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
    precondition(!isReadOnly, "what is opened for reading is not written to")
    return try exclusively { state in
      while true {
        let file = try queue(&state)
        guard case .new(_, let new) = state else { return try body(file) }
        state = .closed
        let value = try body(file)
        guard let identity = try new.publish(at: path) else { continue }
        state = .published(identity)
        return value
      }
    }
  }

  /// Closes the file; removes it if nothing was ever written to it.
  func close() throws {
    try exclusively { state in
      if case .open(let queue) = state { try queue.close() }
      state = .closed
    }
  }

  /// The open file. A file that this process has published may be moved or replaced before it is needed
  /// again; a replacement is not opened.
  private func queue(_ state: inout State) throws -> DatabaseQueue {
    switch state {
    case .open(let queue): return queue
    case .new(let queue, let file) where file.isThere: return queue
    case .published(let identity):
      guard FileIdentity(withoutFollowing: path) == identity else {
        throw StoreError.failed(
          path: path, reason: "it has been moved or replaced since it was made", sql: nil)
      }
    case .new, .closed: break
    }
    state = try Self.reach(path, isReadOnly, patience)
    return try queue(&state)
  }

  private func exclusively<Value>(_ body: (inout State) throws -> Value) throws -> Value {
    var result: Result<Value, any Error>?
    state.withLock { state in result = Result { try body(&state) } }
    guard let result else { preconditionFailure("the lock lets its body run") }
    return try result.get()
  }

  // MARK: Opening

  private static func reach(_ path: String, _ isReadOnly: Bool, _ patience: Double) throws -> State {
    if try StoreFile.isThere(path) { return .open(try open(path, patience)) }
    guard !isReadOnly else { throw StoreError.absent(path: path) }
    let new = try NewStoreFile(for: path)
    return .new(try make(at: new.path), new)
  }

  /// Opens the file, which has already been checked from outside.
  private static func open(_ path: String, _ patience: Double) throws -> DatabaseQueue {
    let file = try DatabaseQueue(path: StoreFile.plain(path), configuration: configuration(patience))
    try checkSchema(of: file, path)
    return file
  }

  /// The journal is a rollback journal, which exists only while a transaction writes. So a store at rest is
  /// one file that can be copied, and read from any medium. A write-ahead log would admit readers during a
  /// commit and save one of three flushes. But it leaves two more files behind when a process dies, and
  /// SQLite would replay the log of another file if that were put next to it.
  private static func configuration(_ patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: "PRAGMA trusted_schema = OFF; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// The file is secret, and is flushed before it gets its name, so SQLite need not protect it.
  private static func make(at temporary: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase {
      try $0.execute(
        sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY")
    }
    let queue = try DatabaseQueue(path: StoreFile.plain(temporary), configuration: configuration)
    try queue.write { database in
      try database.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
      for statement in StoreSchema.objects { try database.execute(sql: statement) }
      try database.execute(sql: "PRAGMA user_version = \(StoreSchema.number)")
    }
    return queue
  }

  /// Compares the schema text with that of a store before any of it is used: a view or a trigger could do
  /// anything.
  private static func checkSchema(of file: DatabaseQueue, _ path: String) throws {
    let found = try file.read {
      try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    }
    let expected = Set(StoreSchema.objects)
    assert(expected.count == StoreSchema.objects.count, "no two statements are equal, so counting them tells")
    if let foreign = found.first(where: { !expected.contains($0) }) {
      throw StoreError.foreignSchema(path: path, object: String(foreign.prefix(60)))
    }
    guard found.count == expected.count else {
      throw StoreError.foreignSchema(
        path: path,
        object: "\(counted(expected.count - found.count, "table or view is", "tables or views are")) missing")
    }
  }
}

extension Database {
  /// The path of the file that is written; for a new store it differs from the path of the store.
  var path: String {
    sqlite3_db_filename(sqliteConnection, "main").map { String(cString: $0) } ?? ""
  }

  /// Whether the file can only be read, as on a write-protected medium.
  var isReadOnly: Bool { sqlite3_db_readonly(sqliteConnection, "main") != 0 }
}

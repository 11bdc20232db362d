import GRDB

/// A file that keeps analyses: what was asked, every run with what held, what fired and what was sent, the answer.
///
///     let store = try RunStore(creatingOrOpening: "runs.sqlite")
///     var recording = try store.begin(question)
///     let answer = try check(question, patience: patience)  // whose runs go to `recording.record`
///     try recording.finish(answer)
///
/// What `begin`, `flush` and `finish` have returned from is on disk: it survives the death of the process and, as far
/// as the disk keeps its promises, of the machine. An analysis that was not finished has no verdict. One process
/// writes at a time, others wait up to five seconds; any number may read.
public struct RunStore: Sendable {
  /// The path by which it was opened.
  public let path: String
  let queue: DatabaseQueue
  private let isReadOnly: Bool

  /// Opens the store at `path`, making one where there is nothing. Anything else that lies there is refused and left
  /// as it is.
  public init(creatingOrOpening path: String) throws(StoreError) {
    try self.init(creatingOrOpening: path, patience: 5)
  }

  /// Like `init(creatingOrOpening:)`, but waits for other processes only `patience` seconds.
  init(creatingOrOpening path: String, patience: Double) throws(StoreError) {
    StoreFile.removeAbandoned(path)
    if case .nothing = try StoreFile.inspect(path) {
      try StoreFile.create(path) { (temporary) throws(StoreError) in
        try Self.attempt(path) { try Self.makeStore(at: temporary) }
      }
    }
    try self.init(path, isReadOnly: false, patience)
  }

  /// Opens the store at `path` for reading. The file is not changed, unless a process died while it wrote: what it
  /// left half done is then undone, as far as the medium can be written. One of an older schema is brought up in
  /// memory.
  public init(reading path: String) throws(StoreError) {
    try self.init(path, isReadOnly: true, 5)
  }

  private init(_ path: String, isReadOnly: Bool, _ patience: Double) throws(StoreError) {
    guard case .store = try StoreFile.inspect(path) else { throw .missing(path: path, reason: "file") }
    let file = try Self.attempt(path) {
      try DatabaseQueue(path: path, configuration: Self.configuration(patience))
    }
    let isOld = try Self.checkSchema(of: file, path) < StoreSchema.version
    self.path = path
    self.isReadOnly = isReadOnly
    queue = isOld && isReadOnly ? try Self.copy(of: file, path) : file
    if isOld { try Self.migrate(queue, path) }
  }

  private static func copy(of file: DatabaseQueue, _ path: String) throws(StoreError) -> DatabaseQueue {
    try attempt(path) {
      let copy = try DatabaseQueue(configuration: configuration(0))
      try file.backup(to: copy)
      try file.close()
      return copy
    }
  }

  /// Closes the file. Nothing that was reported as saved depends on it.
  public func close() throws(StoreError) {
    try Self.attempt(path) { try queue.close() }
  }

  /// The journal is a rollback journal, kept only while a transaction writes, so a store at rest is one file that can
  /// be copied and read from any medium. A write-ahead log would let readers in during a commit and save one of three
  /// flushes, but it leaves two more files behind when a process dies, and SQLite would replay the log of another
  /// file that was put beside it.
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

  /// Nobody knows the file yet, and `StoreFile` flushes it before anybody does: SQLite need not take care.
  private static func makeStore(at path: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inTransaction { database in
      try database.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
      for statement in StoreSchema.objects[StoreSchema.version - 1] { try database.execute(sql: statement) }
      try database.execute(sql: "PRAGMA user_version = \(StoreSchema.version)")
      return .commit
    }
    try queue.close()
  }

  private static func migrate(_ queue: DatabaseQueue, _ path: String) throws(StoreError) {
    try attempt(path) {
      try queue.write { database in
        // Another process may have done it in the meantime.
        let version = try Self.version(of: database)
        for step in StoreSchema.migrations[(version - 1)...] { try step(database, path) }
        try database.execute(sql: "PRAGMA user_version = \(StoreSchema.version)")
      }
    }
  }

  private static func version(of database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
  }

  /// Compares the schema text with what a store has, before any of it is used: a view or trigger could hold anything.
  /// Returns the version of the schema.
  private static func checkSchema(of file: DatabaseQueue, _ path: String) throws(StoreError) -> Int {
    let (version, found) = try attempt(path) {
      try file.read { database in
        (
          try Self.version(of: database),
          try String.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        )
      }
    }
    guard 1...StoreSchema.version ~= version else {
      throw .damaged(path: path, reason: "its schema has no version")
    }
    let expected = Set(StoreSchema.objects[version - 1])
    if let foreign = found.first(where: { !expected.contains($0) }) {
      throw .foreignSchema(path: path, object: String(foreign.prefix(60)))
    }
    guard found.count == expected.count else {
      throw .foreignSchema(path: path, object: "\(expected.count - found.count) tables or views are missing")
    }
    return version
  }

  // MARK: Access

  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try Self.attempt(path) { try queue.read(body) }
  }

  /// Runs `body` in one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard !isReadOnly else { throw .failed(path: path, reason: "it was opened for reading", sql: nil) }
    return try Self.attempt(path) { try queue.write(body) }
  }

  /// Runs `body`, with the errors of SQLite turned into ours.
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

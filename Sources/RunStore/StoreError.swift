/// Why a store cannot be opened, written or read.
public enum StoreError: Error, Hashable, Sendable {
  /// The path does not lead to a file that may be opened as a store; the text says what it is.
  case notAStore(path: String, reason: String)
  /// The file was a store, and has been switched to a write-ahead log.
  case inWriteAheadMode(path: String)
  /// The file is a store whose schema has another number, older or newer.
  case otherSchemaNumber(path: String, number: Int)
  /// The file is marked as a store, but has other tables, views or triggers than a store.
  case foreignSchema(path: String, object: String)
  /// The contents contradict each other.
  case damaged(path: String, reason: String)
  /// There is no file.
  case absent(path: String)
  /// There is no analysis or run with this number.
  case missing(path: String, reason: String)
  /// SQLite or the system refused; `sql` is the statement, where there was one.
  case failed(path: String, reason: String, sql: String?)

  /// A stable code, for scripts.
  public var code: String {
    switch self {
    case .notAStore: "not-a-store"
    case .inWriteAheadMode: "store-in-wal-mode"
    case .otherSchemaNumber: "other-schema-number"
    case .foreignSchema: "foreign-schema"
    case .damaged: "damaged-store"
    case .absent: "no-such-file"
    case .missing: "not-in-store"
    case .failed: "store-failed"
    }
  }

  /// What is wrong, as a phrase without a full stop.
  public var message: String {
    switch self {
    case .notAStore(let path, let reason): "'\(path)' is not a store of runs: it is \(reason)"
    case .inWriteAheadMode(let path):
      "'\(path)' has been switched to a write-ahead log, with which stores are not used"
    case .otherSchemaNumber(let path, let number):
      number > StoreSchema.number
        ? "'\(path)' was made by a newer version: it has schema \(number), and this one reads schema "
          + "\(StoreSchema.number)"
        : "'\(path)' has schema \(number), and this Faultline reads schema \(StoreSchema.number)"
    case .foreignSchema(let path, let object):
      "'\(path)' is not used, because its schema is not the one of a store: \(object)"
    case .damaged(let path, let reason): "'\(path)' is damaged: \(reason)"
    case .absent(let path): "'\(path)': there is no such file"
    case .missing(let path, let reason): "'\(path)' has no \(reason)"
    case .failed(let path, let reason, let sql):
      "cannot use '\(path)': \(reason)" + (sql.map { ", while running \($0)" } ?? "")
    }
  }

  /// The likely fix, as a phrase; nil where there is none.
  public var fix: String? {
    switch self {
    case .notAStore, .foreignSchema: "name a file that does not exist yet, or a store made by this program"
    case .inWriteAheadMode(let path):
      "switch it back, when nobody else has it open: sqlite3 \(path) 'PRAGMA journal_mode = DELETE'"
    case .otherSchemaNumber: "record the analysis again into a new file"
    case .damaged: "make a new store; what can be read of this one 'sqlite3 FILE .recover' shows"
    case .absent, .missing, .failed: nil
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// The message and the fix.
  public var description: String { message + (fix.map { "; \($0)" } ?? "") }
}

// What may be opened as a store is decided before SQLite sees the file. SQLite itself would follow links,
// turn an empty file into a database, and replay a write-ahead log that belongs to another file.

import Files
import Glibc

/// The file at the path of a store, checked from outside.
enum StoreFile {
  /// Whether there is a store at `path`; false where there is nothing. Follows no link and changes nothing.
  ///
  /// - Throws: `StoreError` where there is anything else.
  static func isThere(_ path: String) throws(StoreError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: return false
      case ELOOP: throw .notAStore(path: path, reason: "a symbolic link")
      default: throw failure(path)
      }
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notAStore(
        path: path, reason: status.st_mode & S_IFMT == S_IFDIR ? "a directory" : "no regular file")
    }
    guard status.st_size > 0 else { throw .notAStore(path: path, reason: "empty") }
    try check(header(of: descriptor), path)
    return true
  }

  private static func header(of descriptor: Int32) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(count, 0)))
  }

  /// Refuses an SQLite header that is not that of a store with this schema.
  private static func check(_ header: [UInt8], _ path: String) throws(StoreError) {
    guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .notAStore(path: path, reason: "no SQLite database")
    }
    guard number(in: header, at: 68) == StoreSchema.applicationID else {
      throw .notAStore(path: path, reason: "a database of another application")
    }
    let schema = Int(number(in: header, at: 60))
    guard schema == StoreSchema.number else { throw .otherSchemaNumber(path: path, number: schema) }
    guard header[18] == 1, header[19] == 1 else { throw .inWriteAheadMode(path: path) }
    guard access(path + "-wal", F_OK) != 0 else {
      throw .notAStore(path: path, reason: "accompanied by a write-ahead log, which no store has")
    }
  }

  private static func number(in bytes: [UInt8], at offset: Int) -> Int32 {
    bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int32($1) }
  }

  /// `path` in the form that SQLite needs: it would interpret a path that begins with `file:` or is
  /// `:memory:`.
  static func plain(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : "./" + path
  }

  /// The length of the longest path of a new store, from the root, in bytes. SQLite opens no path of more
  /// than 512 bytes, including what is added to it while the store is made and written.
  static let longestPath = 512 - ".0123456789abcdef.partial".utf8.count - "-journal".utf8.count

  /// The length of `path` from the root, in bytes.
  static func fullLength(of path: String) -> Int {
    let name =
      path.utf8.count
      - (path.utf8.lastIndex(of: UInt8(ascii: "/")).map {
        path.utf8.distance(from: path.utf8.startIndex, to: $0) + 1
      } ?? 0)
    guard let folder = realpath(Folder.of(path), nil) else { return path.utf8.count }
    defer { free(folder) }
    return strlen(folder) + 1 + name
  }

  /// The error for what the system has just refused, or refused with the error `number`.
  static func failure(_ path: String, _ number: Int32 = errno) -> StoreError {
    .failed(path: path, reason: String(cString: strerror(number)), sql: nil)
  }
}

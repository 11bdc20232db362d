// What may be opened as a store is decided before SQLite sees it: SQLite would follow links, turn an empty file into
// a database, and replay a write-ahead log that belongs to another file. A new store is made under another name, with
// what is first written to it, and then linked to its own, so there is never a file at the path that is not a complete
// store, and a file that somebody else put there in the meantime stays.

import Glibc
import Synchronization

/// The file at the path of a store, looked at from outside.
enum StoreFile {
  /// What is there.
  enum State {
    case nothing
    /// A store of the given schema version.
    case store(version: Int)
  }

  /// Looks at what lies at `path` without following a link and without changing anything.
  static func inspect(_ path: String) throws(StoreError) -> State {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT: return .nothing
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
    return .store(version: try version(in: header(of: descriptor), path))
  }

  private static func header(of descriptor: Int32) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(count, 0)))
  }

  /// The schema version that an SQLite header gives, if it is one of a store.
  private static func version(in header: [UInt8], _ path: String) throws(StoreError) -> Int {
    guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .notAStore(path: path, reason: "no SQLite database")
    }
    guard number(in: header, at: 68) == StoreSchema.applicationID else {
      throw .notAStore(path: path, reason: "a database of another application")
    }
    let version = Int(number(in: header, at: 60))
    guard version >= 1 else { throw .damaged(path: path, reason: "its header has no schema version") }
    guard version <= StoreSchema.version else { throw .newer(path: path, version: version) }
    guard header[18] == 1, header[19] == 1, access(path + "-wal", F_OK) != 0 else {
      throw .notAStore(path: path, reason: "accompanied by a write-ahead log, which no store has")
    }
    return version
  }

  private static func number(in bytes: [UInt8], at offset: Int) -> Int32 {
    bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int32($1) }
  }

  /// A name for a store that is going to be at `path`.
  static func temporary(for path: String) -> String {
    "\(path).\(getpid()).\(made.wrappingAdd(1, ordering: .relaxed).newValue).new"
  }

  /// How many such names this process has used.
  private static let made = Atomic(0)

  /// Makes the file at `temporary` last, and gives it the name `path`, where there is nothing yet; false where there is.
  static func publish(_ temporary: String, at path: String) throws(StoreError) -> Bool {
    guard synchronize(temporary, O_RDONLY) else { throw failure(path) }
    let isOurs = name(temporary, path)
    guard isOurs || errno == EEXIST else { throw failure(path) }
    _ = synchronize(folder(of: path), O_DIRECTORY)
    return isOurs
  }

  /// Gives the file at `temporary` the name `path`, also on a file system where a file has one name only; false with
  /// `errno` where that is taken, or cannot be given.
  private static func name(_ temporary: String, _ path: String) -> Bool {
    if link(temporary, path) == 0 { return true }
    guard [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) else { return false }
    // An empty file takes the name first: to rename is to replace, and may replace nothing else.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    if rename(temporary, path) == 0 { return true }
    let error = errno
    unlink(path)
    errno = error
    return false
  }

  /// What the system has just refused.
  private static func failure(_ path: String) -> StoreError {
    .failed(path: path, reason: String(cString: strerror(errno)), sql: nil)
  }

  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
  }

  /// Removes what processes have left that died while they made the store at `path`.
  static func removeAbandoned(_ path: String) {
    let folder = folder(of: path)
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    let name =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
    while let entry = readdir(entries) {
      let found = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard found.hasPrefix(name + "."), found.hasSuffix(".new"),
        let number = found.dropFirst(name.utf8.count + 1).split(separator: ".").first,
        let process = pid_t(number), process > 0,
        kill(process, 0) == -1, errno == ESRCH
      else { continue }
      unlink(folder == "." ? found : folder + found)
    }
  }

  /// Makes the contents of a file, or the names in a folder, last; false with `errno` where that fails.
  private static func synchronize(_ path: String, _ flags: Int32) -> Bool {
    let descriptor = open(path, flags | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}

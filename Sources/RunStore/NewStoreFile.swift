// A new store is made under another name, with what is first written to it, and then linked to its own, so there is
// never a file at the path that is not a complete store, and a file that somebody else put there in the meantime stays.
// While it is made its first byte is locked (see FileLock), which tells the file of a living process from what a dead
// one left: numbers of processes would not, where several systems share a folder.

import FaultInjection
import Glibc

/// A file that is going to be a store, under a name that nobody knows. It is gone with this object.
final class NewStoreFile: Sendable {
  /// Its present path.
  let path: String
  private let descriptor: Int32

  /// An empty file beside `store`.
  init(for store: String) throws(StoreError) {
    while true {
      let path = "\(store).\(UInt64.random(in: 0 ... .max).hexadecimal).new"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      guard descriptor >= 0 || errno == EEXIST else { throw StoreFile.failure(store) }
      guard descriptor >= 0 else { continue }
      let lock = FileLock.take(0, of: descriptor)
      if lock != .taken, StoreFile.identity(of: path) == StoreFile.identity(of: descriptor) {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      // Another process that cleans up has taken it for abandoned.
      close(descriptor)
    }
  }

  /// Whether nobody has removed it.
  var isThere: Bool { StoreFile.identity(of: path) == StoreFile.identity(of: descriptor) }

  deinit {
    unlink(path)
    close(descriptor)
  }

  /// Makes the file last, and gives it the path `store`, where there is nothing yet. Returns what it is then known by;
  /// nil where something is there.
  func publish(at store: String) throws(StoreError) -> FileIdentity? {
    guard fsync(descriptor) == 0 else { throw StoreFile.failure(store) }
    guard isThere else {
      throw .failed(path: store, reason: "the new file was removed while it was made", sql: nil)
    }
    let isOurs = link(path, store) == 0
    guard isOurs || errno == EEXIST else { throw StoreFile.failure(store) }
    unlink(path)
    guard Folder.synchronize(of: store) else { throw StoreFile.failure(store) }
    return isOurs ? StoreFile.identity(of: descriptor) : nil
  }

  /// Removes what processes have left that died while they made the store at `store`.
  static func removeAbandoned(_ store: String) {
    let folder = Folder.of(store)
    let start = store.utf8.lastIndex(of: UInt8(ascii: "/")).map { store.utf8.index(after: $0) }
    let name = Array(store.utf8[(start ?? store.utf8.startIndex)...]) + [UInt8(ascii: ".")]
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let found = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
      guard found.starts(with: name), isMark(found.dropFirst(name.count)) else { continue }
      removeUnlocked(folder == "." ? found : Array(folder.utf8) + found)
    }
  }

  /// Whether `rest`, what stands behind the name of a store, marks a file as a new one.
  private static func isMark(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count == 20 && rest.suffix(4).elementsEqual(".new".utf8)
      && rest.prefix(16).allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private static func removeUnlocked(_ path: [UInt8]) {
    path.withUnsafeBytes { bytes in
      let path = Array(bytes.bindMemory(to: CChar.self)) + [0]
      let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      if FileLock.take(0, of: descriptor) == .ours { unlink(path) }
      close(descriptor)
    }
  }
}

// A new store is made under another name, together with the first data, and then linked to its own name. So a
// file at the path is always a complete store, and a file that another process has put there in the meantime
// stays.

import Dedalus
import Files
import Glibc

/// A file that will become a store, under a secret name. It is removed together with this object.
struct NewStoreFile: Sendable {
  private let file: UnfinishedFile

  /// An empty file in the folder of `store`.
  init(for store: String) throws(StoreError) {
    do throws(UnfinishedFile.Failure) {
      file = try UnfinishedFile(for: store)
    } catch {
      throw StoreFile.failure(store, error.number)
    }
  }

  /// The current path of the file.
  var path: String { file.path }

  /// Whether the file still exists.
  var isThere: Bool { file.isThere }

  /// Flushes the file to disk and gives it the path `store`, if that is free. Returns the identity of the
  /// file; nil where the path is taken.
  func publish(at store: String) throws(StoreError) -> FileIdentity? {
    guard fsync(file.descriptor) == 0 else { throw StoreFile.failure(store) }
    guard isThere else {
      throw .failed(path: store, reason: "the new file was removed while it was made", sql: nil)
    }
    let isOurs = link(path, store) == 0
    guard isOurs || errno == EEXIST else { throw StoreFile.failure(store) }
    unlink(path)
    guard Folder.synchronize(of: store) else { throw StoreFile.failure(store) }
    return isOurs ? FileIdentity(of: file.descriptor) : nil
  }
}

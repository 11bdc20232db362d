// A new store is made under another name, with what is first written to it, and then linked to its own, so there is
// never a file at the path that is not a complete store, and a file that somebody else put there in the meantime stays.

import Dedalus
import Files
import Glibc

/// A file that is going to be a store, under a name that nobody knows. It is gone with this object.
struct NewStoreFile: Sendable {
  private let file: UnfinishedFile

  /// An empty file beside `store`.
  init(for store: String) throws(StoreError) {
    do throws(UnfinishedFile.Failure) {
      file = try UnfinishedFile(for: store)
    } catch {
      throw StoreFile.failure(store, error.number)
    }
  }

  /// Its present path.
  var path: String { file.path }

  /// Whether nobody has removed it.
  var isThere: Bool { file.isThere }

  /// Makes the file last, and gives it the path `store`, where there is nothing yet. Returns what it is then known by;
  /// nil where something is there.
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

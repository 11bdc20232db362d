// A process that records an analysis holds a lock for as long as it lives. So another process with the same
// question takes over what a dead process left, and never what a living one is about to write. The lock is
// one byte of the store file, at the number of the analysis.
//
// Closing a file drops the locks that SQLite holds on it in this process, so claims must outlive the
// transaction in which they were made.

import Files
import Glibc

/// The analyses of one store that this process records.
final class AnalysisClaims: Sendable {
  private let descriptor: Int32

  /// Starts without claims on the store file at `path`.
  init(_ path: String) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreFile.failure(path) }
  }

  deinit { close(descriptor) }

  /// Claims `analysis` until this object is released. False where another process has claimed it, and where
  /// the file system has no locks.
  func claim(_ analysis: Int) -> Bool {
    guard let byte = UInt32(exactly: analysis) else { return false }
    return FileLock.take(byte, of: descriptor) == .ours
  }
}

// A process that records an analysis holds a lock for as long as it lives, so that another one that is asked the same
// takes up what a dead process left, and never what a living one is about to write. The lock is one byte of the store
// file, far behind its end and behind the bytes that SQLite locks; it belongs to the open file, not to the process, so
// SQLite's own opening and closing does not drop it, and the system lets go of it however the process ends.

import Glibc

/// One analysis of a store that this process records, until this object is gone.
final class AnalysisClaim: Sendable {
  private let descriptor: Int32

  /// Where the bytes to be locked begin. SQLite locks 512 bytes from 2³⁰ on.
  private static let start: off_t = 1 << 40

  /// `F_OFD_SETLK` of Linux, which the C library declares behind a feature test.
  private static let setLock: Int32 = 37

  /// Claims `analysis` of the store file at `path`; nil where another process has, and where the file system has no
  /// locks.
  init?(_ analysis: Int, in path: String) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .failed(path: path, reason: String(cString: strerror(errno)), sql: nil)
    }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = Self.start + off_t(analysis)
    lock.l_len = 1
    guard fcntl(descriptor, Self.setLock, &lock) == 0 else { return nil }
  }

  deinit { close(descriptor) }
}

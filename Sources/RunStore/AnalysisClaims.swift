// A process that records an analysis holds a lock for as long as it lives, so that another one that is asked the same
// takes up what a dead process left, and never what a living one is about to write. The lock is one byte of the store
// file, far behind its end and behind the bytes that SQLite locks; it belongs to the open file, not to the process, so
// SQLite's own opening and closing does not drop it, and the system lets go of it however the process ends.

import Glibc

/// The analyses of one store that this process records.
final class AnalysisClaims: Sendable {
  private let descriptor: Int32

  /// Where the bytes to be locked begin. SQLite locks 512 bytes from 2³⁰ on.
  private static let start: off_t = 1 << 40

  /// `F_OFD_SETLK` of Linux, which the C library declares behind a feature test.
  private static let setLock: Int32 = 37

  /// No claims yet on the store at `path`.
  init(_ path: String) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .failed(path: path, reason: String(cString: strerror(errno)), sql: nil)
    }
  }

  deinit { close(descriptor) }

  /// Claims `analysis` until this object is gone; false where another process has, and where the file system has no
  /// locks.
  func claim(_ analysis: Int) -> Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = Self.start + off_t(analysis)
    lock.l_len = 1
    return fcntl(descriptor, Self.setLock, &lock) == 0
  }
}

// Locks on single bytes far beyond the end of a file and beyond the bytes that SQLite locks. They belong to
// the open file and not to the process, so SQLite's own opening and closing does not drop them, and the
// system releases them however the process ends.

import Glibc

/// Locks that the system releases when the open file that holds them is closed.
public enum FileLock {
  /// The result of trying to take a lock.
  public enum Standing {
    case ours
    /// Another open file holds the lock.
    case taken
    /// The file system does not support locks.
    case unknown
  }

  /// The offset of the first byte to be locked. SQLite locks 512 bytes from 2³⁰ on.
  private static let start: off_t = 1 << 40

  /// `F_OFD_SETLK` of Linux, which the C library declares behind a feature test.
  private static let setLock: Int32 = 37

  /// Locks `byte` of the open file `descriptor` until that is closed.
  public static func take(_ byte: UInt32, of descriptor: Int32) -> Standing {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = start + off_t(byte)
    lock.l_len = 1
    if fcntl(descriptor, setLock, &lock) == 0 { return .ours }
    return errno == EAGAIN || errno == EACCES ? .taken : .unknown
  }
}

import Glibc

/// The folder that contains a file.
public enum Folder {
  /// The path of the folder that contains `path`.
  public static func of(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[...slash])
  }

  /// Creates the folder `path` and the missing folders above it; false, with `errno`, where that fails.
  public static func make(_ path: String) -> Bool {
    for end in path.utf8.indices.dropFirst() where path.utf8[end] == UInt8(ascii: "/") {
      guard makeOne(String(path[..<end])) else { return false }
    }
    return makeOne(path)
  }

  private static func makeOne(_ path: String) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    // Another process may have created it, and an existing folder may be in a folder that cannot be written.
    let number = errno
    var status = stat()
    guard stat(path, &status) == 0 else {
      errno = number
      return false
    }
    errno = ENOTDIR
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// Flushes the names in the folder of `path` to disk, where the file system can; false, with `errno`, where
  /// that fails.
  public static func synchronize(of path: String) -> Bool {
    let descriptor = open(of(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }  // a folder may be writable and not readable
    defer { close(descriptor) }
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS
  }
}

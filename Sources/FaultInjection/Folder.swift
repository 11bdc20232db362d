import Glibc

/// The folder in which a file stands.
public enum Folder {
  /// The path of the folder in which `path` stands.
  public static func of(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[...slash])
  }

  /// Forces the names in the folder of `path` to the disk, where the file system knows how; false, with `errno`, where
  /// that fails.
  public static func synchronize(of path: String) -> Bool {
    let descriptor = open(of(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }  // a folder may be writable and not readable
    defer { close(descriptor) }
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS
  }
}

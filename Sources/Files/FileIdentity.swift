public import Glibc

/// Identifies a file, so that two paths can be compared whatever its names.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  /// The file to which `path` leads, through links; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The file at `path` itself, which may be a link; nil where there is nothing.
  public init?(withoutFollowing path: String) {
    var status = stat()
    guard !path.utf8.contains(0), lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The open file `descriptor`; nil where it is not open.
  public init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// The file that has the given `status`.
  public init(_ status: stat) { (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino)) }
}

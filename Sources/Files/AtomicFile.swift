// A reader of an output file sees all of it or nothing. The bytes go into a new file in the same folder and
// are flushed to disk; then the file takes the target's name, which is flushed too. Two processes that write
// the same target both succeed, and the bytes of the later one stay. A link is never followed, since the user
// did not name the file to which it points. A killed process leaves at most an unfinished file, which
// disturbs nothing and which the next call for the same target removes.

import Glibc

/// Why a file was not written.
public struct OutputFailure: Error, Hashable, Sendable {
  /// One phrase that names the file.
  public let message: String
  /// The likely fix, as a phrase; nil where there is none.
  public let fix: String?

  /// The failure to write the file that `message` names.
  public init(message: String, fix: String?) {
    self.message = message
    self.fix = fix
  }
}

/// Writes whole files.
public enum AtomicFile {
  /// Writes `bytes` to `path`. Without `replacing`, an existing file stays, and is an error unless it
  /// contains the same bytes.
  public static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(OutputFailure) {
    if try exists(path), !replacing {
      guard holds(path, bytes) else { throw alreadyThere(path) }
      return
    }
    let file = try unfinished(for: path)
    guard writeAll(bytes, to: file.descriptor), fsync(file.descriptor) == 0 else {
      throw failed("'\(path)' cannot be written", errno)
    }
    try publish(file, as: path, replacing: replacing)
  }

  /// A new file in the folder of `path`.
  static func unfinished(for path: String) throws(OutputFailure) -> UnfinishedFile {
    do throws(UnfinishedFile.Failure) {
      return try UnfinishedFile(for: path)
    } catch {
      throw failed("'\(path)' cannot be written", error.number)
    }
  }

  /// Refuses anything that is in the way of a file at `path`, before there is something to write.
  public static func check(_ path: String, replacing: Bool) throws(OutputFailure) {
    if try exists(path), !replacing { throw alreadyThere(path) }
  }

  /// Whether there is a regular file at `path`; throws where there is something else.
  static func exists(_ path: String) throws(OutputFailure) -> Bool {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw OutputFailure(message: "'\(path.showingEverything)' is no name for a file", fix: nil)
    }
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw failed("'\(path)' cannot be written", errno) }
      return false
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return true
    case S_IFLNK:
      throw OutputFailure(
        message: "'\(path.showingEverything)' is a symbolic link, and links are not followed",
        fix: "name the file itself")
    case S_IFDIR: throw OutputFailure(message: "'\(path.showingEverything)' is a directory", fix: nil)
    default: throw OutputFailure(message: "'\(path.showingEverything)' is not a regular file", fix: nil)
    }
  }

  private static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var found = [UInt8](repeating: 0, count: bytes.count + 1)
    var filled = 0
    while filled < found.count {
      let count = found.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      guard count > 0 else { break }
      filled += count
    }
    return filled == bytes.count && found.starts(with: bytes)
  }

  /// Gives `file` the name `path`, in a way that survives a power cut.
  static func publish(_ file: UnfinishedFile, as path: String, replacing: Bool) throws(OutputFailure) {
    if replacing {
      guard rename(file.path, path) == 0 else { throw failed("'\(path)' cannot be written", errno) }
    } else {
      // Unlike a rename, a link fails if the name has been taken since the check.
      guard link(file.path, path) == 0 else {
        throw errno == EEXIST ? alreadyThere(path) : failed("'\(path)' cannot be written", errno)
      }
      unlink(file.path)
    }
    guard Folder.synchronize(of: path) else { throw failed("'\(path)' cannot be written", errno) }
  }

  static func alreadyThere(_ path: String) -> OutputFailure {
    OutputFailure(message: "'\(path.showingEverything)' is already there", fix: "--force replaces it")
  }

  static func failed(_ what: String, _ number: Int32) -> OutputFailure {
    OutputFailure(message: "\(what.showingEverything): \(String(cString: strerror(number)))", fix: nil)
  }
}

/// Writes all of `bytes`; false where that failed, with `errno` set.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
    }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return false }
    written += count
  }
  return true
}

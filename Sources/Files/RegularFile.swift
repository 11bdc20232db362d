// A path may name anything: a pipe without a writer, an endless device, a terabyte. So a file is opened
// without blocking and checked through its descriptor (the file at its path may be exchanged in between). It
// is read only if it is a regular file of an acceptable size.

import Glibc

/// Why a file was not read.
public struct UnreadableFile: Error, Equatable {
  package enum Reason: Equatable {
    case cannotOpen(errno: Int32)
    case notRegular
    case tooLarge(limit: Int)
    case tooLargeTogether(limit: Int)
    case cannotRead(errno: Int32)
  }
  package let reason: Reason

  package init(reason: Reason) { self.reason = reason }

  /// There is no such file.
  package static let missing = UnreadableFile(reason: .cannotOpen(errno: ENOENT))

  /// Whether the reason is that no such file exists.
  package var isMissing: Bool {
    reason == .cannotOpen(errno: ENOENT) || reason == .cannotOpen(errno: ENOTDIR)
  }

  /// The reason as a phrase that follows the name of the file.
  public var phrase: String {
    switch reason {
    case .cannotOpen(let number) where number == ENOENT || number == ENOTDIR: "there is no such file"
    case .cannotOpen(let number), .cannotRead(let number):
      "it cannot be read: \(String(cString: strerror(number)))"
    case .notRegular: "it is not a regular file"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MB"
    case .tooLargeTogether(let limit): "it and the files before it are larger than \(limit >> 20) MB"
    }
  }
}

/// An open regular file, closed together with this value.
public struct RegularFile: ~Copyable {
  private let descriptor: Int32
  private let size: Int
  package let identity: FileIdentity

  /// The bytes of the file at `path`, which must be a regular file of at most `limit` bytes.
  public static func bytes(of path: String, atMost limit: Int) throws(UnreadableFile) -> [UInt8] {
    try RegularFile(opening: path).read(limit: limit)
  }

  /// Opens the file at `path`, without reading it.
  package init(opening path: String) throws(UnreadableFile) {
    guard !path.utf8.contains(0) else { throw UnreadableFile(reason: .cannotOpen(errno: ENOENT)) }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw UnreadableFile(reason: .cannotOpen(errno: errno)) }
    do throws(UnreadableFile) {
      let status = try Self.status(of: descriptor)
      size = Int(status.st_size)
      identity = FileIdentity(status)
      self.descriptor = descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func status(of descriptor: Int32) throws(UnreadableFile) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw UnreadableFile(reason: .cannotRead(errno: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw UnreadableFile(reason: .notRegular) }
    return status
  }

  deinit { close(descriptor) }

  /// The bytes of the file. Throws if there are more than `limit`, even if the file grows while it is read.
  package func read(limit: Int) throws(UnreadableFile) -> [UInt8] {
    guard size <= limit else { throw UnreadableFile(reason: .tooLarge(limit: limit)) }
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(filled, 4096))) }
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw UnreadableFile(reason: .cannotRead(errno: errno)) }
      filled += count
      guard filled <= limit else { throw UnreadableFile(reason: .tooLarge(limit: limit)) }
      guard count > 0 else { break }
    }
    bytes.removeSubrange(filled...)
    return bytes
  }
}

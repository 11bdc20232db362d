import Glibc

/// A file that grows while something is computed, and gets its name when it is complete.
///
/// A class, because the writer of the parts is not the one that finishes the file.
public final class StreamedFile {
  private let path: String
  private let replacing: Bool
  private let file: UnfinishedFile
  private var buffer: [UInt8] = []
  /// The number of the first error that the system reported; 0 while there is none.
  private var errorNumber: Int32 = 0

  private static let bufferSize = 1 << 20

  /// Begins the file for `path`. Nothing may exist there, unless `replacing`.
  public init(_ path: String, replacing: Bool) throws(OutputFailure) {
    if try AtomicFile.exists(path), !replacing { throw AtomicFile.alreadyThere(path) }
    self.path = path
    self.replacing = replacing
    file = try AtomicFile.unfinished(for: path)
  }

  /// Whether some part could not be written; `finish` reports why.
  public var hasFailed: Bool { errorNumber != 0 }

  /// Appends `bytes`.
  public func append(_ bytes: [UInt8]) {
    buffer += bytes
    if buffer.count >= Self.bufferSize { flush() }
  }

  private func flush() {
    if errorNumber == 0, !writeAll(buffer, to: file.descriptor) { errorNumber = errno }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Gives the file its name; a file that is not finished is removed.
  public func finish() throws(OutputFailure) {
    flush()
    if errorNumber == 0, fsync(file.descriptor) != 0 { errorNumber = errno }
    guard errorNumber == 0 else { throw AtomicFile.failed("'\(path)' cannot be written", errorNumber) }
    try AtomicFile.publish(file, as: path, replacing: replacing)
  }
}

// Every output file is made under a temporary name, `TARGET.<sixteen digits>.partial`, and takes the target's
// name when it is complete. While it is made, its first byte is locked (see FileLock). The lock tells the
// file of a living process from one that a dead process left; process numbers would not, where several
// systems or containers share a folder.

import Glibc

/// A file under construction, in the folder of its target. Its temporary name is removed together with this
/// object.
public final class UnfinishedFile: Sendable {
  /// The current path of the file.
  public let path: String
  /// The descriptor of the file, open for reading and writing.
  public let descriptor: Int32

  /// Why the file could not be created.
  public struct Failure: Error, Sendable {
    /// The error number of the system.
    public let number: Int32
  }

  /// An empty file in the folder of `target`.
  public init(for target: String) throws(Failure) {
    while true {
      let path = "\(Self.stem(of: target)).\(Self.digits(.random(in: 0 ... .max)))\(Self.ending)"
      let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard descriptor >= 0 || errno == EEXIST else { throw Failure(number: errno) }
      guard descriptor >= 0 else { continue }
      let lock = FileLock.take(0, of: descriptor)
      if lock != .taken, FileIdentity(withoutFollowing: path) == FileIdentity(of: descriptor) {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      // Another process that cleans up has taken the file for abandoned.
      close(descriptor)
    }
  }

  /// Whether the file still exists under its temporary name.
  public var isThere: Bool { FileIdentity(withoutFollowing: path) == FileIdentity(of: descriptor) }

  deinit {
    unlink(path)
    close(descriptor)
  }

  // MARK: Names

  private static let ending = ".partial"
  /// The length of what is added to the name of the target: a full stop, the digits, the ending.
  private static let mark = 1 + 16 + ending.utf8.count
  /// The length of the longest name that common file systems allow, in bytes.
  private static let longestName = 255

  /// `target`, with its name shortened where there would be no room for the mark.
  private static func stem(of target: String) -> String {
    let folder = target.utf8.lastIndex(of: UInt8(ascii: "/")).map { target.utf8.index(after: $0) }
    let name = target[(folder ?? target.startIndex)...]
    var stem = String.UnicodeScalarView()
    var length = 0
    for scalar in name.unicodeScalars {
      length += UTF8.width(scalar)
      guard length <= longestName - mark else { break }
      stem.append(scalar)
    }
    return String(target[..<(folder ?? target.startIndex)]) + String(stem)
  }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: Files of dead processes

  /// Removes the files that dead processes have left while they made the file at `target`.
  public static func removeAbandoned(besides target: String) {
    let stem = stem(of: target)
    let start = stem.utf8.lastIndex(of: UInt8(ascii: "/")).map { stem.utf8.index(after: $0) }
    let name = Array(stem.utf8[(start ?? stem.utf8.startIndex)...])
    remove(from: Folder.of(target)) { $0 == name[...] }
  }

  /// Removes the files that dead processes have left while they made files in `folder`.
  public static func removeAbandoned(in folder: String) {
    remove(from: folder.hasSuffix("/") ? folder : folder + "/") { _ in true }
  }

  private static func remove(from folder: String, where isWanted: (ArraySlice<UInt8>) -> Bool) {
    guard let entries = opendir(folder) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let found = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
      guard isMarked(found), isWanted(found.dropLast(mark)) else { continue }
      removeUnlocked(folder == "." ? found : Array(folder.utf8) + found)
    }
  }

  /// Whether `name` has the form that `init` gives to names.
  private static func isMarked(_ name: [UInt8]) -> Bool {
    name.count > mark && name.suffix(ending.utf8.count).elementsEqual(ending.utf8)
      && name[name.count - mark] == UInt8(ascii: ".")
      && name.suffix(mark - 1).prefix(16).allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private static func removeUnlocked(_ path: [UInt8]) {
    path.withUnsafeBytes { bytes in
      let path = Array(bytes.bindMemory(to: CChar.self)) + [0]
      let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      if FileLock.take(0, of: descriptor) == .ours { unlink(path) }
      close(descriptor)
    }
  }
}

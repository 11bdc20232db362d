// A path may name anything. Whatever it names, reading ends, takes no more than it may, and says what is
// wrong.

import Foundation
import Support
import Testing

@testable import Files

@Suite("Reading files")
struct RegularFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder(["empty": "", "five": "12345"]) }

  private func reason(_ path: String, atMost limit: Int = 100) -> UnreadableFile.Reason? {
    do throws(UnreadableFile) {
      _ = try RegularFile.bytes(of: path, atMost: limit)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("all bytes of a file are read, up to the limit and no further")
  func reading() throws {
    #expect(try RegularFile.bytes(of: folder["empty"], atMost: 0) == [])
    #expect(try RegularFile.bytes(of: folder["five"], atMost: 5) == Array("12345".utf8))
    #expect(reason(folder["five"], atMost: 4) == .tooLarge(limit: 4))
    let large = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try folder.write(large, to: "large")
    #expect(try RegularFile.bytes(of: folder["large"], atMost: large.count) == large)
  }

  @Test("a file that grows after it was opened is read to its new end, and refused where that is too far")
  func growing() throws {
    let file = try RegularFile(opening: folder["five"])
    try FileHandle(forWritingTo: URL(fileURLWithPath: folder["five"])).write(contentsOf: Data("1234567".utf8))
    #expect(try file.read(limit: 7) == Array("1234567".utf8))
    let again = try RegularFile(opening: folder["five"])
    let more = [UInt8](repeating: 7, count: 10_000)
    try FileHandle(forWritingTo: URL(fileURLWithPath: folder["five"])).write(contentsOf: Data(more))
    #expect(throws: UnreadableFile(reason: .tooLarge(limit: 9999))) { try again.read(limit: 9999) }
  }

  @Test("what is no regular file is refused at once, also a pipe that nobody writes to")
  func irregular() throws {
    try #require(mkfifo(folder["pipe"], 0o600) == 0)
    for path in [folder["pipe"], folder.path, "/dev/zero"] { #expect(reason(path) == .notRegular, "\(path)") }
  }

  @Test("what is not there is missing, however its path fails")
  func missing() throws {
    try #require(symlink("nowhere", folder["dangling"]) == 0)
    for path in [folder["none"], folder["five/inner"], folder["none/inner"], folder["dangling"], "", "a\0b"] {
      let error = #expect(throws: UnreadableFile.self) { try RegularFile(opening: path).read(limit: 1) }
      #expect(error?.isMissing == true && error?.phrase == "there is no such file", "\(path)")
    }
    let endless = String(repeating: "x", count: 300)
    #expect(reason(folder[endless]) == .cannotOpen(errno: ENAMETOOLONG))
  }

  @Test(
    "each reason is a phrase that follows the name of the file",
    arguments: [
      (UnreadableFile.Reason.notRegular, "it is not a regular file"),
      (.tooLarge(limit: 64 << 20), "it is larger than 64 MB"),
      (.tooLargeTogether(limit: 64 << 20), "it and the files before it are larger than 64 MB"),
      (.cannotOpen(errno: EACCES), "it cannot be read: Permission denied"),
      (.cannotRead(errno: EIO), "it cannot be read: Input/output error"),
    ])
  func phrases(reason: UnreadableFile.Reason, phrase: String) {
    let file = UnreadableFile(reason: reason)
    #expect(file.phrase == phrase && !file.isMissing)
  }

  @Test("a file is the same by whatever path, and a link to it is another one until it is followed")
  func identity() throws {
    try #require(symlink("five", folder["link"]) == 0 && link(folder["five"], folder["hard"]) == 0)
    let five = try #require(FileIdentity(of: folder["five"]))
    for name in ["link", "hard", "./five", "../\((folder.path as NSString).lastPathComponent)/five"] {
      #expect(FileIdentity(of: folder[name]) == five, "\(name)")
    }
    #expect(try RegularFile(opening: folder["link"]).identity == five)
    #expect(FileIdentity(withoutFollowing: folder["hard"]) == five)
    #expect(FileIdentity(withoutFollowing: folder["link"]) != five)
    #expect(FileIdentity(of: folder["empty"]) != five)
    #expect(FileIdentity(of: folder["none"]) == nil && FileIdentity(withoutFollowing: "a\0b") == nil)
    #expect(FileIdentity(of: -1) == nil)
  }
}

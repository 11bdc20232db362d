// What is written part by part is there as a whole or not at all.

import Foundation
import Support
import Testing

@testable import Files

@Suite("Files written part by part")
struct StreamedFileTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder(["kept": "old"]) }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try RegularFile.bytes(of: folder[name], atMost: 1 << 24), as: UTF8.self)
  }

  @Test("nothing has the name until all is written")
  func whole() throws {
    let file = try StreamedFile(folder["new"], replacing: false)
    file.append(Array("one, ".utf8))
    file.append(Array("two".utf8))
    #expect(names.count == 2 && !names.contains("new"))
    try file.finish()
    #expect(try names == ["kept", "new"] && text("new") == "one, two" && !file.hasFailed)
  }

  @Test("parts of every size arrive in order, also such as fill the buffer")
  func large() throws {
    let sizes = [1, 700_000, 400_000, 0, 1 << 20, 3, 2_500_000]
    let parts = sizes.enumerated().map { [UInt8](repeating: UInt8($0.offset), count: $0.element) }
    let file = try StreamedFile(folder["new"], replacing: false)
    for part in parts { file.append(part) }
    try file.finish()
    #expect(try RegularFile.bytes(of: folder["new"], atMost: 1 << 24) == Array(parts.joined()))
  }

  @Test("a file that is not finished leaves nothing")
  func abandoned() throws {
    do {
      let file = try StreamedFile(folder["new"], replacing: false)
      file.append([1, 2, 3])
      #expect(names.count == 2)
    }
    #expect(names == ["kept"])
  }

  @Test("what is there stays, whether it was there before or came meanwhile, unless it is to be replaced")
  func replacing() throws {
    #expect(throws: OutputFailure.self) { try StreamedFile(folder["kept"], replacing: false) }
    let late = try StreamedFile(folder["new"], replacing: false)
    try folder.write("first", to: "new")
    let error = #expect(throws: OutputFailure.self) { try late.finish() }
    #expect(error?.fix == "--force replaces it")
    #expect(try text("new") == "first")
    let replacing = try StreamedFile(folder["kept"], replacing: true)
    replacing.append(Array("new".utf8))
    #expect(try text("kept") == "old")
    try replacing.finish()
    #expect(try text("kept") == "new")
  }

  @Test("a lock holds against other open files, for its byte alone, until the file is closed")
  func locks() throws {
    let (one, other) = (open(folder["kept"], O_RDWR), open(folder["kept"], O_RDWR))
    defer { close(other) }
    #expect(FileLock.take(7, of: one) == .ours && FileLock.take(7, of: one) == .ours)
    #expect(FileLock.take(7, of: other) == .taken && FileLock.take(8, of: other) == .ours)
    #expect(FileLock.take(8, of: one) == .taken)
    close(one)
    #expect(FileLock.take(7, of: other) == .ours)
    #expect(FileLock.take(0, of: -1) == .unknown)
  }
}

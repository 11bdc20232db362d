import Foundation
import Testing

@testable import Files

@Suite("Files written whole or not at all")
struct AtomicFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "atomic-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ text: String, _ name: String, replacing: Bool = false) throws {
    try AtomicFile.write(Array(text.utf8), to: path(name), replacing: replacing)
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  @Test("what is there stays, unless told otherwise")
  func replacing() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("one", "file")
    try write("one", "file")
    let error = #expect(throws: OutputFailure.self) { try write("two", "file") }
    #expect(error?.fix == "--force replaces it")
    #expect(try String(contentsOfFile: path("file"), encoding: .utf8) == "one")
    try write("two", "file", replacing: true)
    #expect(try String(contentsOfFile: path("file"), encoding: .utf8) == "two")
    #expect(names == ["file"])
  }

  @Test(
    "links, folders, devices and missing folders are refused, and nothing is left behind",
    arguments: [false, true])
  func refused(replacing: Bool) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("kept", "target")
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("target"))
    #expect(throws: OutputFailure.self) { try write("new", "link", replacing: replacing) }
    #expect(throws: OutputFailure.self) { try write("new", ".", replacing: replacing) }
    #expect(throws: OutputFailure.self) { try write("new", "missing/file", replacing: replacing) }
    for path in ["/dev/null", "", folder.path + "/a\0b"] {
      #expect(throws: OutputFailure.self) { try AtomicFile.write([], to: path, replacing: replacing) }
    }
    #expect(try String(contentsOfFile: path("target"), encoding: .utf8) == "kept")
    #expect(names == ["link", "target"])
  }

  @Test(
    "what a killed process left is removed when asked, and nothing that is being written, or not ours, is")
  func leftovers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let left = "file.0123456789abcdef.partial"
    let others = ["file.17.partial", "file.partial", "other.0123456789abcdef.partial"]
    for name in [left] + others {
      #expect(FileManager.default.createFile(atPath: path(name), contents: Data("half".utf8)))
    }
    let stream = try StreamedFile(path("file"), replacing: false)
    stream.append(Array("streamed".utf8))
    UnfinishedFile.removeAbandoned(besides: path("file"))
    #expect(!names.contains(left) && Set(names).isSuperset(of: others) && names.count == 4)
    UnfinishedFile.removeAbandoned(in: folder.path)
    #expect(!names.contains("other.0123456789abcdef.partial") && names.count == 3)
    try stream.finish()
    #expect(names == ["file", "file.17.partial", "file.partial"])
    #expect(try String(contentsOfFile: path("file"), encoding: .utf8) == "streamed")
  }

  @Test("a name as long as file systems have them can be written", arguments: ["x", "\u{E9}"])
  func longName(character: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let name = String(repeating: character, count: 255 / character.utf8.count)
    try write("whole", name)
    #expect(names == [name])
    #expect(throws: OutputFailure.self) { try write("whole", name + character) }
    #expect(names == [name])
  }

  @Test("a look before writing refuses what lies in the way")
  func looking() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("kept", "file")
    #expect(throws: OutputFailure.self) { try AtomicFile.check(path("file"), replacing: false) }
    #expect(throws: OutputFailure.self) { try AtomicFile.check(path("file/inner"), replacing: true) }
    #expect(throws: OutputFailure.self) { try AtomicFile.check(folder.path, replacing: true) }
    try AtomicFile.check(path("file"), replacing: true)
    try AtomicFile.check(path("new"), replacing: false)
    #expect(names == ["file"])
  }
}

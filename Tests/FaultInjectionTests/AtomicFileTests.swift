import Foundation
import Testing

@testable import FaultInjection

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

  @Test("what a killed process of the same number left behind is in nobody's way")
  func leftovers() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let leftover = "file.\(ProcessInfo.processInfo.processIdentifier).partial"
    #expect(FileManager.default.createFile(atPath: path(leftover), contents: Data("half".utf8)))
    try write("whole", "file")
    try write("new", "file", replacing: true)
    let stream = try StreamedFile(path("other"), replacing: false)
    stream.append(Array("streamed".utf8))
    try stream.finish()
    #expect(names == ["file", leftover, "other"])
    #expect(try String(contentsOfFile: path("file"), encoding: .utf8) == "new")
    #expect(try String(contentsOfFile: path(leftover), encoding: .utf8) == "half")
  }

  @Test("a look before writing refuses what writing would")
  func looking() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("kept", "file")
    #expect(throws: OutputFailure.self) { try AtomicFile.check(path("file"), replacing: false) }
    #expect(throws: OutputFailure.self) { try AtomicFile.check(path("none/file"), replacing: true) }
    #expect(throws: OutputFailure.self) { try AtomicFile.check(folder.path, replacing: true) }
    try AtomicFile.check(path("file"), replacing: true)
    try AtomicFile.check(path("new"), replacing: false)
    #expect(names == ["file"])
  }
}

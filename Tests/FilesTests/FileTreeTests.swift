import Files
import Foundation
import Testing

@Suite("The files below folders")
struct FileTreeTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/tree-\(UUID().uuidString)"
    for inner in ["b", "b/a", "c", ".hidden"] { try create(inner) }
    for name in [
      "z.ded", "a.ded", "a.txt", "b/y.ded", "b/a/x.ded", "Z.ded", ".ded", ".hidden/q.ded", "é.ded",
    ] {
      #expect(FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil))
    }
  }

  private func create(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
  }

  private func files(_ names: String...) throws -> [String] {
    try FileTree.files(names.map { folder + $0 }, ending: ".ded").map { String($0.dropFirst(folder.count)) }
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  @Test("they come in the order of names by bytes, and hidden ones do not")
  func order() throws {
    defer { remove() }
    #expect(try files("") == ["/Z.ded", "/a.ded", "/b/a/x.ded", "/b/y.ded", "/z.ded", "/é.ded"])
    #expect(try files("/b/") == ["/b/a/x.ded", "/b/y.ded"])
  }

  @Test("a file that is named is taken, whatever it is called, and each path once")
  func named() throws {
    defer { remove() }
    #expect(try files("/a.txt", "/none", "/b/y.ded", "/b") == ["/a.txt", "/none", "/b/y.ded", "/b/a/x.ded"])
  }

  @Test("a link to a folder is followed, but not back into a folder it lies in")
  func links() throws {
    defer { remove() }
    try link("b/a/back", to: "../..")
    try link("c/to-b", to: "../b")
    #expect(try files("/c") == throughLinks)
  }

  /// Through `c/to-b/a/back` one comes to the whole folder once more, but from there neither to `b` nor to
  /// `c`.
  private let throughLinks = [
    "/c/to-b/a/back/Z.ded", "/c/to-b/a/back/a.ded", "/c/to-b/a/back/z.ded", "/c/to-b/a/back/é.ded",
    "/c/to-b/a/x.ded", "/c/to-b/y.ded",
  ]
}

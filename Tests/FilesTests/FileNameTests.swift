// Names, folders, and what is said of files.

import Foundation
import Support
import Testing

@testable import Files

@Suite("Names of files")
struct FileNameTests {
  @Test(
    "a name that is no UTF-8 has no text, and is shown byte by byte",
    arguments: [
      ([0x61, 0x2E, 0x64, 0x65, 0x64], "a.ded", "a.ded"), ([0xC3, 0xA9], "\u{E9}", "\u{E9}"), ([], "", ""),
      ([0x61, 0xE9], nil, "a\\xE9"), ([0xC3, 0x28], nil, "\\xC3("),
      ([0xFF, 0x0A, 0x7F], nil, "\\xFF\\x0A\\x7F"),
      ([0xED, 0xA0, 0x80], nil, "\\xED\\xA0\\x80"),
    ] as [([UInt8], String?, String)])
  func names(bytes: [UInt8], text: String?, shown: String) {
    let name = FileName(bytes)
    #expect(name.text == text && name.shown == shown)
  }

  @Test(
    "the folder of a path ends with its last slash",
    arguments: [
      ("file", "."), ("a/file", "a/"), ("/file", "/"), ("a/b/", "a/b/"), ("", "."), ("a//b", "a//"),
      ("a/e\u{301}", "a/"),
    ])
  func folders(path: String, folder: String) {
    #expect(Folder.of(path) == folder)
  }

  @Test("missing folders are made, those that are there stay, and a file in the way is told")
  func making() throws {
    let folder = try TestFolder(["file": "text"])
    for path in ["one", "one/two/three", "one/two/", "one", "a//b"] {
      #expect(Folder.make(folder[path]) && FileTree.exists(folder[path]), "\(path)")
    }
    for path in ["file", "file/inner", "one/../file"] {
      #expect(!Folder.make(folder[path]) && errno == ENOTDIR, "\(path)")
    }
    #expect(!Folder.make("/proc/none/folder") && errno == ENOENT)
    #expect(!FileTree.exists(folder["none"]) && FileTree.exists(folder["file"]))
  }

  @Test(
    "an error has its place, its code, the line and the fix, each where there is one",
    arguments: [
      (
        InvalidFile(path: "a.json", code: "bad", message: "it is wrong"), "a.json: error: it is wrong [bad]"
      ),
      (
        InvalidFile(path: "a", position: .init(line: 3, column: 7), code: "bad", message: "no", fix: "yes"),
        "a:3:7: error: no [bad]\n  fix: yes"
      ),
      (
        InvalidFile(path: "a\nb", code: "bad", message: "no\u{7}", fix: "\u{202E}", excerpt: "  x\n  ^"),
        "a\\u{A}b: error: no\\u{7} [bad]\n  x\n  ^\n  fix: \\u{202E}"
      ),
    ])
  func errors(file: InvalidFile, text: String) {
    #expect(file.description == text)
  }

  @Test("all bytes are written, and a closed file is told")
  func writing() throws {
    let folder = try TestFolder()
    let descriptor = open(folder["file"], O_WRONLY | O_CREAT, 0o600)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    #expect(writeAll(bytes, to: descriptor) && writeAll([], to: descriptor))
    close(descriptor)
    #expect(try RegularFile.bytes(of: folder["file"], atMost: 1 << 20) == bytes)
    #expect(!writeAll([1], to: -1) && errno == EBADF)
  }
}

// Other programs that work for this process.

import Foundation
import Support
import Testing

@testable import Files

@Suite("Other programs")
struct ChildProcessTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for inner in ["a", "b", "b/folder"] {
      try FileManager.default.createDirectory(atPath: folder[inner], withIntermediateDirectories: true)
    }
    for (name, mode) in [("a/plain", 0o644), ("b/plain", 0o755), ("a/both", 0o755), ("b/both", 0o755)] {
      try folder.write("#!/bin/sh\n", to: name)
      chmod(folder[name], mode_t(mode))
    }
  }

  @Test(
    "a program is the first executable file of its name on the path",
    arguments: [("plain", "b/plain"), ("both", "a/both"), ("folder", nil), ("none", nil)])
  func search(name: String, found: String?) {
    let path = "\(folder["none"]):\(folder["a"])::\(folder["b"])"
    #expect(ChildProcess.program(name, in: path) == found.map { folder[$0] })
    #expect(ChildProcess.program(name, in: "") == nil)
  }

  /// Waits for the end of `child`; its exit code, or minus the signal that ended it.
  private func end(of child: pid_t) -> Int32 {
    var status: Int32 = 0
    #expect(waitpid(child, &status, 0) == child)
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  private func run(_ script: String, errors: ChildProcess.Stream = .file("/dev/null", O_WRONLY)) throws
    -> Int32
  {
    let output = ChildProcess.Stream.file(folder["output"], O_WRONLY | O_CREAT | O_TRUNC)
    let child = try ChildProcess.start(
      "/bin/sh", ["-c", script], [.file("/dev/null", O_RDONLY), output, errors])
    return end(of: child)
  }

  private var output: String {
    get throws {
      String(decoding: try RegularFile.bytes(of: folder["output"], atMost: 10_000), as: UTF8.self)
    }
  }

  @Test("it gets its arguments and streams as they are, and says how it ended")
  func streams() throws {
    #expect(try run("cat; echo \"$0 is 'one'\"; exit 7") == 7)
    #expect(try output == "/bin/sh is 'one'\n")
    let file = open(folder["errors"], O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    #expect(try run("echo told >&2", errors: .open(file)) == 0)
    #expect(try RegularFile.bytes(of: folder["errors"], atMost: 100) == Array("told\n".utf8))
  }

  @Test("it is in a group of its own, so that Ctrl-C reaches this process alone")
  func group() throws {
    #expect(try run("read -r pid comm state parent group rest < /proc/$$/stat; echo $(($group == $$))") == 0)
    #expect(try output == "1\n")
  }

  @Test("it does not inherit the signals that this process ignores")
  func signals() throws {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    #expect(try run("kill -PIPE $$; echo alive") == -SIGPIPE)
    #expect(try output == "")
  }

  @Test("what cannot be started is told with the system's reason")
  func failure() {
    for (path, reason) in [("a/none", "No such file or directory"), ("a/plain", "Permission denied")] {
      let failure = #expect(throws: ChildProcess.Failure.self) {
        try ChildProcess.start(folder[path], [], [])
      }
      #expect(failure?.description == reason)
    }
  }
}

import Foundation
import Testing

@testable import Dedalus

@Suite("Bad files")
struct BadFileTests {
  /// The diagnostics of the files, as errors or warnings.
  private func diagnose(_ paths: [String]) -> [String] {
    do throws(InvalidProgram) {
      let program = try Program(reading: paths)
      return program.warnings.map { summary(of: $0, in: program.sources.elements) }
    } catch {
      return error.diagnostics.map { summary(of: $0, in: error.sources.elements) }
    }
  }

  private func message(_ path: String) -> String? {
    do throws(InvalidProgram) {
      return try Program(reading: [path]).warnings.first?.message
    } catch {
      return error.diagnostics.first?.message
    }
  }

  private func makePipe(_ path: String) { #expect(mkfifo(path, 0o600) == 0) }

  private func makeSparse(_ path: String, size: Int) throws {
    try "".write(to: path)
    #expect(truncate(path, size) == 0)
  }

  @Test("what is not a regular file of bearable size")
  func irregularFile() throws {
    try withTemporaryFolder { folder in
      makePipe("\(folder)/pipe")
      try makeSparse("\(folder)/huge", size: 1 << 30)
      #expect(message("\(folder)/pipe") == "'\(folder)/pipe': it is not a regular file")
      #expect(message("\(folder)/huge") == "'\(folder)/huge': it is larger than 64 MB")
      #expect(message("/dev/zero") == "'/dev/zero': it is not a regular file")
      #expect(message(folder) == "'\(folder)': it is not a regular file")
      #expect(message("\(folder)/none") == "'\(folder)/none': there is no such file")
      #expect(message("\(folder)/huge/x") == "'\(folder)/huge/x': there is no such file")
      #expect(message("/dev/null\0.ded") == "'/dev/null\0.ded': there is no such file")
      #expect(message("/proc/self/mem") != nil)
    }
  }

  @Test("a text has the same limit")
  func largeText() {
    let bytes = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 20)
    #expect(DedalusTests.diagnose(bytes: bytes) == ["1:1 no-rules"])
    #expect(DedalusTests.diagnose(bytes: bytes + bytes.prefix(1)) == ["unreadable-file"])
  }

  @Test("all files of a program have one limit together")
  func largeTogether() throws {
    try withTemporaryFolder { folder in
      try "p(\"a\")@1; q(X) :- p(X);".write(to: "\(folder)/a.ded")
      try makeSparse("\(folder)/large", size: 64 << 20)
      let error = #expect(throws: InvalidProgram.self) {
        try Program(reading: ["\(folder)/a.ded", "\(folder)/large"])
      }
      let message = "'\(folder)/large': it and the files before it are larger than 64 MB"
      #expect(error?.diagnostics.map(\.message) == [message])
    }
  }

  @Test("every file that cannot be read is told")
  func severalUnreadable() {
    #expect(diagnose(["/none/a.ded", "/none/b.ded"]) == ["unreadable-file", "unreadable-file"])
    #expect(diagnose([]) == ["no-rules"])
  }

  @Test("descriptors are closed, whatever comes of the file")
  func descriptors() throws {
    func openCount() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
    try withTemporaryFolder { folder in
      try "p(\"a\")@1;".write(to: "\(folder)/a.ded")
      let before = try openCount()
      for _ in 0..<500 { _ = diagnose(["\(folder)/a.ded", folder, "\(folder)/none"]) }
      #expect(try openCount() < before + 100)
    }
  }

  @Test("includes that go round in a circle")
  func includeCircle() throws {
    try withTemporaryFolder { folder in
      try "include \"b.ded\"; include \"a.ded\"; p(\"a\")@1;".write(to: "\(folder)/a.ded")
      try "include \"a.ded\"; include \"./b.ded\"; q(X) :- p(X);".write(to: "\(folder)/b.ded")
      let program = try Program(reading: ["\(folder)/a.ded", "\(folder)/b.ded"])
      #expect(program.sources.map(\.path) == ["\(folder)/a.ded", "\(folder)/b.ded"])
      #expect(program.rules.count == 1 && program.facts.count == 1)
    }
  }

  @Test("includes of what cannot be read, or is no program")
  func badInclude() throws {
    try withTemporaryFolder { folder in
      makePipe("\(folder)/pipe")
      try makeSparse("\(folder)/huge", size: 65 << 20)
      try "secret line 1;\nsecret line 2;\nsecret line 3".write(to: "\(folder)/secret")
      try Data([0x7F, 0x45, 0, 0xFF]).write(to: URL(filePath: "\(folder)/binary"))
      let names = ["pipe", "huge", "missing", "/dev/zero", "/dev/null", ".", "secret", "binary"]
      let includes = names.map { "include \"\($0)\";" }
      try (includes + ["p(\"a\")@1; q(X) :- p(X);"]).joined(separator: "\n").write(to: "\(folder)/a.ded")
      let kinds = names.map { $0 == "secret" || $0 == "binary" ? "not-a-program" : "unreadable-file" }
      #expect(diagnose(["\(folder)/a.ded"]) == kinds.enumerated().map { "\($0 + 1):1 \($1)" })
      #expect(rendered("\(folder)/a.ded").matches(of: /secret line/).count == 1)
    }
  }

  private func rendered(_ path: String) -> String {
    do throws(InvalidProgram) {
      return DiagnosticRenderer(sources: try Program(reading: [path]).sources).render([])
    } catch {
      return DiagnosticRenderer(sources: error.sources).render(error.diagnostics)
    }
  }

  @Test("an included program with mistakes shows them all")
  func mistakesInIncluded() throws {
    try withTemporaryFolder { folder in
      try "include \"b.ded\";".write(to: "\(folder)/a.ded")
      try "p(\"a\")@1;\nq(X) : p(X);\nr(X) :- p(X);\ns(X) = p(X);\nt(X) :- p(Y);".write(to: "\(folder)/b.ded")
      let expected = ["2:6 unexpected-character", "4:6 unexpected-character", "5:3 unsafe-variable"]
      #expect(diagnose(["\(folder)/a.ded"]) == expected.map { "b.ded:" + $0 })
    }
  }

  @Test("depth and number of includes are capped, and a file under two names is one")
  func includeLimits() throws {
    try withTemporaryFolder { folder in
      for depth in 0...70 { try "include \"\(depth + 1).ded\";\n".write(to: "\(folder)/\(depth).ded") }
      try "p(\"a\")@1; q(X) :- p(X);".write(to: "\(folder)/71.ded")
      #expect(diagnose(["\(folder)/0.ded"]) == ["64.ded:1:1 include-too-deep"])
      #expect(diagnose(["\(folder)/7.ded"]).isEmpty)
      let many = (0..<1000).map { "include \"many/\($0)\";\n" }.joined()
      for number in 0..<1000 { try "".write(to: "\(folder)/many/\(number)") }
      try many.write(to: "\(folder)/wide.ded")
      #expect(diagnose(["\(folder)/wide.ded"]) == ["1000:1 too-many-files"])
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link.ded", withDestinationPath: "\(folder)/71.ded")
      try FileManager.default.linkItem(atPath: "\(folder)/71.ded", toPath: "\(folder)/hard.ded")
      let program = try Program(reading: ["71", "link", "hard"].map { "\(folder)/\($0).ded" })
      #expect(program.sources.count == 1)
    }
  }

  @Test("an include is looked for beside its file first, then beside the first file given")
  func includeOrder() throws {
    try withTemporaryFolder { folder in
      try "include \"sub/one.ded\";".write(to: "\(folder)/main/a.ded")
      try "include \"both.ded\"; include \"top.ded\"; include \"../other/far.ded\";"
        .write(to: "\(folder)/main/sub/one.ded")
      try "near(\"a\")@1; q(X) :- near(X);".write(to: "\(folder)/main/sub/both.ded")
      try "wrong(\"a\")@1;".write(to: "\(folder)/main/both.ded")
      try "top(\"a\")@1;".write(to: "\(folder)/main/top.ded")
      try "far(\"a\")@1;".write(to: "\(folder)/other/far.ded")
      let program = try Program(reading: ["\(folder)/main/a.ded"])
      let names = [
        "main/a.ded", "main/sub/one.ded", "main/sub/both.ded", "main/top.ded", "main/../other/far.ded",
      ]
      #expect(program.sources.map(\.path) == names.map { "\(folder)/\($0)" })
      #expect(program.facts.map { program.relations[$0.relation].name } == ["near", "top", "far"])
      let absolute = try Program(text: "include \"\(folder)/main/top.ded\"; q(X) :- top(X);")
      #expect(absolute.facts.count == 1)
    }
  }
}

import Foundation
import Testing

/// Each of these programs holds, proved, and answers a question that nobody meant. What is asked stands in
/// its second line; the file is named after the code of the warning that says so.
@Suite("programs/warned: what holds and should not be believed")
struct WarnedProgramTests {
  private static let folder = Binary.program("warned")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".ded") }.map { String($0.dropLast(4)) }.sorted()
  }()

  /// The call that the second line of the program tells.
  private static func call(_ name: String) throws -> String {
    let text = try String(contentsOfFile: "\(folder)/\(name).ded", encoding: .utf8)
    let asked = try #require(text.firstMatch(of: /^\/\/ .*\n\/\/ Asked with (.*)\.\n/)).1
    return "cd $PROGRAMS/warned; $FAULTLINE check \(name).ded \(asked)"
  }

  @Test("it holds, and the exact text says why that means little", arguments: names)
  func text(name: String) throws {
    let outcome = try Workplace().shell(try Self.call(name))
    let figures = try #require(outcome.output.range(of: "\nbounds  "))
    let expected = try String(contentsOfFile: "\(Self.folder)/\(name).expected", encoding: .utf8)
    #expect(outcome.status == 0)
    #expect(outcome.errors + outcome.output[..<figures.lowerBound] == expected)
    #expect(expected.contains("HOLDS  "))
  }

  @Test("the document names the code, and a strict call fails", arguments: names)
  func document(name: String) throws {
    let call = try Self.call(name)
    let found = try json(try Workplace().shell(call + " --json").output)
    let warnings = try #require(found["warnings"] as? [[String: Any]])
    let code = String(name.prefix { $0 != "." })
    #expect(
      warnings.contains { $0["code"] as? String == code }, "a program is named after the code that it shows")
    #expect(try Workplace().shell(call + " --strict").status == 2)
  }

  @Test("there are as many as were found at first, and more")
  func count() { #expect(Self.names.count >= 24) }
}

import Foundation
import Support
import Testing

/// Every command of README.md, in the order in which a newcomer would type them into a fresh clone.
@Suite("The commands of README")
struct ReadmeTests {
  /// What each command must exit with. Of `make run` there remains what comes after the build; `make test` is
  /// this.
  private static let expected: [(command: String, status: Int32)] = [
    ("make run", 0), ("make test", 0), ("faultline check programs/kafka/kafka.ded", 1), ("faultline run", 0),
    ("faultline graph", 0), ("faultline run", 0), ("faultline graph", 0), ("faultline graph", 0),
    ("faultline report", 0),
    ("faultline lab", 0),
    ("faultline replay", 1), ("faultline test", 0), ("faultline check programs/delivery", 1),
    ("faultline check programs/commit", 1), ("faultline frontier", 0), ("faultline check programs/commit", 0),
    ("faultline verify", 0), ("faultline solve", 20), ("faultline check programs/kafka", 1), ("sqlite3", 0),
    ("sqlite3", 0), ("faultline graph", 0),
  ]

  /// The commands in the blocks of code; where a block shows what they print, they stand after a dollar sign.
  private static func commands() throws -> [String] {
    let text = try String(contentsOfFile: GuideTests.root + "/README.md", encoding: .utf8)
    let blocks = text.components(separatedBy: "```\n").enumerated().filter { $0.offset % 2 == 1 }
    return blocks.flatMap { _, block in
      let lines = block.split(separator: "\n").map(String.init)
      let prompted = lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
      return prompted.isEmpty ? lines : prompted
    }
  }

  @Test("do what it says, in order, in a fresh clone", .needs(.sqlite, .graphviz, .git))
  func inOrder() throws {
    let here = try Workplace()
    let copied = try here.shell(
      "(cd '\(GuideTests.root)' && git ls-files -z | tar --null --ignore-failed-read -T - -cf -) | tar xf - && "
        + "mkdir .bin && ln -s $FAULTLINE .bin/faultline")
    #expect(copied.status == 0, "\(copied.errors)")
    let commands = try Self.commands()
    #expect(commands.count == Self.expected.count, "\(commands)")
    for (command, expected) in zip(commands, Self.expected) {
      #expect(command.hasPrefix(expected.command))
      let line =
        command.hasPrefix("make run")
        ? ".ci/show-kafka faultline" : command.hasPrefix("make test") ? "true" : command
      let outcome = try here.shell("PATH=$PWD/.bin:$PATH; \(line)")
      #expect(outcome.status == expected.status, "\(command): \(outcome.output.suffix(300))\(outcome.errors)")
    }
  }
}

import Foundation
import QuestionSupport
import Testing

/// The tables in `programs/README.md` repeat the scenario lines of the protocols for a reader; they must not
/// differ.
@Suite("Tables of the program guide")
struct ProgramTableTests {
  @Test("every row is a scenario line, and every protocol's scenario line is a row")
  func tables() throws {
    let guide = try String(
      contentsOf: ProgramLibrary.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let rows = guide.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| program ") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
      .map { $0.enumerated().filter { $0.offset != Self.publishedColumn }.map(\.element) }

    let expected = try ProgramLibrary.scenarios.get().filter { !$0.path.hasPrefix("language/") }.map(row)
    #expect(Set(rows) == Set(expected))
    #expect(rows.count == expected.count)
  }

  private static let publishedColumn = 6

  private func row(for scenario: LibraryScenario) throws -> [String] {
    let (line, asked) = (scenario.line, scenario.line.inquiry)
    let crashes = asked.settings.first { $0.name == "crashes" }?.value ?? "0"
    let others = asked.settings.filter { $0.name != "crashes" }.map { "\($0.name)=\($0.value)" }
    let combinations = "\(try scenario.question.bounds.faultSpace)"
    return [
      scenario.name, "\(asked.eot)", "\(asked.eff)", crashes, line.expected.rawValue,
      line.minimum.map(String.init) ?? "–",
      others.isEmpty ? threeDigits(of: combinations) : others.joined(separator: " "),
    ]
  }

  /// `digits` as the paper prints large numbers: 24581485516582768649175040 is 2.46e25.
  private func threeDigits(of digits: String) -> String {
    let leading = Double(digits.prefix(15)) ?? 0
    let mantissa = leading / pow(10, Double(min(digits.count, 15) - 1))
    return String(format: "%.2f", mantissa) + "e\(digits.count - 1)"
  }
}

// What a call prints of a counterexample, over all scenario lines: it is short, it fits the terminal, and it
// names what the authors of the programs name as the reason.

import Answers
import Dedalus
import Documents
import Evaluation
import Lineage
import LineageViz
import Properties
import QuestionSupport
import Scenarios
import Search
import Support
import Testing

@testable import Reports

@Suite("Counterexamples in short")
struct BriefTests {
  /// A counterexample and what is printed of it.
  private struct Example {
    let scenario: LibraryScenario
    let report: Report
    let reasoning: Reasoning
    let parts: [WhyText.Part]

    init?(_ scenario: LibraryScenario) throws {
      let question = try scenario.question
      let answer = try check(question)
      guard let found = answer.counterexample, let reasoning = try answer.reasoning() else { return nil }
      var report = Report(answer, warnings: [], files: [scenario.path])
      report.reasoning = reasoning
      (self.scenario, self.report, self.reasoning) = (scenario, report, reasoning)
      parts = WhyText(reasoning, of: question, in: found.execution).brief(width: 80, most: 12)
    }

    /// The relations that the author's reason names, by words of which the beginnings agree; of those whose
    /// rows the faults change.
    var named: [String] {
      let changed = Set(reasoning.chain.steps.flatMap(\.claims).map(\.relation))
        .union(report.question.program.relations.indices.filter(differs))
      let words = (scenario.line.reason ?? "").lowercased().split { !$0.isLetter }.map(String.init)
      let program = report.question.program
      let world = Set(program.worldRelations)
      return program.relations.indices.filter { !world.contains($0) && changed.contains($0) }.map {
        program.relations[$0].name
      }
      .filter { name in
        name.split(separator: "_").contains { part in words.contains { Self.isAlike($0, String(part)) } }
      }
    }

    /// Whether `relation` has other rows than without faults.
    private func differs(_ relation: RelationID) -> Bool {
      guard let found = report.answer.counterexample?.execution, let baseline = report.answer.baseline else {
        return false
      }
      return zip(found.rows(of: relation), baseline.rows(of: relation)).contains {
        $0.map(\.row) != $1.map(\.row)
      }
    }

    private static func isAlike(_ word: String, _ part: String) -> Bool {
      let shared = zip(word, part).prefix { $0 == $1 }.count
      return shared >= 4 && shared + 3 >= max(word.count, part.count)
    }

    /// Whether a line is about one of these relations, or says its name in the words of a gloss. A line of
    /// faults is about the messages that it names.
    func tells(anyOf names: [String]) -> Bool {
      parts.contains { part in
        let about = part.relations.map { report.question.program.relations[$0].name }
        if about.contains(where: names.contains) { return true }
        guard part.kind == .step else { return false }
        let words = part.lines.joined(separator: " ").lowercased().split { !$0.isLetter }.map(String.init)
        return names.joined(separator: "_").split(separator: "_").contains { name in
          words.contains { Self.isAlike($0, String(name)) }
        }
      }
    }
  }

  @Test(
    "no line is wider than the terminal, nine answers of ten have at most 20 lines, and reasons are named")
  func library() throws {
    var lengths: [Int] = []
    var explanations: [Int] = []
    var (named, told) = (0, 0)
    var silent: [String] = []
    for scenario in try ProgramLibrary.scenarios.get() where scenario.line.expected == .counterexample {
      guard let example = try Example(scenario) else { continue }
      let text = example.report.text(coloured: false)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(scenario)\n\(text)")
      #expect(lines.first == lines.last && lines.first?.hasPrefix("COUNTEREXAMPLE  ") == true, "\(text)")
      lengths.append(lines.count)
      explanations.append(example.parts.map(\.lines.count).reduce(0, +))
      let names = example.named
      if names.isEmpty { continue }
      named += 1
      if example.tells(anyOf: names) {
        told += 1
      } else {
        silent.append("\(scenario.testDescription) \(names)")
      }
    }
    lengths.sort()
    explanations.sort()
    #expect(lengths.count >= 180)
    #expect(lengths[lengths.count * 9 / 10] <= 20, "\(lengths)")
    #expect(explanations[explanations.count * 9 / 10] <= 12, "\(explanations)")
    #expect(
      named >= 100 && told * 100 >= named * 90, "\(told) of \(named)\n\(silent.joined(separator: "\n"))")
  }

  @Test("the text fits any width, and is coloured only where it may be")
  func widths() throws {
    let scenario = try #require(
      try ProgramLibrary.scenarios.get().first { $0.path == "consensus/raft-votes-twice.ded" })
    let example = try #require(try Example(scenario))
    var report = example.report
    for width in [40, 57, 80, 133] {
      report.style = ExplanationStyle(isFull: false, width: width)
      let plain = report.text(coloured: false)
      #expect(plain.split(separator: "\n").allSatisfy { $0.count <= width }, "\(width)\n\(plain)")
      #expect(!plain.contains("\u{1B}"))
      let coloured = report.text(coloured: true)
      #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
      #expect(coloured.contains("\u{1B}[1;33m  (1) a crashes in round 1"))
    }
  }

  @Test(
    "what decides is told",
    arguments: [
      ("consensus/raft-votes-twice.ded", 0, ["led", "shared"]),
      ("commit/saga-optimist.ded", 0, ["left"]), ("storage/hdfs-no-stamp.ded", 1, ["acked"]),
      ("consensus/raft-counts-older.ded", 0, ["heartbeat"]),
      ("patterns/bootstrap-race-unseen.ded", 0, ["owner", "acknowledged"]),
    ])
  func decisive(path: String, line: Int, relations: [String]) throws {
    let scenarios = try ProgramLibrary.scenarios.get().filter { $0.path == path }
    let example = try #require(try Example(scenarios[line]))
    for relation in relations { #expect(example.tells(anyOf: [relation]), "\(relation)\n\(example.parts)") }
  }
}

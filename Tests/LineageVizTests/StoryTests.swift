import Answers
import Dedalus
import Evaluation
import Foundation
import Properties
import Scenarios
import Search
import Testing
import Texts

@testable import LineageViz

@Suite("Stories of counterexamples")
struct StoryTests {
  /// Stories that people have read and found good, as they stand in `Golden/NAME.txt`. The tests write them
  /// anew where FAULTLINE_WRITE_STORIES is set.
  private static let stories: [(name: String, broken: BrokenProgram)] = [
    ("kafka", BrokenProgram.all[0]), ("3pc", BrokenProgram.all[1]), ("3pc-losses", BrokenProgram.all[2]),
    ("retry-deliv", BrokenProgram.all[3]), ("classic-deliv", BrokenProgram.all[4]),
    ("2pc", BrokenProgram.all[6]),
  ]

  @Test("as they stand in the golden files", arguments: stories.map(\.name))
  func golden(name: String) throws {
    let broken = try #require(Self.stories.first { $0.name == name }).broken
    let file = Self.folder.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["FAULTLINE_WRITE_STORIES"] != nil {
      try broken.story().text.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let text = try broken.story().text
    #expect(Self.withoutLines(text) == Self.withoutLines(expected), "\(text)")
  }

  /// `text` without the lines of rules: a comment that is added to a protocol changes no story.
  private static func withoutLines(_ text: String) -> String {
    text.replacing(#/\.ded:\d+/#, with: ".ded")
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden", isDirectory: true)

  @Test(
    "every fault is told, in its round, and every number that is referred to is given",
    arguments: BrokenProgram.all)
  func complete(broken: BrokenProgram) throws {
    let (answer, counterexample, _) = try broken.answer()
    let story = try broken.story()
    let disturbed =
      try #require(story.narrative.components(separatedBy: "Under the faults\n").dropFirst().first)
      .components(separatedBy: "The messages").first ?? ""
    let chapters = disturbed.components(separatedBy: "\n  round ").flatMap {
      $0.components(separatedBy: "  round ")
    }
    for fault in counterexample.faults.faults {
      let chapter = try #require(chapters.first { $0.hasPrefix("\(fault.round.rawValue)\n") })
      switch fault.subject {
      case .node(let node):
        #expect(chapter.contains("\(answer.question.bounds.nodes[node]) crashes in round"))
      default: #expect(chapter.contains(" lost"))
      }
    }
    let told = Set(disturbed.matches(of: #/\n +\((\d+)\) /#).compactMap { Int($0.1) })
    let referred = Set(
      disturbed.matches(of: #/\S \((\d+(?:, \d+)*)\)/#).flatMap { $0.1.split(separator: ", ") }.compactMap {
        Int($0)
      })
    #expect(referred.isSubset(of: told) && told == Set(told.isEmpty ? 0..<0 : 1..<told.count + 1))
  }

  @Test("a story shows hostile names and values for what they are")
  func hostileValues() throws {
    for text in hostileConstants {
      let question = LossyQuestion(payload: text, sender: text + "sender", receiver: text + "receiver")
      let answer = try question.answer()
      let story = Story(
        try #require(answer.counterexample), of: answer.question, because: try answer.reasoning(),
        baseline: try #require(answer.baseline),
        files: ["x.ded"])
      #expect(
        story.text.unicodeScalars.allSatisfy { $0 == "\n" || String($0).showingEverything == String($0) })
      #expect(story.text.contains("post(\"\(text.showingEverything)\") holds"), "\(story.text)")
    }
  }

  @Test("without 'pre' the rows that must survive are told")
  func namedOutcome() throws {
    let program = try Program(
      text: """
        bcast("a", "x")@1;
        good("b", P)@async :- bcast("a", P);
        good(N, P)@next :- good(N, P);
        """, path: "p.ded")
    let bounds = try Bounds(eot: 3, eff: 2, nodes: Nodes(["a", "b"]))
    let answer = try check(Question(program: program, bounds: bounds, outcome: "good"), patience: Patience())
    let story = Story(
      try #require(answer.counterexample), of: answer.question, because: try answer.reasoning(),
      baseline: try #require(answer.baseline),
      files: ["p.ded"])
    #expect(
      story.narrative.hasPrefix(
        """
        Without faults (only what the faults will change)
          round 1
            a sends good("b", "x") to b [p.ded:2].

        Under the faults
          round 1
            (1) what a sends to b in round 1 is lost: good.
          round 2
            (2) good("b", "x") is missing, up to round 3 [p.ded:2, p.ded:3] (1).
          and so (2)
          in round 3 good("b", "x") is missing

        """), "\(story.narrative)")
  }

  /// What happens under the faults of the first counterexample within these bounds.
  private func disturbed(
    _ text: String, _ nodes: [Text], eot: Int, eff: Int = 0, crashes: Int = 0, outcome: String
  ) throws -> String {
    let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(nodes))
    let question = try Question(program: Program(text: text, path: "p.ded"), bounds: bounds, outcome: outcome)
    let answer = try check(question, patience: Patience())
    let story = Story(
      try #require(answer.counterexample), of: question, because: try answer.reasoning(),
      baseline: try #require(answer.baseline),
      files: ["p.ded"])
    let parts = story.narrative.components(separatedBy: "Under the faults\n")
    return try #require(parts.last?.components(separatedBy: "\nThe messages").first)
  }

  @Test("what two rules could derive is told once, with both places")
  func sharedReason() throws {
    let text = """
      told("a", "x")@1;
      heard("b", X)@async :- told("a", X);
      kept(N, X) :- heard(N, X), notin told(N, X);
      kept(N, X) :- heard(N, X), X != "y";
      """
    #expect(
      try disturbed(text, ["a", "b"], eot: 2, eff: 2, outcome: "kept") == """
          round 1
            (1) what a sends to b in round 1 is lost: heard.
          round 2
            (2) heard("b", "x") is missing [p.ded:2] (1).
            (3) kept("b", "x") is missing [p.ded:3, p.ded:4] (2).
          and so (3)
          in round 2 kept("b", "x") is missing

        """)
  }

  @Test(
    "rows are written one by one, each once, and only some of many",
    arguments: [
      ([[1]], "p(1)"), ([[1], [2], [1]], "p(1) and p(2)"), ([[1, 3], [2, 4]], "p(1, 3) and p(2, 4)"),
      (
        [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6]], "p(1, 1), p(2, 2), p(3, 3), p(4, 4) and 2 more"
      ),
    ])
  func rowGroups(rows: [[Int64]], text: String) {
    #expect(RowGroup(name: "p", rows: rows.map { $0.map { .integer($0) } }).text == text)
  }
}

@Suite("Charts of messages")
struct MessageChartTests {
  private static let program = """
    start("a")@1;
    ping("b", "a")@async :- start("a");
    data("b", 1)@async :- start("a");
    data("b", 2)@async :- start("a");
    pong(N, "b")@async :- ping("b", N);
    self(N)@async :- start(N);
    """

  private func chart(width: Int = 118, _ faults: Fault...) throws -> String {
    let run = Evaluation.run(
      try Program(text: Self.program), Setting(nodes: Nodes(["a", "b"]), eot: 3),
      under: Scenario(FaultSet(faults)))
    return MessageChart(run, width: width).text
  }

  private static let legend = "\n  → sends   ✗ sent and lost   † has crashed: sends nothing more\n"

  @Test("a column for each node, a row for each round, a line for each relation and fate")
  func plain() throws {
    #expect(
      try chart() == """
          round  a         b
          1      ping → b  ·
                 data → b
          2      ·         pong → a
          3      ·         ·

        """ + Self.legend)
  }

  @Test("what is lost is crossed out, and who has crashed sends nothing")
  func faults() throws {
    let (a, b) = (NodeID(0), NodeID(1))
    #expect(
      try chart(.omission(from: a, to: b, Round(1)), .crash(b, Round(2))) == """
          round  a         b
          1      ping ✗ b  ·
                 data ✗ b
          2      ·         † crashes
          3      ·         †

        """ + Self.legend)
  }

  @Test("nodes that do not fit side by side stand below each other")
  func narrow() throws {
    #expect(
      try chart(width: 20) == """
          round  a
          1      ping → b
                 data → b
          2      ·
          3      ·

          round  b
          1      ·
          2      pong → a
          3      ·

        """ + Self.legend)
  }
}

extension BrokenProgram {
  /// Its story, told of the file's name alone.
  func story() throws -> Story {
    let (answer, counterexample, baseline) = try answer()
    return Story(
      counterexample, of: answer.question, because: try answer.reasoning(), baseline: baseline,
      files: ["programs/\(path)"])
  }
}

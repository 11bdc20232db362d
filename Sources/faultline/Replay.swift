import ArgumentParser
import Dedalus
import Evaluation
import FaultInjection

/// Saved counterexamples as regression tests.
struct Replay: Verb {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs today's program under the faults of saved counterexamples.",
    discussion: """
      Answers for each file 'still broken', 'fixed', 'changed' (it breaks, but not where it did) or 'unreadable'. \
      Folders are searched for *.cex.json.

      Exit code: 0 all as expected, 1 not all, 2 one is unreadable.
      """)

  /// What a replay should find.
  enum Expectation: String, ExpressibleByArgument, CaseIterable { case fixed, broken }

  @Argument(help: "Counterexample files, and folders of them.")
  var paths: [String]

  @Option(help: "What is expected of every file.")
  var expect: Expectation = .fixed

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Run these files of a program instead of those that the counterexample names.", valueName: "file"))
  var program: [String] = []

  @Flag(help: "Print the answers as one JSON document, and nothing else, on standard output.")
  var json = false

  func execute(_ console: Console) throws -> ExitStatus {
    let files = try FileTree.files(paths, ending: ".cex.json")
    guard !files.isEmpty else {
      throw Refusal.call(
        "nothing-to-replay", "there is no counterexample (*.cex.json) in \(paths.joined(separator: ", "))")
    }
    var bench = ReplayBench(programFiles: program)
    let answers = files.map { bench.replay($0) }
    for answer in answers {
      if let diagnosis = answer.diagnosis { console.report(diagnosis(console.isErrorColoured)) }
    }
    try console.write(json ? document(answers).text : text(answers, Paint(isOn: console.isColoured)))
    if answers.contains(where: { $0.result == .unreadable }) { return .refused }
    return answers.allSatisfy { isExpected($0.result) } ? .success : .broken
  }

  private func isExpected(_ result: ReplayResult) -> Bool {
    result == (expect == .fixed ? .fixed : .stillBroken)
  }

  private func text(_ answers: [ReplayAnswer], _ paint: Paint) -> String {
    var text = ""
    for answer in answers {
      let word = answer.result.rawValue
      let padded = word + String(repeating: " ", count: 14 - word.count)
      text +=
        (isExpected(answer.result) ? paint.green(padded) : paint.red(padded)) + answer.path.showingEverything
      if answer.hasProgramChanged { text += "  (the program has changed since)" }
      text += "\n"
    }
    let expected = answers.count { isExpected($0.result) }
    return text + "\(expected) of \(answers.count) as expected\n"
  }

  private func document(_ answers: [ReplayAnswer]) -> JSON {
    [
      "format": "faultline-replay/1",
      "expected": .string(expect == .fixed ? ReplayResult.fixed.rawValue : ReplayResult.stillBroken.rawValue),
      "replays": .array(
        answers.map {
          [
            "file": .string($0.path), "result": .string($0.result.rawValue),
            "asExpected": .bool(isExpected($0.result)), "programChanged": .bool($0.hasProgramChanged),
            "violated": JSON(rows: $0.violated),
          ]
        }),
    ]
  }
}

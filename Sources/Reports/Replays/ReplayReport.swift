import Dedalus
import Documents
import Evaluation
import Properties
import Texts
import Workbench

/// The results of replays, ready to be shown.
package struct ReplayReport {
  /// The answers, in the order of the files.
  let answers: [ReplayAnswer]
  private let expectation: Expectation

  /// What a replay should find.
  package enum Expectation: String, CaseIterable {
    case fixed, broken

    var result: ReplayResult { self == .fixed ? .fixed : .stillBroken }
  }

  package init(_ answers: [ReplayAnswer], expected expectation: Expectation) {
    self.answers = answers
    self.expectation = expectation
  }

  package var status: ExitStatus {
    if answers.contains(where: { $0.result == .unreadable }) { return .refused }
    return answers.allSatisfy(isExpected) ? .success : .broken
  }

  func isExpected(_ answer: ReplayAnswer) -> Bool { answer.result == expectation.result }

  /// `1 of 2 as expected`
  var summary: String { "\(answers.count(where: isExpected)) of \(answers.count) as expected" }

  /// `expected fixed, found still broken`
  func complaint(about answer: ReplayAnswer) -> String {
    "expected \(expectation.result.rawValue), found \(answer.result.rawValue)"
  }

  /// Why files are unreadable; a reason that several files share is given once.
  package func diagnosis(coloured: Bool) -> String {
    var text = ""
    var seen = Set<Text>()
    for answer in answers {
      guard let reason = answer.refusal?.text(coloured: coloured) else { continue }
      if seen.insert(Text(reason)).inserted { text += reason }
    }
    return text
  }
}

// MARK: For people

extension ReplayReport {
  private static let resultWidth = 14

  /// The answers, a line or two for each; then the files that were written.
  package func text(coloured: Bool, written: [String]) -> String {
    let paint = Paint(isOn: coloured)
    return answers.map { text($0, paint) }.joined() + summary + "\n"
      + written.map { "written: \($0.showingEverything)\n" }.joined()
  }

  /// The answers that are not as expected, and how many are.
  package func brief(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    return answers.filter { !isExpected($0) }.map { text($0, paint) }.joined() + summary + "\n"
  }

  private func text(_ answer: ReplayAnswer, _ paint: Paint) -> String {
    let indent = "".padded(to: Self.resultWidth)
    let padded = answer.result.rawValue.padded(to: Self.resultWidth)
    var text = (isExpected(answer) ? paint.green(padded) : paint.red(padded)) + answer.path.showingEverything
    if answer.findings?.hasProgramChanged == true { text += "  (the program has changed since)" }
    text += "\n"
    if let remark = answer.remark { text += indent + remark.showingEverything + "\n" }
    if let warning = answer.warning {
      text += indent + paint.yellow("warning: ") + warning.showingEverything + "\n"
    }
    return text
  }
}

// MARK: For programs

extension ReplayReport {
  /// The answers in the format `faultline-replay/1`.
  package var json: JSON {
    [
      "format": "faultline-replay/1",
      "expected": .string(expectation.result.rawValue),
      "replays": .array(answers.map(json)),
    ]
  }

  private func json(_ answer: ReplayAnswer) -> JSON {
    let head: JSON = [
      "file": .string(answer.path), "result": .string(answer.result.rawValue),
      "asExpected": .bool(isExpected(answer)),
      "programChanged": .bool(answer.findings?.hasProgramChanged ?? false),
    ]
    let violated =
      answer.findings.map { JSON.members($0.violations, in: $0.question) }
      ?? JSON.members([], of: nil, named: false)
    let rest: JSON = [
      "difference": answer.findings?.difference.map { .string($0) } ?? .null,
      "inertFaults": answer.findings.map { findings in
        .array(findings.inert.map { JSON($0, nodes: findings.nodes) })
      } ?? [],
      "rules": .array(answer.findings?.places.map(json) ?? []),
      "diagnostics": answer.refusal.map { .array($0.diagnostics) } ?? [],
      "seconds": ["total": .decimal(answer.seconds)],
    ]
    return .object(head.members + violated + rest.members)
  }

  private func json(_ place: Place) -> JSON {
    ["file": .string(place.file), "line": .integer(place.line), "column": .integer(place.column)]
  }
}

// The text for people: first the failures, each with its place in the form that editors understand and the
// call that shows it; then the matrix of all programs and scenarios; the summary last, where people look when
// the test ends.

import Answers
import Dedalus
import Documents
import Evaluation
import Texts
import Workbench

extension TestReport {
  private static let lineWidth = 120

  /// The results in words; then the files that were written.
  package func text(coloured: Bool, written: [String]) -> String {
    let paint = Paint(isOn: coloured)
    return failures.map { Self.text($0, paint) + "\n" }.joined() + matrix(paint) + "\n\(summary(paint))\n"
      + written.map { "written      \($0.showingEverything)\n" }.joined()
      + "seconds      \(Texts.seconds(seconds))\n"
  }

  /// The scenarios that are not as expected, and how many are.
  package func brief(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    return failures.map { Self.text($0, paint) + "\n" }.joined() + "\(summary(paint))\n"
  }

  private func summary(_ paint: Paint) -> String {
    failures.isEmpty ? paint.green(summary) : paint.red(summary)
  }

  private static func text(_ answer: ScenarioAnswer, _ paint: Paint) -> String {
    var text = "\(answer.place): \(paint.red("FAILED"))  \((answer.complaint ?? "").showingEverything)\n"
    for (name, value) in answer.notes {
      text += "  " + name.padded(to: 9) + value.showingEverything + "\n"
    }
    return text
  }

  // MARK: The matrix

  private func matrix(_ paint: Paint) -> String {
    let folder = commonFolder
    let names = programs.map { String($0.path.dropFirst(folder.count)).showingEverything }
    let nameWidth = (names.map(\.count).max() ?? 0) + 2
    let cellWidth = (answers.map(\.cell.count).max() ?? 0) + 2
    let perLine = max(1, (Self.lineWidth - nameWidth) / cellWidth)
    var text = "MATRIX  \(folder.showingEverything)"
    text += folder.isEmpty ? "" : ": "
    let others = answers.contains { $0.bounds?.contains("⟩ ") ?? false } ? ", other bounds by name," : ""
    text += "each program's scenarios in order, as ⟨EOT, EFF, crashes⟩\(others) and what was found\n"
    for (name, program) in zip(names, programs) {
      for start in stride(from: 0, to: program.answers.count, by: perLine) {
        let cells = program.answers[start..<min(start + perLine, program.answers.count)]
        text += (start == 0 ? name : "").padded(to: nameWidth)
        text += Self.line(Array(cells), width: cellWidth, paint) + "\n"
      }
    }
    return text
  }

  private static func line(_ answers: [ScenarioAnswer], width: Int, _ paint: Paint) -> String {
    answers.enumerated().map { position, answer in
      let cell = answer.cell
      let padding = "".padded(to: position == answers.count - 1 ? 0 : width - cell.count)
      return (answer.isAsExpected ? cell : paint.red(cell)) + padding
    }.joined()
  }
}

extension ScenarioAnswer {
  /// `file:line`
  var place: String { path.showingEverything + (line.map { ":\($0)" } ?? "") }

  /// What was found, in a word or two.
  var finding: String {
    guard case .found(let finding, _) = outcome else { return "does not run" }
    return switch finding.verdict {
    case .counterexample: counted(finding.faults?.count ?? 0, "fault")
    case .holds: finding.isVacuous ? "holds (vacuous)" : "holds"
    case .inconclusive: "inconclusive"
    case .badBaseline: "bad baseline"
    case .error: "error"
    }
  }

  /// A cell of the matrix: `⟨7,4,1⟩ 3 faults`.
  fileprivate var cell: String {
    (bounds.map { "\($0) " } ?? "") + (isAsExpected ? "" : "✗ ") + finding
  }

  /// `⟨7,4,1⟩`; nil where the line cannot be read.
  var bounds: String? {
    guard case .success(let scenario) = scenario else { return nil }
    let inquiry = scenario.inquiry
    let crashes = inquiry.settings.first { $0.name == "crashes" }?.value ?? "0"
    let others = inquiry.settings.filter { $0.name != "crashes" }.map { " \($0.name)=\($0.value)" }
    let asked =
      inquiry.properties.map { " property=\($0)" } + (inquiry.mode.map { [" mode=\($0.rawValue)"] } ?? [])
    return "⟨\(inquiry.eot),\(inquiry.eff),\(crashes)⟩" + (others + asked).joined()
  }

  /// Further notes, each with its name: why the result was expected, what was found, how to ask again.
  var notes: [(name: String, text: String)] {
    guard case .success(let scenario) = scenario else { return [] }
    var notes: [(name: String, text: String)] = []
    if let reason = scenario.reason { notes.append(("because", reason)) }
    if let found = faultSentences { notes.append(("found", found.joined(separator: "; "))) }
    if case .found(let finding, _) = outcome, finding.question.namesProperties, !finding.violations.isEmpty {
      notes.append(("breaks", finding.question.sentences(about: finding.violations, atMost: 3)))
    }
    return notes + [("again", command(scenario))]
  }

  /// The faults that were found, in words; nil where no run under faults decides the answer.
  private var faultSentences: [String]? {
    guard case .found(let finding, _) = outcome, let faults = finding.faults else { return nil }
    return faults.faults.map { $0.sentence(finding.bounds.nodes) }
      + (finding.inputs.phrase.map { ["\($0) chosen"] } ?? [])
  }

  /// The call that asks the question of `scenario`.
  private func command(_ scenario: ScenarioLine) -> String {
    let words = ["faultline", "check", shellPath(path)] + scenario.inquiry.options
    return words.joined(separator: " ")
  }
}

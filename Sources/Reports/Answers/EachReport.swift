// The answers for each property as a table: what was found, how many faults it takes, and which. Below it
// stands for each property that does not hold what the table has no room for, and the call that tells more.

import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Search
import Texts
import Workbench

/// The answers for each property of a question, ready to be shown.
package struct EachReport {
  package let found: EachAnswer
  /// The files of the call, as given.
  package let files: [String]
  /// The warnings about the program.
  let warnings: [Diagnostic]
  /// Whether the coverage of the program is shown.
  package var showsCoverage = false
  /// The paths of the files that were written, in order.
  package var written: [String] = []

  package init(_ found: EachAnswer, warnings: [Diagnostic], files: [String]) {
    self.found = found
    self.warnings = warnings
    self.files = files
    reports = found.answers.map { Report($0, warnings: [], files: files) }
  }

  package var question: Question { found.question }
  private var nodes: Nodes { question.bounds.nodes }

  /// For each property the report of its answer.
  package let reports: [Report]

  /// The exit code: the worst of those of the answers.
  package var status: ExitStatus { reports.map(\.status).worst }

  /// The failure of the program, where an answer is that it fails: the first one says it for all.
  package var failure: RunFailure? { reports.lazy.compactMap(\.failure).first }
}

extension Collection<ExitStatus> {
  /// The exit code of several answers: what the question about all properties together would come to.
  package var worst: ExitStatus {
    let order: [ExitStatus] = [.badBaseline, .refused, .broken, .inconclusive]
    return order.first(where: contains) ?? .success
  }
}

// MARK: For people

extension EachReport {
  package func text(coloured: Bool) -> String {
    let paint = Paint(isOn: coloured)
    var text = "EACH  \(counted(found.answers.count, "property", "properties")): \(summary)\n"
    for sentence in sharedCautions.flatMap(\.sentences) { text += sentence + "\n" }
    text += "\n" + table(paint)
    for (answer, report) in zip(found.answers, reports) { text += paragraph(about: answer, report) }
    return text + (coverage?.text ?? "") + "\n" + figures
  }

  /// The cautions that belong to every answer.
  package var sharedCautions: [Caution] {
    let all = found.answers.map(\.cautions)
    let shared = all.first?.filter { caution in all.allSatisfy { $0.contains(caution) } } ?? []
    let vacuous = found.answers.flatMap(\.vacuousProperties)
    return shared + (found.coverage?.cautions(on: question, besides: vacuous) ?? [])
  }

  /// `2 hold, 1 counterexample`
  private var summary: String {
    let words: [(verdict: Verdict, one: String, several: String)] = [
      (.holds, "holds", "hold"), (.counterexample, "counterexample", "counterexamples"),
      (.badBaseline, "bad baseline", "bad baselines"), (.inconclusive, "inconclusive", "inconclusive"),
      (.error, "error", "errors"),
    ]
    return words.compactMap { verdict, one, several in
      let count = found.answers.count { $0.verdict == verdict }
      return count == 0 ? nil : counted(count, one, several)
    }.joined(separator: ", ")
  }

  private func table(_ paint: Paint) -> String {
    let rows = found.answers.map { answer in
      (
        name: name(of: answer), verdict: answer.verdictWords, fewest: answer.fewestWords,
        faults: faults(answer)
      )
    }
    let width = max(8, rows.map(\.name.count).max() ?? 0)
    let verdictWidth = rows.map(\.verdict.count).max() ?? 0
    func line(_ name: String, _ verdict: String, _ fewest: String, _ faults: String) -> String {
      let line = "  \(name.padded(to: width))  \(verdict)  \(fewest.indented(to: 6))"
      return (faults.isEmpty ? line : "\(line)  \(faults)") + "\n"
    }
    let head = line("property", "verdict".padded(to: verdictWidth), "fewest", "faults")
    return head
      + zip(found.answers, rows).map { answer, row in
        let verdict = row.verdict.padded(to: verdictWidth)
        let painted =
          switch answer.verdict {
          case .holds: paint.green(verdict)
          case .inconclusive: paint.yellow(verdict)
          case .counterexample, .badBaseline, .error: paint.red(verdict)
          }
        return line(row.name, painted, row.fewest, row.faults)
      }.joined()
  }

  private func name(of answer: Answer) -> String {
    answer.question.restriction.joined(separator: ", ").showingEverything
  }

  private func faults(_ answer: Answer) -> String {
    let faults = (answer.counterexample?.faults.faults ?? []).map { $0.text(nodes) }
    return (faults + answer.inputs.facts.map(\.choiceText)).map(\.showingEverything).joined(separator: ", ")
  }

  /// What the table does not say about `answer`; empty where it says everything.
  private func paragraph(about answer: Answer, _ report: Report) -> String {
    let cautions = answer.cautions.filter { !sharedCautions.contains($0) }.flatMap(\.sentences)
    var lines = cautions.map { "  \($0)\n" }.joined()
    switch answer.finding {
    case .holds: lines += answer.isVacuous ? "  Vacuously: \(answer.vacuityWords).\n" : ""
    case .counterexample(let first, _, _, _):
      lines += answer.question.violationText(first.violations)
      if let aftermath = report.aftermath { lines += "  \(aftermath.phrase)\n" }
    case .badBaseline(let violations):
      lines +=
        question.violationText(violations)
        + (violations.isEmpty ? "  it has no row in round \(question.bounds.eot) without faults\n" : "")
    case .inconclusive(let limit, _): lines += "  \(limit.words)\n"
    case .error: break
    }
    guard !lines.isEmpty else { return "" }
    let call = answer.verdict == .holds ? "" : "  to see why: \(report.call.showingEverything)\n"
    return "\n\(name(of: answer))\n" + lines + call
  }

  private var figures: String {
    let rows =
      Report.figures(of: question, found.cost) + written.map { Figure(name: "written", $0.showingEverything) }
      + [Figure.seconds(found.cost)]
    return rows.map(\.line).joined()
  }
}

extension Answer {
  /// The verdict as the table has it.
  fileprivate var verdictWords: String {
    switch verdict {
    case .holds: isVacuous ? "holds (vacuous)" : "holds"
    case .badBaseline: "bad baseline"
    case .counterexample, .inconclusive, .error: verdict.rawValue
    }
  }

  /// How many faults it takes, as the table has it: a number, what is known of it, or a dash.
  fileprivate var fewestWords: String {
    switch finding {
    case .counterexample(let first, _, _, _): "\(first.minimum ? "" : "≤ ")\(first.faults.count)"
    case .badBaseline: "0"
    case .inconclusive(_, let harmless?): "> \(harmless)"
    case .holds, .inconclusive, .error: "-"
    }
  }
}

import Dedalus
import Indices
import Texts
import Workbench

/// The results of a test of scenario lines, ready to be shown.
package struct TestReport {
  /// Every scenario, file by file.
  let answers: [ScenarioAnswer]
  /// The scenarios by program, in order.
  let programs: [Row]
  /// How many scenarios have no answer, because the user ended the test.
  let open: Int
  /// Wall-clock seconds of the whole test.
  let seconds: Double

  struct Row {
    let path: String
    var answers: [ScenarioAnswer]
  }

  /// The report of `answers`, in which the answers of each file must be adjacent.
  package init(_ answers: [ScenarioAnswer], open: Int = 0, seconds: Double) {
    self.answers = answers
    self.open = open
    self.seconds = seconds
    var programs: [Row] = []
    for answer in answers {
      if let last = programs.last, Text(last.path) == Text(answer.path) {
        programs[programs.count - 1].answers.append(answer)
      } else {
        programs.append(Row(path: answer.path, answers: [answer]))
      }
    }
    self.programs = programs
  }

  package var failures: [ScenarioAnswer] { answers.filter { !$0.isAsExpected } }

  /// The folder that all programs share, with a slash at its end; empty where there is none.
  var commonFolder: String {
    let folders = programs.map { program in
      let path = program.path.utf8
      return path.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? path.prefix(0)
    }
    guard var common = folders.first else { return "" }
    for folder in folders {
      common = common.prefix(zip(common, folder).prefix { $0 == $1 }.count)
    }
    // Folders may have names with a common beginning.
    return common.lastIndex(of: UInt8(ascii: "/")).map { String(Substring(common[...$0])) } ?? ""
  }

  /// `61 of 61 scenarios as expected, in 23 programs`
  var summary: String {
    "\(answers.count - failures.count) of \(counted(answers.count, "scenario")) as expected, "
      + "in \(counted(programs.count, "program"))"
      + (open > 0 ? "; interrupted, \(counted(open, "scenario")) not answered" : "")
  }

  /// The exit code that says whether all is as expected.
  package var status: ExitStatus { failures.isEmpty ? (open == 0 ? .success : .inconclusive) : .broken }

  /// Whether some scenario has a warning.
  package var hasWarnings: Bool {
    answers.contains { answer in
      if case .found(let finding, _) = answer.outcome { finding.objection != nil } else { false }
    }
  }

  /// The warnings about programs, and why scenarios cannot be run, or fail to compute, where that is not
  /// expected; each is given once.
  package func diagnosis(coloured: Bool) -> String {
    programs.map { $0.warningText(coloured: coloured) }.joined() + failureText(coloured: coloured)
  }

  private func failureText(coloured: Bool) -> String {
    var text = ""
    var last = ""
    for answer in failures {
      let reason =
        switch answer.outcome {
        case .refused(let refusal): refusal.text(coloured: coloured)
        case .found(let finding, _): finding.failure?.text(coloured: coloured) ?? ""
        }
      if Text(reason) != Text(last) { text += reason }
      last = reason
    }
    return text
  }
}

extension TestReport.Row {
  /// The warnings about the program in any of its scenarios, each once.
  fileprivate func warningText(coloured: Bool) -> String {
    var all: [Diagnostic] = []
    var sources = IndexedArray<FileID, SourceFile>()
    for case .found(let finding, _) in answers.lazy.map(\.outcome) where !finding.warnings.isEmpty {
      sources = finding.question.program.sources
      all += finding.warnings.filter { !all.contains($0) }
    }
    return all.isEmpty ? "" : DiagnosticRenderer(sources: sources, colored: coloured).render(all)
  }
}

import Answers
import Documents
import Evaluation
import LineageViz
import Properties
import Scenarios
import Workbench

extension Report {
  /// What is saved of `counterexample` in `folder`: the file that `replay` reads, why it is one as a picture,
  /// who sent what to whom, and the story. Nothing where the answer lacks the run to compare with.
  func files(
    about counterexample: Counterexample, in folder: String
  ) throws -> [(path: String, text: String)] {
    guard let baseline = answer.baseline(for: counterexample.execution) else { return [] }
    let file = file(of: counterexample, in: folder)
    let stem = OutputFiles.path(of: file.name, in: folder)
    let story = try story(of: counterexample, baseline: baseline)
    return [
      (stem + ".cex.json", file.json.text),
      (stem + ".dot", try LineageDiagram(of: counterexample, of: question, baseline: baseline).dot),
      (
        stem + ".svg",
        SpaceTimeSVG.diagram(
          of: counterexample.execution, question: question, baseline: baseline,
          title: files.joined(separator: " "))
      ),
      (stem + ".txt", story.text),
    ]
  }
}

extension OutputFiles {
  /// Writes four files for each counterexample of `report`, up to the first that cannot be written. `written`
  /// has their paths or, where there are many, their number.
  package mutating func save(_ report: Report, into folder: String) throws {
    let before = written
    for counterexample in report.answer.everyCounterexample {
      for (path, text) in try report.files(about: counterexample, in: folder) {
        guard write(Array(text.utf8), to: path) else { return }
      }
    }
    let count = written.count - before.count
    if count > 9 { written = before + ["\(folder) (\(count) files)"] }
  }

  /// Writes the counterexample of `report`, if it has one, in the Informal Trace Format, where `path` says.
  package mutating func writeTrace(of report: Report, to path: String?) {
    guard let counterexample = report.answer.counterexample else { return }
    write(InformalTrace(of: counterexample, report.aftermath, files: report.files).json.text, to: path)
  }
}

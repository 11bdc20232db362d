import ArgumentParser
import FaultInjection
import Glibc
import LineageViz

/// Where an answer goes.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Print the verdict as one JSON document, and nothing else, on standard output.")
  var json = false

  @Option(help: ArgumentHelp("Write the counterexample's files into this folder.", valueName: "folder"))
  var save: String?

  @Flag(help: "Replace files that are already there.")
  var force = false

  /// Refuses a folder that cannot be written before anything is computed.
  func prepare() throws {
    guard let save else { return }
    var status = stat()
    guard stat(save, &status) == 0 else {
      throw Refusal.output(
        "the folder '\(save)' cannot be written: \(String(cString: strerror(errno)))", fix: "create it first")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Refusal.output("'\(save)' is not a folder")
    }
    guard access(save, W_OK | X_OK) == 0 else {
      throw Refusal.output("the folder '\(save)' cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes the files that were asked for, then the answer.
  func publish(_ report: Report, _ console: Console) throws -> ExitStatus {
    var report = report
    if let save { report.written = try write(report, into: save) }
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    try console.write(json ? report.json.text : report.text(coloured: console.isColoured))
    return report.status
  }

  /// The counterexample's three files; their paths.
  private func write(_ report: Report, into folder: String) throws -> [String] {
    guard let file = report.counterexampleFile(in: folder) else { return [] }
    let stem = folder.hasSuffix("/") ? folder + file.name : "\(folder)/\(file.name)"
    let answer = report.answer
    guard let counterexample = answer.counterexamples.first, let baseline = answer.baseline else { return [] }
    let story = Story(counterexample, of: answer.question, baseline: baseline, files: report.files)
    let contents: [(String, String)] = [
      (stem + ".cex.json", file.json.text),
      (stem + ".dot", LineageDOT.explanation(of: counterexample, of: answer.question, baseline: baseline)),
      (stem + ".txt", story.text),
    ]
    for (path, text) in contents {
      try AtomicFile.write(Array(text.utf8), to: path, replacing: force)
    }
    return contents.map(\.0)
  }
}

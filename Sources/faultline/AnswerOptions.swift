import ArgumentParser
import FaultInjection
import LineageViz
import RunStore

/// Where an answer goes.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Print the verdict as one JSON document, and nothing else, on standard output.")
  var json = false

  @Option(help: ArgumentHelp("Write the counterexample's files into this folder.", valueName: "folder"))
  var save: String?

  @Option(
    help: ArgumentHelp("Record the analysis in this SQLite file, beside what is there.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("Write the answer as one self-contained HTML file.", valueName: "file"))
  var report: String?

  @OptionGroup var certificate: CertificateOptions

  @Flag(help: "Replace files that are already there.")
  var force = false

  /// Refuses a folder that cannot be written before anything is computed.
  func prepare() throws {
    if let save { try OutputFolder.check(save) }
    try certificate.prepare()
  }

  /// Begins the record of an analysis, or continues one that a process left, where a record is wanted: what happens to
  /// this process then, it will show.
  func begin(
    _ question: Question, strategy: Strategy = .circuit, options: String = "", _ console: Console
  ) throws -> RunRecorder? {
    guard let store else { return nil }
    let recording = try RunStore(creatingOrOpening: store)
      .begin(question, strategy: strategy.rawValue, options: options)
    return RunRecorder(recording, in: store, console)
  }

  /// Writes the record and the files that were asked for, then the answer. The answer is given also where something
  /// cannot be written, or could not before, which is the `earlier` trouble: it may have taken hours.
  func publish(
    _ report: Report, _ recorder: RunRecorder?, _ patience: Patience, _ console: Console,
    after earlier: Refusal? = nil
  ) throws -> ExitStatus {
    var report = report
    var trouble = earlier
    do {
      if let store, let recorder {
        try recorder.finish(report.answer)
        report.written.append(store)
      }
      if let save { report.written += try write(report, into: save) }
      try certificate.certify(&report, replacing: force, patience, console)
      try writePage(&report)
    } catch let error as Disagreement {
      throw error
    } catch {
      trouble = trouble ?? Refusal(error)
    }
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    try console.write(json ? report.json.text : report.text(coloured: console.isColoured))
    guard let trouble else { return report.status }
    console.report(trouble.text(coloured: console.isErrorColoured))
    return .refused
  }

  /// The answer as a page, where one is wanted.
  private func writePage(_ report: inout Report) throws {
    guard let path = self.report else { return }
    var page = HTMLReport(title: "Faultline report")
    page.add(report)
    try AtomicFile.write(Array(page.finish().utf8), to: path, replacing: force)
    report.written.append(path)
  }

  /// Three files for each counterexample. What is told of it is their paths or, where there are many, their number.
  private func write(_ report: Report, into folder: String) throws -> [String] {
    guard report.answer.verdict == .counterexample else { return [] }
    var paths: [String] = []
    for counterexample in report.answer.everyCounterexample {
      for (path, text) in try contents(of: counterexample, report, folder) {
        try AtomicFile.write(Array(text.utf8), to: path, replacing: force)
        paths.append(path)
      }
    }
    return paths.count <= 9 ? paths : ["\(folder) (\(paths.count) files)"]
  }

  private func contents(
    of counterexample: Counterexample, _ report: Report, _ folder: String
  ) throws -> [(path: String, text: String)] {
    guard let baseline = report.answer.baseline else { return [] }
    let (question, file) = (report.question, report.file(of: counterexample, in: folder))
    let stem = folder.hasSuffix("/") ? folder + file.name : "\(folder)/\(file.name)"
    let story = Story(counterexample, of: question, baseline: baseline, files: report.files)
    return [
      (stem + ".cex.json", file.json.text),
      (stem + ".dot", try LineageDOT.explanation(of: counterexample, of: question, baseline: baseline)),
      (stem + ".txt", story.text),
    ]
  }
}

import ArgumentParser
import Documents
import LineageViz
import Properties
import Reports
import RunStore
import Search
import Workbench

/// The options that say where an answer goes.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Print the verdict as one JSON document, and nothing else, on standard output.")
  var json = false

  @Flag(
    help: """
      Show which relations and rules the run without faults uses, what relations keep over a restart, and which rules \
      fire only under faults or never.
      """)
  var coverage = false

  @Option(
    help: ArgumentHelp(
      "Explain a counterexample in a dozen lines, or tell everything: brief or full. Default: brief.",
      valueName: "how"))
  var explain: Explain = .brief

  /// How much is told of a counterexample.
  enum Explain: String, ExpressibleByArgument, CaseIterable {
    case brief, full
  }

  @Option(
    help: ArgumentHelp(
      "Also tell why this row does not hold in the counterexample, or without one in the run without faults.",
      valueName: "row"))
  var whyNot: String?

  @Option(help: ArgumentHelp("Write the counterexample's files into this folder.", valueName: "folder"))
  var save: String?

  @Option(
    help: ArgumentHelp("Record the analysis in this SQLite file, beside what is there.", valueName: "file"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "Write the counterexample's run in the Informal Trace Format, for other tools.", valueName: "file"))
  var itf: String?

  @Option(help: ArgumentHelp("Write the answer as one self-contained HTML file.", valueName: "file"))
  var report: String?

  @OptionGroup var certificate: CertificateOptions

  @Flag(help: "Replace files that are already there.")
  var force = false

  /// The files to which the answer is written. Each must be writable and must not be one of `inputs`.
  func files(reading inputs: [String]) throws -> OutputFiles {
    _ = try whyNot.map { try RowPattern($0) }
    var files = OutputFiles(replacing: force)
    files.add(folder: save)
    files.add(store: store)
    files.add(file: report)
    files.add(file: itf)
    certificate.add(to: &files)
    try files.check(reading: inputs)
    return files
  }

  /// Begins the record of an analysis, or continues an unfinished one, where a record is wanted. The record
  /// survives whatever happens to this process.
  func begin(
    _ question: Question, by plan: SearchPlan = .circuit, _ console: Console
  ) throws -> RunRecorder? {
    _ = try whyNot.map { try RowPattern($0).relation(in: question.program) }
    guard let store else { return nil }
    let recording = try RunStore(creatingOrOpening: store).begin(question, by: plan)
    return RunRecorder(recording, in: store) { console.report($0) }
  }

  /// Writes the record and the requested files, then the answer. A failure stops none of these: the answer
  /// may have taken hours, and the exit code is its own.
  func publish(
    _ report: Report, _ recorder: RunRecorder?, to files: OutputFiles, _ patience: Patience,
    _ console: Console
  ) throws -> ExitStatus {
    var (report, files) = (report, files)
    report.style = ExplanationStyle(isFull: explain == .full, width: console.width)
    if let store, let recorder {
      files.attempt { files in
        try recorder.finish(report.answer)
        files.written.append(store)
      }
    }
    if !json || save != nil { report.reasoning = try report.answer.reasoning() }
    if let save { files.attempt { try write(report, into: save, &$0) } }
    try certificate.certify(&report, to: &files, patience, console)
    report.showsCoverage = coverage
    explainAbsence(in: &report, console)
    if let path = self.report {
      files.attempt { files in files.write(try page(of: [report], patience), to: path) }
    }
    if let counterexample = report.answer.counterexample {
      let trace = InformalTrace(of: counterexample, report.aftermath, files: report.files)
      files.write(trace.json.text, to: itf)
    }
    report.written = files.written
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    let json = report.json.adding(failures: files.failures)
    try console.write(self.json ? json.text : report.text(coloured: console.isColoured))
    console.report(files.failureText(coloured: console.isErrorColoured))
    return report.status
  }

  /// Finds out why the row that was asked for does not hold. Where it does, that is told beside the answer.
  private func explainAbsence(in report: inout Report, _ console: Console) {
    let answer = report.answer
    guard let whyNot, let execution = answer.counterexample?.execution ?? answer.baseline else { return }
    do throws(Refusal) {
      let absence = try RowPattern(whyNot).absence(in: execution, beside: answer.baseline(for: execution))
      report.whyNot = WhyNotReport(absence, of: execution)
    } catch {
      console.report(error.text(coloured: console.isErrorColoured))
    }
  }

  /// Writes the requested files, then the answers for each property.
  func publish(
    _ report: EachReport, to files: OutputFiles, _ patience: Patience, _ console: Console
  ) throws -> ExitStatus {
    var (report, files) = (report, files)
    if let store, files.failures.isEmpty { files.written.append(store) }
    if let save {
      for part in report.reports { files.attempt { try write(part, into: save, &$0) } }
    }
    if let path = self.report {
      files.attempt { files in files.write(try page(of: report.reports, patience), to: path) }
    }
    report.written = files.written
    report.showsCoverage = coverage
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    let json = report.json.adding(failures: files.failures)
    try console.write(self.json ? json.text : report.text(coloured: console.isColoured))
    console.report(files.failureText(coloured: console.isErrorColoured))
    return report.status
  }

  /// The answers as a page. Making the page may take as long as the answers, and can be interrupted
  /// separately.
  private func page(of reports: [Report], _ patience: Patience) throws -> [UInt8] {
    Interruption.listen()
    var page = HTMLReport(title: "Faultline report", shouldStop: patience.beginning())
    for report in reports { page.add(report) }
    if reports.count == 1, let laboratory = reports[0].laboratory { page.add(laboratory) }
    do {
      return Array(try page.finish().utf8)
    } catch {
      let reason = Interruption.isRequested ? "the call was interrupted" : "a limit was reached"
      throw Refusal.output("'\(self.report ?? "")' was not written: \(reason) while the page was made")
    }
  }

  /// Writes four files for each counterexample, up to the first that cannot be written. The report gives
  /// their paths or, where there are many, their number.
  private func write(_ report: Report, into folder: String, _ files: inout OutputFiles) throws {
    let before = files.written
    for counterexample in report.answer.everyCounterexample {
      for (path, text) in try contents(of: counterexample, report, folder) {
        guard files.write(Array(text.utf8), to: path) else { return }
      }
    }
    let count = files.written.count - before.count
    if count > 9 { files.written = before + ["\(folder) (\(count) files)"] }
  }

  private func contents(
    of counterexample: Counterexample, _ report: Report, _ folder: String
  ) throws -> [(path: String, text: String)] {
    guard let baseline = report.answer.baseline(for: counterexample.execution) else { return [] }
    let (question, file) = (report.question, report.file(of: counterexample, in: folder))
    let stem = OutputFiles.path(of: file.name, in: folder)
    let story = try report.story(of: counterexample, baseline: baseline)
    return [
      (stem + ".cex.json", file.json.text),
      (stem + ".dot", try LineageDiagram(of: counterexample, of: question, baseline: baseline).dot),
      (
        stem + ".svg",
        SpaceTimeSVG.diagram(
          of: counterexample.execution, question: question, baseline: baseline,
          title: report.files.joined(separator: " "))
      ),
      (stem + ".txt", story.text),
    ]
  }
}

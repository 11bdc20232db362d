import Answers
import ArgumentParser
import Documents
import LineageViz
import Properties
import Reports
import RunStore
import Workbench

/// The options that say where an answer goes.
struct AnswerOptions: ParsableArguments {
  @Flag(help: "Print the verdict as one JSON document, and nothing else, on standard output.")
  var json = false

  @Flag(
    help: """
      Show which relations and rules the run without faults uses, what relations keep over a restart, and which rules \
      fire only under other inputs, under faults, or never.
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
    files.add(certificate: certificate.certificate)
    try files.check(reading: inputs)
    return files
  }

  /// Begins the record of an analysis, or continues an unfinished one, where a record is wanted.
  func begin(
    _ question: Question, by plan: SearchPlan = .circuit, _ console: Console
  ) throws -> RunRecorder? {
    _ = try whyNot.map { try RowPattern($0).relation(in: question.program) }
    guard let store else { return nil }
    return try RunRecorder(of: question, by: plan, in: store) { console.remark($0) }
  }

  /// Writes the record and the requested files, then the answer. A failure stops none of these: the answer
  /// may have taken hours, and the exit code is its own.
  func publish(
    _ report: Report, _ recorder: RunRecorder?, to files: OutputFiles, _ patience: Patience,
    strict: Bool, _ console: Console
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
    if let save { files.attempt { try $0.save(report, into: save) } }
    try certificate.certify(&report, to: &files, patience, console)
    report.showsCoverage = coverage
    do throws(Refusal) {
      if let whyNot { try report.explain(absenceOf: RowPattern(whyNot)) }
    } catch {
      console.report(error.text(coloured: console.isErrorColoured))
    }
    if let path = self.report {
      files.attempt { files in files.write(try page(of: [report], patience), to: path) }
    }
    files.writeTrace(of: report, to: itf)
    report.written = files.written
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    let strictError = strict ? [report].strictError() : nil
    let json = report.json.adding(failures: files.failures + [strictError].compactMap(\.self))
    try self.json ? console.write(json.text) : console.answer(report.text(coloured: console.isColoured))
    console.report(files.failureText(coloured: console.isErrorColoured))
    return report.status
  }

  /// Writes the requested files, then the answers for each property.
  func publish(
    _ report: EachReport, to files: OutputFiles, _ patience: Patience, strict: Bool, _ console: Console
  ) throws -> ExitStatus {
    var (report, files) = (report, files)
    if let store, files.failures.isEmpty { files.written.append(store) }
    if let save {
      for part in report.reports { files.attempt { try $0.save(part, into: save) } }
    }
    if let path = self.report {
      files.attempt { files in files.write(try page(of: report.reports, patience), to: path) }
    }
    report.written = files.written
    report.showsCoverage = coverage
    if let failure = report.failure { console.report(failure.text(coloured: console.isErrorColoured)) }
    let strictError = strict ? report.reports.strictError(besides: report.sharedCautions) : nil
    let json = report.json.adding(failures: files.failures + [strictError].compactMap(\.self))
    try self.json ? console.write(json.text) : console.answer(report.text(coloured: console.isColoured))
    console.report(files.failureText(coloured: console.isErrorColoured))
    return report.status
  }

  /// The answers as a page. Making the page may take as long as the answers, and can be interrupted
  /// separately. A search that had to end soon has its page all the same.
  private func page(of reports: [Report], _ patience: Patience) throws -> [UInt8] {
    Interruption.listen()
    do {
      let shouldStop = patience.beginning(atLeast: .seconds(60))
      return Array(try HTMLReport.page(of: reports, shouldStop: shouldStop).utf8)
    } catch {
      let reason = Interruption.isRequested ? "the call was interrupted" : "a limit was reached"
      throw Refusal.output("'\(self.report ?? "")' was not written: \(reason) while the page was made")
    }
  }
}

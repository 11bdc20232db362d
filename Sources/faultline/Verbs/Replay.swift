import ArgumentParser
import Documents
import Files
import Reports
import Workbench

/// `replay`: runs saved counterexamples as regression tests.
struct Replay: Verb {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs today's program under the faults of saved counterexamples.",
    discussion: """
      Answers for each file 'still broken'; 'fixed'; 'changed': it breaks, but not where it did; 'inert': none of its \
      faults touches a message or a node that acts any more, so that it tests nothing; or 'unreadable'. Folders are \
      searched for *.cex.json.

      Exit code: 0 all as expected, 1 not all, 2 one is unreadable.
      """)

  @Argument(help: "Counterexample files, and folders of them.")
  var paths: [String]

  @Option(help: "What is expected of every file.")
  var expect: ReplayReport.Expectation = .fixed

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Run these files of a program instead of those that the counterexample names.", valueName: "file"))
  var program: [String] = []

  @Option(
    name: .customLong("choose"),
    help: ArgumentHelp(
      "A fact that the program lets choose, instead of what the file says. May be repeated.",
      valueName: "fact"))
  var chosen: [String] = []

  @Option(help: ArgumentHelp("Write the answers as JUnit writes test results, in XML.", valueName: "file"))
  var junit: String?

  @Flag(help: "Replace a file that is already there.")
  var force = false

  @Flag(
    help: """
      Print annotations for GitHub: on the rule that derives the row that is violated. With --json they go to standard \
      error.
      """)
  var github = false

  @Flag(help: "Print the answers as one JSON document, and nothing else, on standard output.")
  var json = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    var results = OutputFiles(replacing: force)
    results.add(file: junit)
    try results.check(reading: paths + program)
    let files = try FileTree.files(paths, ending: ".cex.json")
    guard !files.isEmpty else {
      throw Refusal.call(
        "nothing-to-replay", "there is no counterexample (*.cex.json) in \(paths.joined(separator: ", "))")
    }
    var bench = ReplayBench(programFiles: program, choosing: chosen)
    try results.begin(reading: files + files.flatMap { bench.paths(of: $0) })
    let report = ReplayReport(files.map { bench.replay($0) }, expected: expect)
    results.write(report.junit.text(), to: junit)
    console.report(report.diagnosis(coloured: console.isErrorColoured))
    if json {
      try console.write(report.json.adding(failures: results.failures).text)
    } else {
      try console.answer(
        report.text(coloured: console.isColoured, written: results.written),
        brief: report.brief(coloured: console.isColoured))
    }
    if github { try json ? console.report(report.annotations) : console.write(report.annotations) }
    console.report(results.failureText(coloured: console.isErrorColoured))
    return report.status
  }
}

extension ReplayReport.Expectation: ExpressibleByArgument {}

import ArgumentParser
import Documents
import Files
import Reports
import Texts
import Workbench

/// `test`: runs scenario lines as tests.
struct TestVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Checks the scenario lines of programs against what they expect.",
    discussion: """
      A scenario line is a comment in a program: what is asked, and what must come out. 'minimum' is the exact size \
      of the smallest set of faults, and may be left out.

        //! scenario eot=4 eff=2 crashes=0 expect=counterexample minimum=1 because="nobody repeats it"

      Folders are searched for *.ded; a program without such a line is a part for others, and does not count. A \
      scenario that does not run is a failure. The limits hold for each scenario.

      Exit code: 0 all as expected, 1 not all, 2 there is nothing to test, or a warning under --strict.
      """)

  @Argument(help: "Programs, and folders of them.")
  var paths: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many scenarios to run at a time. Default: one for each processor, at most 8.", valueName: "n"))
  var jobs: String?

  @OptionGroup var limits: PatienceOptions

  @Flag(help: "Warnings are errors: a scenario with one is not as expected.")
  var strict = false

  @Option(help: ArgumentHelp("Write the matrix, with every reason, as a page of HTML.", valueName: "file"))
  var html: String?

  @Option(help: ArgumentHelp("Write the results as JUnit writes them, in XML.", valueName: "file"))
  var junit: String?

  @Flag(help: "Replace files that are already there.")
  var force = false

  @Flag(help: "Print the results as one JSON document, and nothing else, on standard output.")
  var json = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    let threads = try jobs.map { try Count.parse($0, "--jobs", 1...Workers.most) } ?? Workers.standardCount
    var results = OutputFiles(replacing: force)
    results.add(file: html)
    results.add(file: junit)
    try results.check(reading: paths)
    let bench = ScenarioBench(
      threads: threads, patience: try limits.patience(), refusesWarnings: strict)
    let clock = ContinuousClock()
    let start = clock.now
    let files = try files()
    let subjects = bench.subjects(of: files)
    try results.begin(reading: files + subjects.flatMap(\.paths))
    let answers = try bench.answers(about: subjects)
    let open = subjects.map(\.scenarioCount).reduce(0, +) - answers.count
    guard !answers.isEmpty || open > 0 else {
      throw Refusal.call(
        "nothing-to-test", "there is no scenario line in \(paths.joined(separator: ", "))",
        fix: "write one into a program: //! scenario eot=6 eff=3 crashes=1 expect=holds")
    }
    let report = TestReport(answers, open: open, seconds: (clock.now - start).inSeconds)
    results.write(report.page.text, to: html)
    results.write(report.junit.text(), to: junit)
    console.report(report.diagnosis(coloured: console.isErrorColoured))
    if json {
      try console.write(report.json.adding(failures: results.failures).text)
    } else {
      try console.answer(
        report.text(coloured: console.isColoured, written: results.written),
        brief: report.brief(coloured: console.isColoured))
    }
    console.report(results.failureText(coloured: console.isErrorColoured))
    if strict, report.hasWarnings { return .refused }
    return report.status
  }

  private func files() throws -> [String] {
    let files = try FileTree.files(paths, ending: ".ded")
    for path in paths where !FileTree.exists(path) {
      throw Refusal.call("no-such-path", "there is no file or folder '\(path)'")
    }
    return files
  }
}

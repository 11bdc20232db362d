import ArgumentParser
import Files
import LineageViz
import Reports
import RunStore
import Workbench

/// `report`: shows a store as a page.
struct ReportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Makes one self-contained HTML file of a store: open it in a browser, from disk.",
    discussion: """
      The page shows each analysis of the store: the verdict and why; every recorded run beside the one without faults, \
      with who sent what to whom and what each node held in each round; the messages that matter most; the figures. It \
      needs neither server nor network. 'check --report FILE' makes the same page of one answer.

      The store is only read; each run is compared with its digest. A page holds some 3 MB of runs; a larger store is \
      shown in part, which the page says.
      """)

  @Argument(help: "The store, as 'check --store' writes it.")
  var store: String
  @Option(name: [.long, .customShort("o")], help: ArgumentHelp("Write to this file.", valueName: "file"))
  var output: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only this analysis, by its number in the store. Default: all.", valueName: "n"))
  var analysis: String?
  @Flag(help: "Replace a file that is already there.")
  var force = false

  @OptionGroup var shown: ConsoleOptions

  func execute(_ console: Console) throws -> ExitStatus {
    var files = OutputFiles(replacing: force)
    files.add(file: output == "-" ? nil : output)
    try files.check(reading: RunStore.paths(of: self.store))
    let wanted = try analysis.map { try Count.parse($0, "--analysis", 1...Int(Int32.max)) }
    let store = try RunStore(reading: self.store)
    let chosen = try store.analyses(numbered: wanted)
    try files.begin()
    Interruption.listen()
    var report = HTMLReport(title: "Faultline report", shouldStop: { Interruption.isRequested })
    for record in chosen { try report.add(record, of: store) }
    guard let page = try? report.finish() else {
      console.report("the call was interrupted while the page was made: there is none\n")
      return .inconclusive
    }
    try files.put(page, at: output, or: console)
    return .success
  }
}

import ArgumentParser
import Workbench

/// Names a run in a store.
struct StoredRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Take a run from this store, as 'check --store' writes it.", valueName: "file"))
  var store: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of a store: the number of the run; 1 is the one without faults.", valueName: "n"))
  var run: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of a store: the number of the analysis. Default: the last.", valueName: "n"))
  var analysis: String?

  func validate() throws {
    guard store == nil else { return }
    if run != nil || analysis != nil { throw ValidationError("--run and --analysis need --store") }
  }

  /// The run that the options name in the store at `path`.
  func read(_ path: String, _ console: Console) throws -> StoredRun {
    try StoredRun(run, ofAnalysis: analysis, in: path) { console.remark($0) }
  }
}

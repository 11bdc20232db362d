import ArgumentParser
import Dedalus
import Evaluation
import RunStore
import Search
import Texts
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

  /// The run that the options name in the store at `path`, read from the record; the run without faults; and
  /// whether every smaller fault set is proved harmless, where that was asked.
  func read(
    _ path: String, _ console: Console
  ) throws -> (trial: Trial, baseline: Execution, isMinimum: Bool) {
    let store = try RunStore(reading: path)
    let recorded = try store.analysis(try analysis(of: store, console))
    let count = recorded.runs.count
    guard count > 0 else {
      throw Refusal.call("no-such-run", "analysis \(recorded.id.number) of '\(path)' has no runs")
    }
    guard let run else {
      throw Refusal.call(
        "no-such-run", "a run is missing", fix: "give one from 1 to \(count), as in --run \(count)")
    }
    let number = try Count.parse(run, "--run", 1...Int(Int32.max))
    guard number <= count else {
      throw Refusal.call(
        "no-such-run",
        "analysis \(recorded.id.number) of '\(path)' has \(counted(count, "run")), and no run \(number)")
    }
    let record = recorded.runs[number - 1]
    let compared = recorded.runs.first { $0.scenario == record.scenario.withoutFaults }
    let baseline = try recorded.execution(of: compared ?? recorded.runs[0])
    let execution = record == compared ? baseline : try recorded.execution(of: record)
    return (
      Trial(execution, question: recorded.question, baseline: baseline), baseline, record.minimum ?? false
    )
  }

  private func analysis(of store: RunStore, _ console: Console) throws -> AnalysisID {
    let analyses = try store.analyses()
    if let analysis {
      return AnalysisID(try Count.parse(analysis, "--analysis", 1...Int(Int32.max)))
    }
    guard let last = analyses.last else {
      throw Refusal.call("no-such-run", "'\(store.path)' holds no analysis")
    }
    if analyses.count > 1 {
      let note =
        "'\(store.path)' holds \(analyses.count) analyses; this is the last, of \(last.paths.first ?? "")"
      console.report("note: \(note.showingEverything)\n")
    }
    return last.id
  }
}

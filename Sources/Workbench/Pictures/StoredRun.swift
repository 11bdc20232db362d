import Answers
import Dedalus
import Evaluation
import RunStore
import Texts

/// A run of a store, read from the record.
package struct StoredRun {
  package let trial: Trial
  /// The run without faults under the same inputs.
  let baseline: Execution
  /// Whether every smaller fault set is proved harmless, where that was asked.
  let isMinimum: Bool

  /// The run with the number `run` of the analysis with the number `analysis`, or of the last one, in the
  /// store at `path`. Both numbers are texts as a call gives them; `report` gets a note where the last
  /// analysis is not the only one.
  package init(
    _ run: String?, ofAnalysis analysis: String?, in path: String, report: (String) -> Void
  ) throws {
    let store = try RunStore(reading: path)
    let recorded = try store.analysis(try store.analysisID(analysis, report: report))
    let record = recorded.runs[try recorded.position(ofRun: run, in: path)]
    let compared = recorded.runs.first { $0.scenario == record.scenario.withoutFaults }
    baseline = try recorded.execution(of: compared ?? recorded.runs[0])
    let execution = record == compared ? baseline : try recorded.execution(of: record)
    trial = Trial(execution, question: recorded.question, baseline: baseline)
    isMinimum = record.minimum ?? false
  }
}

extension RecordedAnalysis {
  /// The position of the run whose number is in `text`.
  fileprivate func position(ofRun text: String?, in path: String) throws(Refusal) -> Int {
    let count = runs.count
    guard count > 0 else {
      throw .call("no-such-run", "analysis \(id.number) of '\(path)' has no runs")
    }
    guard let text else {
      throw .call(
        "no-such-run", "a run is missing", fix: "give one from 1 to \(count), as in --run \(count)")
    }
    let number = try Count.parse(text, "--run", 1...Int(Int32.max))
    guard number <= count else {
      throw .call(
        "no-such-run",
        "analysis \(id.number) of '\(path)' has \(counted(count, "run")), and no run \(number)")
    }
    return number - 1
  }
}

extension RunStore {
  /// The analysis whose number is in `text`; without one the last.
  fileprivate func analysisID(_ text: String?, report: (String) -> Void) throws -> AnalysisID {
    let analyses = try analyses()
    if let text { return AnalysisID(try Count.parse(text, "--analysis", 1...Int(Int32.max))) }
    guard let last = analyses.last else {
      throw Refusal.call("no-such-run", "'\(path)' holds no analysis")
    }
    if analyses.count > 1 {
      let note = "'\(path)' holds \(analyses.count) analyses; this is the last, of \(last.paths.first ?? "")"
      report("note: \(note.showingEverything)\n")
    }
    return last.id
  }

  /// The analyses on record, or only the one with this number.
  package func analyses(numbered wanted: Int?) throws -> [AnalysisRecord] {
    let records = try analyses()
    let chosen = records.filter { wanted == nil || $0.id.number == wanted }
    guard chosen.isEmpty else { return chosen }
    throw Refusal.call(
      "no-analysis",
      records.isEmpty ? "the store holds no analysis" : "the store holds no analysis \(wanted ?? 0)",
      fix: records.isEmpty ? "record one with 'check --store'" : "its analyses are 1 to \(records.count)")
  }
}

public import Evaluation
import GRDB

extension RunStore {
  /// Calls `body` with every run of `analysis`, in the order in which they were recorded, had again from the sources
  /// and faults on record. Each is the same run: its digest is compared.
  public func forEachRun(
    of analysis: AnalysisID, _ body: (RunRecord, Execution) throws(StoreError) -> Void
  ) throws(StoreError) {
    let question = try question(of: analysis)
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    for run in try runs(of: analysis) {
      let execution = compiled.run(question.setting, under: run.faults)
      guard execution.digest == run.digest else {
        throw .damaged(
          path: path,
          reason: "run \(run.number) of analysis \(analysis.number) does not come out as it was recorded")
      }
      try body(run, execution)
    }
  }
}

// What a store says about analyses and runs. The sources are in the file, so the program is had again without its
// files; everything else is read. Sources, analyses and runs each carry a digest, and what does not match it is not
// believed.

import Dedalus
import Evaluation
import GRDB
import Properties
import Scenarios
import Search

/// An analysis as a store lists it.
public struct AnalysisRecord: Hashable, Sendable {
  /// Its number.
  public let id: AnalysisID
  /// The files of the program, in the order in which they were read.
  public let paths: [String]
  /// The digest of the program, `sha256:…`.
  public let digest: String
  /// How the answer was searched for.
  public let strategy: String
  /// What the search depends on beside the question, e.g. `seed=1 runs=100`.
  public let options: String
  /// When it began, in ISO 8601 and UTC.
  public let started: String
  /// When it ended; nil while it runs, and for ever if it was stopped.
  public let finished: String?
  /// The answer; nil like `finished`.
  public let verdict: Verdict?
  /// The limit that cut the search off before it had its answer, or all of it; the same call continues the analysis.
  public let cutOffBy: Limit?
  /// How many runs are recorded.
  public let runCount: Int
}

/// A run as a store lists it.
public struct RunRecord: Hashable, Sendable {
  /// The analysis that it belongs to.
  public let analysis: AnalysisID
  /// Its number in the analysis, from 1.
  public let number: Int
  /// Why it was made.
  public let role: RunRole
  /// For the counterexample of the answer: whether fewer faults are proved harmless.
  public let minimum: Bool?
  /// The faults that it ran under.
  public let faults: FaultSet
  /// Whether its budget or the user ended it before its last round.
  public let isCutOff: Bool
  /// The digest of all that is on record of it.
  public let digest: String
}

extension RunStore {
  /// Every analysis, in the order in which they were first written.
  public func analyses() throws(StoreError) -> [AnalysisRecord] {
    try read { try StoreReader($0, path).analyses() }
  }

  /// The runs of an analysis, in the order in which they were made.
  public func runs(of analysis: AnalysisID) throws(StoreError) -> [RunRecord] {
    try read { try StoreReader($0, path).runs(of: analysis) }
  }

  /// What the analysis asked, about the program as it was then.
  public func question(of analysis: AnalysisID) throws(StoreError) -> Question {
    try read { try StoreReader($0, path).question(of: analysis) }
  }

  /// Reads what is on record of an analysis.
  public func analysis(_ id: AnalysisID) throws(StoreError) -> RecordedAnalysis {
    try read { database in
      let reader = StoreReader(database, path)
      let question = try reader.question(of: id)
      return RecordedAnalysis(
        id: id, question: question, runs: try reader.runs(of: id),
        shared: try SharedTables(reading: database, id, of: question, path), store: self)
    }
  }

  /// Calls `body` with every run of `analysis`, in the order in which they were made.
  public func forEachRun(
    of analysis: AnalysisID, _ body: (RunRecord, Execution) throws(StoreError) -> Void
  ) throws(StoreError) {
    let recorded = try self.analysis(analysis)
    for run in recorded.runs { try body(run, recorded.execution(of: run)) }
  }

  /// The run with all that happened in it. Who wants several runs of an analysis reads `analysis` once.
  public func execution(of run: RunRecord) throws(StoreError) -> Execution {
    try analysis(run.analysis).execution(of: run)
  }
}

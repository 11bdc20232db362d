// Reads analyses and runs from a store. The file contains the sources, so the program is checked again
// without its files; everything else is read. Sources, analyses and runs each carry a digest, and what does
// not match its digest is refused.

import Answers
import Dedalus
import Evaluation
import GRDB
import Properties
import Scenarios

/// An analysis as a store lists it.
public struct AnalysisRecord: Hashable, Sendable {
  /// The number of the analysis in the file.
  public let id: AnalysisID
  /// The files of the program, in the order in which they were read.
  public let paths: [String]
  /// The digest of the program, `sha256:…`.
  public let digest: String
  /// What the search depends on, apart from the question.
  public let plan: SearchPlan
  /// When the analysis began, in ISO 8601 and UTC.
  public let started: String
  /// When the analysis ended, in the same form; nil while it runs, and if it was stopped.
  public let finished: String?
  /// The answer; nil where `finished` is nil.
  public let verdict: Verdict?
  /// The limit that cut the search off before it had its complete answer. The same call continues the
  /// analysis.
  public let cutOffBy: Limit.Kind?
  /// The number of recorded runs.
  public let runCount: Int
}

/// A run as a store lists it.
public struct RunRecord: Hashable, Sendable {
  /// The analysis that it belongs to.
  public let analysis: AnalysisID
  /// The number of the run in the analysis, from 1.
  public let number: Int
  /// The reason why the run was made.
  public let role: RunRole
  /// For the counterexample of the answer: whether every smaller fault set is proved harmless.
  public let minimum: Bool?
  /// The faults of the run, and what is chosen in it.
  public let scenario: Scenario
  /// Whether the run ended before its last round, because of its budget or the user.
  public let isCutOff: Bool
  /// The digest of everything that is recorded of the run.
  public let digest: String

  /// The faults of the run.
  public var faults: FaultSet { scenario.faults }
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

  /// The question of the analysis, about the program as it was then.
  public func question(of analysis: AnalysisID) throws(StoreError) -> Question {
    try read { try StoreReader($0, path).question(of: analysis) }
  }

  /// Reads an analysis from its record.
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

  /// The whole run. To read several runs of one analysis, read the analysis once.
  public func execution(of run: RunRecord) throws(StoreError) -> Execution {
    try analysis(run.analysis).execution(of: run)
  }
}

public import Dedalus
public import Evaluation
public import FaultInjection
import GRDB
import Glibc
import Indices

/// Names an analysis of a store.
public struct AnalysisID: Hashable, Sendable {
  /// Its number in the file, from 1.
  public let number: Int

  /// The analysis with this number.
  public init(_ number: Int) { self.number = number }
}

/// Why a run is in a store.
public enum RunRole: String, Hashable, Sendable {
  /// The run without faults.
  case baseline
  /// A run with faults that breaks the outcome.
  case counterexample
  /// A run with faults that does not.
  case trial
}

extension RunStore {
  /// Begins the record of an analysis, or continues it: where a process has died over the same question, searched with
  /// the same strategy and options, what it left is taken up. `options` are those on which the search depends.
  public func begin(
    _ question: Question, strategy: String = "circuit", options: String = ""
  ) throws(StoreError) -> Recording {
    let claims = try AnalysisClaims(path)
    let (analysis, isContinued) = try write { database in
      let program = try database.identify(question.program)
      let left = try database.unfinishedAnalyses(question, program: program, strategy, options)
      if let analysis = left.first(where: { claims.claim($0) }) { return (AnalysisID(analysis), true) }
      try database.insertAnalysis(question, program: program, strategy, options)
      let analysis = AnalysisID(Int(database.lastInsertedRowID))
      _ = claims.claim(analysis.number)
      try database.execute(
        sql: "INSERT INTO times (analysis, started) VALUES (?, ?)", arguments: [analysis.number, now()])
      try database.updateDigest(ofAnalysis: analysis.number)
      return (analysis, false)
    }
    guard isContinued else { return Recording(self, analysis, claims, of: question) }
    return try Recording(continuing: self.analysis(analysis), in: self, claims)
  }

  /// Records an analysis that has ended.
  @discardableResult
  public func record(_ answer: Answer, strategy: String = "circuit") throws(StoreError) -> AnalysisID {
    var recording = try begin(answer.question, strategy: strategy)
    try recording.finish(answer)
    return recording.analysis
  }
}

/// An analysis that is being recorded.
///
/// Runs are gathered and written together, because each transaction waits for the disk: after 64 of them or a second,
/// on `flush`, and at the end.
public struct Recording: ~Copyable, Sendable {
  /// The analysis.
  public let analysis: AnalysisID
  /// How many runs are on disk.
  public private(set) var savedRuns = 0
  /// What the search may take from an earlier one of the same question that a limit cut off. Empty where that process
  /// died: the search then does everything again, and leaves the same counters.
  public var known: EarlierSearch { earlier.known }

  private let store: RunStore
  private let claims: AnalysisClaims
  private let question: Question
  private var shared = SharedTables()
  private var saved = SavedCounts()
  private var pending: [PendingRun] = []
  /// The number of the run under each fault set.
  private var numbers: [FaultSet: Int] = [:]
  /// What an earlier process left.
  private var earlier = EarlierRuns()
  /// Whether what is on disk of runs after `savedRuns` is to be replaced.
  private var replacesRest = false
  private var lastFlush = ContinuousClock.now

  init(_ store: RunStore, _ analysis: AnalysisID, _ claims: AnalysisClaims, of question: Question) {
    self.store = store
    self.analysis = analysis
    self.claims = claims
    self.question = question
  }

  /// Continues an analysis that an earlier process left.
  init(continuing recorded: RecordedAnalysis, in store: RunStore, _ claims: AnalysisClaims) throws(StoreError)
  {
    self.init(store, recorded.id, claims, of: recorded.question)
    earlier = EarlierRuns(recorded, answer: try store.answer(of: recorded.id))
    savedRuns = recorded.runs.count
  }

  /// Records a run of the analysis, unless it is on record; `violated` are the rows that break the outcome in it.
  ///
  /// - Throws: `StoreError`, also where the run on record is another one.
  public mutating func record(_ execution: Execution, violated: [[Constant]]) throws(StoreError) {
    let faults = execution.faults
    guard numbers[faults] == nil else { return }
    numbers[faults] = numbers.count + 1
    let run = PendingRun(execution, violated, &shared)
    switch try earlier.standing(of: run, taking: SavedCounts(of: shared)) {
    case .beginning: return
    case .repeated:
      saved = SavedCounts(of: shared)
      return
    case .replacing: try replaceRest()
    case .new: break
    }
    pending.append(run)
    if pending.count >= 64 || lastFlush.duration(to: .now) > .seconds(1) { try flush() }
  }

  /// Has the next transaction remove what an earlier process left beyond what this one has made again.
  private mutating func replaceRest() throws(StoreError) {
    guard try earlier.forgetRest() else { return }
    savedRuns = earlier.repeated
    replacesRest = true
  }

  /// Writes what has been recorded so far.
  public mutating func flush() throws(StoreError) {
    try save { _ in }
  }

  /// Records the answer, with its baseline and counterexamples, and ends the analysis. Where a limit cut the search
  /// off before it came as far as an earlier one, what that found out stays.
  public mutating func finish(_ answer: Answer) throws(StoreError) {
    if let baseline = answer.baseline {
      let violated = answer.verdict == .badBaseline ? answer.counterexamples.first?.violated ?? [] : []
      try record(baseline, violated: violated)
    }
    var minimum: [(run: Int, isMinimum: Bool)] = []
    if answer.verdict == .counterexample {
      for counterexample in answer.everyCounterexample {
        try record(counterexample.execution, violated: counterexample.violated)
        minimum.append((numbers[counterexample.faults] ?? 0, counterexample.minimum))
      }
    }
    if answer.limit?.isCutOff != true {
      try replaceRest()
    } else if earlier.sayMore(than: answer) {
      return try flush()
    }
    let (number, path) = (analysis.number, store.path)
    try save { database in
      try database.finishAnalysis(number, answer)
      guard database.changesCount == 1 else {
        throw StoreError.missing(path: path, reason: "analysis \(number)")
      }
      try database.execute(sql: "UPDATE runs SET minimum = NULL WHERE analysis = ?", arguments: [number])
      for (run, isMinimum) in minimum {
        try database.execute(
          sql: "UPDATE runs SET minimum = ? WHERE analysis = ? AND id = ?",
          arguments: [isMinimum, number, run])
      }
      try database.updateDigest(ofAnalysis: number)
    }
  }

  /// Writes the pending runs and what `body` writes in one transaction.
  private mutating func save(_ body: (Database) throws -> Void) throws(StoreError) {
    let (number, first) = (analysis.number, savedRuns + 1)
    let (shared, saved, pending, nodes) = (shared, saved, pending, question.bounds.nodes)
    let replacesRest = replacesRest
    try store.write { database in
      if replacesRest { try database.removeRuns(from: first, beyond: saved, analysis: number) }
      if !pending.isEmpty { try database.insert(shared, since: saved, analysis: number) }
      var insert = try RunInsert(analysis: number, nodes, in: database)
      for (offset, run) in pending.enumerated() { try insert.insert(run, number: first + offset) }
      try body(database)
    }
    if !pending.isEmpty { self.saved = SavedCounts(of: shared) }
    savedRuns += pending.count
    self.pending.removeAll()
    self.replacesRest = false
    lastFlush = .now
  }
}

/// A run that waits to be written.
struct PendingRun: Sendable {
  let faults: FaultSet
  let role: RunRole
  /// JSON array of rows.
  let violated: String
  let ending: String
  /// Whether its budget ended it before its last round.
  let isCutOff: Bool
  let contents: SharedTables.Contents
  let digest: String

  /// What is recorded of `execution`, whose tuples and firings are entered into `shared`.
  init(_ execution: Execution, _ violated: [[Constant]], _ shared: inout SharedTables) {
    faults = execution.faults
    role = faults.count == 0 ? .baseline : violated.isEmpty ? .trial : .counterexample
    self.violated = JSON(rows: violated).line
    ending = execution.ending.words
    isCutOff = Ending.isCutOff(words: ending)
    contents = shared.enter(execution)
    var digest = RunDigest(faults, execution.setting.nodes, role, violated: self.violated, ending)
    shared.add(contents, to: &digest)
    self.digest = digest.text
  }
}

extension RunDigest {
  /// The digest of a run in which nothing has happened yet.
  init(_ faults: FaultSet, _ nodes: Nodes, _ role: RunRole, violated: String, _ ending: String) {
    let lines = faults.faults.map { fault in
      switch fault {
      case .crash(let node, let round): "crash \(round.rawValue) \(nodes[node].string.debugDescription)"
      case .omission(let sender, let receiver, let round):
        "omit \(round.rawValue) \(nodes[sender].string.debugDescription) \(nodes[receiver].string.debugDescription)"
      }
    }
    self.init()
    add(Part((lines + [role.rawValue, violated, ending]).joined(separator: "\n")), at: 0)
  }
}

/// How much of the shared tables is in the file.
struct SavedCounts: Equatable, Sendable {
  var symbols = 0, rows = 0, tuples = 0, absences = 0, firings = 0

  init() {}

  init(of shared: SharedTables) {
    (symbols, rows, tuples) = (shared.constants.count, shared.rows.count, shared.tuples.count)
    (absences, firings) = (shared.absences.count, shared.firings.count)
  }
}

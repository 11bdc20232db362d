import Answers
import Dedalus
import Documents
import Evaluation
import GRDB
import Glibc
import Indices
import Properties
import Scenarios

/// Names an analysis of a store.
public struct AnalysisID: Hashable, Sendable {
  /// The number of the analysis in the file, from 1.
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
  /// A run with faults that does not break the outcome.
  case trial
}

extension RunStore {
  /// Begins or continues the record of an analysis. Where a process died with the same question and plan,
  /// its record is continued.
  ///
  /// Nothing is written yet. But an error about writing is reported now, and the call waits for other
  /// writers.
  public func begin(
    _ question: Question, by plan: SearchPlan = .circuit
  ) throws(StoreError) -> Recording {
    var claims: AnalysisClaims?
    let left = try inspect { database -> Int? in
      guard let program = try database.number(of: question.program) else { return nil }
      let own = try AnalysisClaims(database.path)
      claims = own
      return try database.unfinishedAnalyses(question, program: program, plan)
        .first { own.claim($0) }
    }
    let heading = AnalysisHeading(question: question, plan: plan)
    guard let left, let claims else { return Recording(heading, in: self) }
    let recorded = try self.analysis(AnalysisID(left))
    try recorded.verify()
    return try Recording(heading, continuing: recorded, claims, in: self)
  }

  /// Records an analysis that has ended.
  @discardableResult
  public func record(
    _ answer: Answer, by plan: SearchPlan = .circuit
  ) throws(StoreError) -> AnalysisID {
    var recording = try begin(answer.question, by: plan)
    return try recording.finish(answer)
  }
}

/// What is known of an analysis when it begins.
struct AnalysisHeading: Sendable {
  let question: Question
  let plan: SearchPlan
  /// The time at which it begins, in ISO 8601 and UTC.
  let started = now()
}

/// An analysis that is being recorded.
///
/// Data is collected before it is written, because each transaction waits for the disk: until there are 64
/// runs or a second has passed, until `flush`, or to the end. So an analysis of less than a second is one
/// transaction.
public struct Recording: ~Copyable, Sendable {
  /// The analysis; nil until part of it is on disk.
  public private(set) var analysis: AnalysisID?
  /// The number of runs on disk.
  public private(set) var savedRuns = 0
  /// What the search may take over from an earlier search for the same question that a limit cut off. Empty
  /// where that process died: the search then does everything again, and has the same counters.
  public var known: EarlierSearch { earlier.known }

  private let store: RunStore
  private let heading: AnalysisHeading
  private var claims: AnalysisClaims?
  private var shared = SharedTables()
  private var saved = SavedCounts()
  private var pending: [PendingRun] = []
  /// The number of the run in each scenario.
  private var numbers: [Scenario: Int] = [:]
  /// The runs that an earlier process left.
  private var earlier = EarlierRuns()
  /// Whether the runs on disk after `savedRuns` are to be replaced.
  private var replacesRest = false
  private var lastFlush = ContinuousClock.now
  /// How long data may be known without being on disk.
  var longestUnsaved = Duration.seconds(1)

  init(_ heading: AnalysisHeading, in store: RunStore) {
    self.heading = heading
    self.store = store
  }

  /// Continues an analysis that an earlier process left.
  init(
    _ heading: AnalysisHeading, continuing recorded: RecordedAnalysis, _ claims: AnalysisClaims,
    in store: RunStore
  ) throws(StoreError) {
    self.init(heading, in: store)
    analysis = recorded.id
    self.claims = claims
    earlier = EarlierRuns(recorded, answer: try store.answer(of: recorded.id))
    savedRuns = recorded.runs.count
  }

  /// Records a run of the analysis, unless it is already recorded; `violations` are what is broken in
  /// outcome in it.
  ///
  /// - Throws: `StoreError`, also where the recorded run is a different one.
  public mutating func record(_ execution: Execution, violations: [Violation]) throws(StoreError) {
    let scenario = execution.scenario
    guard numbers[scenario] == nil else { return }
    numbers[scenario] = numbers.count + 1
    let run = PendingRun(execution, violations, named: heading.question.namesProperties, &shared)
    switch try earlier.standing(of: run, taking: SavedCounts(of: shared)) {
    case .beginning: return
    case .repeated:
      saved = SavedCounts(of: shared)
      return
    case .replacing: try replaceRest()
    case .new: break
    }
    pending.append(run)
    assert(numbers.count == savedRuns + pending.count, "runs are written in the order of their numbers")
    if pending.count >= 64 { try flush() } else { try keepUp() }
  }

  /// Writes pending data if nothing has been written for `longestUnsaved`.
  public mutating func keepUp() throws(StoreError) {
    guard analysis == nil || !pending.isEmpty, lastFlush.duration(to: .now) > longestUnsaved else { return }
    try flush()
  }

  /// Makes the next transaction remove what an earlier process left and this one has not made again.
  private mutating func replaceRest() throws(StoreError) {
    guard try earlier.forgetRest() else { return }
    savedRuns = earlier.repeated
    replacesRest = true
  }

  /// Writes what has been recorded so far.
  public mutating func flush() throws(StoreError) {
    try save()
  }

  /// Records the answer, with its baseline and counterexamples, and ends the analysis. If a limit cut the
  /// search off before it came as far as an earlier one, the results of the earlier one stay.
  @discardableResult
  public mutating func finish(_ answer: Answer) throws(StoreError) -> AnalysisID {
    if let baseline = answer.baseline {
      let isShown = answer.verdict == .badBaseline || answer.counterexample?.faults.count == 0
      try record(baseline, violations: isShown ? answer.violations : [])
    }
    var minimum: [(run: Int, isMinimum: Bool)] = []
    for counterexample in answer.everyCounterexample {
      try record(counterexample.execution, violations: counterexample.violations)
      guard let run = numbers[counterexample.execution.scenario] else {
        preconditionFailure("what has just been recorded has a number")
      }
      minimum.append((run, counterexample.minimum))
    }
    if answer.limit?.kind.isCutOff != true {
      try replaceRest()
    } else if earlier.sayMore(than: answer) {
      return try save()
    }
    let path = store.path
    return try save { database, analysis in
      try database.finishAnalysis(analysis, answer)
      guard database.changesCount == 1 else {
        throw StoreError.missing(path: path, reason: "analysis \(analysis)")
      }
      try database.setMinimum(minimum, analysis: analysis)
    }
  }

  /// Writes the pending runs, and what ends the analysis, in one transaction.
  @discardableResult
  private mutating func save(ending end: ((Database, Int) throws -> Void)? = nil) throws(StoreError)
    -> AnalysisID
  {
    assert(
      !replacesRest || savedRuns == earlier.repeated, "only runs that this search does not make are replaced")
    let (heading, analysis, first) = (heading, analysis, savedRuns + 1)
    let (shared, saved, pending, replacesRest) = (shared, saved, pending, replacesRest)
    var claims = claims
    let written = try store.write { database in
      let number = try analysis?.number ?? database.insertAnalysis(heading)
      if analysis == nil {
        let own = try AnalysisClaims(database.path)
        claims = own
        _ = own.claim(number)
      }
      if replacesRest { try database.removeRuns(from: first, beyond: saved, analysis: number) }
      if !pending.isEmpty { try database.insert(shared, since: saved, analysis: number) }
      var insert = try RunInsert(pending, analysis: number, heading.question.bounds.nodes, in: database)
      for (offset, run) in pending.enumerated() { try insert.insert(run, number: first + offset) }
      try end?(database, number)
      if analysis == nil || end != nil { try database.updateDigest(ofAnalysis: number) }
      return AnalysisID(number)
    }
    (self.analysis, self.claims) = (written, claims)
    if !pending.isEmpty { self.saved = SavedCounts(of: shared) }
    savedRuns += pending.count
    self.pending.removeAll()
    self.replacesRest = false
    lastFlush = .now
    return written
  }
}

/// A run that is still to be written.
struct PendingRun: Sendable {
  let scenario: Scenario
  let role: RunRole
  /// What is violated as a JSON array: rows or, where properties have names, violations.
  let violated: String
  let ending: String
  /// Whether its budget ended the run before its last round.
  let isCutOff: Bool
  let contents: SharedTables.Contents
  let digest: String

  /// The record of `execution`, whose tuples and firings are added to `shared`.
  init(
    _ execution: Execution, _ violations: [Violation], named: Bool = false, _ shared: inout SharedTables
  ) {
    scenario = execution.scenario
    role = scenario.faults.count == 0 ? .baseline : violations.isEmpty ? .trial : .counterexample
    violated = (named ? .array(violations.map(JSON.init)) : JSON(rows: violations.rows)).line
    ending = execution.ending.words
    isCutOff = Ending.isCutOff(words: ending)
    assert(violations.isEmpty || execution.ending == .complete, "only a whole run is judged")
    contents = shared.enter(execution)
    assert(contents.tuples.count == execution.store.tupleCount, "every tuple is recorded")
    assert(contents.firings.count == execution.firingIDs.count, "every firing is recorded")
    var digest = RunDigest(scenario, execution.setting.nodes, role, violated: violated, ending)
    shared.add(contents, to: &digest)
    self.digest = digest.text
  }
}

extension RunDigest {
  /// The digest of a run in which nothing has happened yet.
  init(_ scenario: Scenario, _ nodes: Nodes, _ role: RunRole, violated: String, _ ending: String) {
    let lines = scenario.faults.faults.map { $0.text(nodes) } + scenario.inputs.facts.map(\.choiceText)
    self.init()
    add(Part((lines + [role.rawValue, violated, ending]).joined(separator: "\n")), at: 0)
  }
}

/// The number of entries of each shared table that are in the file.
struct SavedCounts: Equatable, Sendable {
  var symbols = 0, rows = 0, tuples = 0, absences = 0, firings = 0

  init() {}

  init(of shared: SharedTables) {
    (symbols, rows, tuples) = (shared.constants.count, shared.rows.count, shared.tuples.count)
    (absences, firings) = (shared.absences.count, shared.firings.count)
  }

  /// Whether each number is at most that of `other`.
  func isPart(of other: SavedCounts) -> Bool {
    symbols <= other.symbols && rows <= other.rows && tuples <= other.tuples && absences <= other.absences
      && firings <= other.firings
  }
}

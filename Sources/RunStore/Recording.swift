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
  /// A run that breaks the outcome, as the answer says.
  case counterexample
  /// A run that a search made on its way.
  case trial
}

extension RunStore {
  /// Begins the record of an analysis.
  public func begin(_ question: Question, strategy: String = "circuit") throws(StoreError) -> Recording {
    let analysis = try write { database in
      let program = try database.identify(question.program)
      try database.insertAnalysis(question, program: program, strategy: strategy)
      let analysis = AnalysisID(Int(database.lastInsertedRowID))
      try database.execute(
        sql: "INSERT INTO times (analysis, started) VALUES (?, ?)", arguments: [analysis.number, now()])
      return analysis
    }
    return Recording(self, analysis)
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
/// Runs are gathered and written together, because each transaction waits for the disk: after 64 of them or a
/// quarter of a second, on `flush`, and at the end.
public struct Recording: ~Copyable {
  /// The analysis.
  public let analysis: AnalysisID
  /// How many runs are on disk.
  public private(set) var savedRuns = 0

  private let store: RunStore
  private var shared = SharedTables()
  private var saved = SavedCounts()
  private var pending: [PendingRun] = []
  private var lastFlush = ContinuousClock.now

  init(_ store: RunStore, _ analysis: AnalysisID) {
    self.store = store
    self.analysis = analysis
  }

  /// Records a run of the analysis; `violated` are the rows that break the outcome in it.
  public mutating func record(
    _ execution: Execution, as role: RunRole = .trial, violated: [[Constant]], minimum: Bool? = nil
  ) throws(StoreError) {
    pending.append(
      PendingRun(
        execution: execution, role: role, violated: violated, minimum: minimum,
        contents: shared.enter(execution)))
    if pending.count >= 64 || lastFlush.duration(to: .now) > .milliseconds(250) { try flush() }
  }

  /// Writes what has been recorded so far.
  public mutating func flush() throws(StoreError) {
    try save { _ in }
  }

  /// Records the answer, with its baseline and counterexamples, and ends the analysis.
  public mutating func finish(_ answer: Answer) throws(StoreError) {
    gather(answer)
    let (number, path) = (analysis.number, store.path)
    try save { database in
      try database.finishAnalysis(number, answer)
      guard database.changesCount == 1 else {
        throw StoreError.missing(path: path, reason: "analysis \(number)")
      }
    }
  }

  private mutating func gather(_ answer: Answer) {
    if let baseline = answer.baseline {
      let violated = answer.verdict == .badBaseline ? answer.counterexamples.first?.violated ?? [] : []
      pending.append(
        PendingRun(
          execution: baseline, role: .baseline, violated: violated, minimum: nil,
          contents: shared.enter(baseline)))
    }
    for counterexample in answer.counterexamples where answer.verdict == .counterexample {
      pending.append(
        PendingRun(
          execution: counterexample.execution, role: .counterexample, violated: counterexample.violated,
          minimum: counterexample.minimum, contents: shared.enter(counterexample.execution)))
    }
  }

  /// Writes the pending runs and what `body` writes in one transaction.
  private mutating func save(_ body: (Database) throws -> Void) throws(StoreError) {
    let (number, first) = (analysis.number, savedRuns + 1)
    let (shared, saved, pending) = (shared, saved, pending)
    try store.write { database in
      try database.insert(shared, since: saved, analysis: number)
      for (offset, run) in pending.enumerated() {
        try database.insert(run, number: first + offset, analysis: number)
      }
      try body(database)
    }
    savedRuns += pending.count
    self.saved = SavedCounts(of: shared)
    self.pending.removeAll()
    lastFlush = .now
  }
}

/// A run that waits to be written.
struct PendingRun {
  let execution: Execution
  let role: RunRole
  let violated: [[Constant]]
  let minimum: Bool?
  let contents: SharedTables.Contents
}

/// How much of the shared tables is in the file.
struct SavedCounts {
  var symbols = 0, rows = 0, tuples = 0, absences = 0, firings = 0

  init() {}

  init(of shared: SharedTables) {
    (symbols, rows, tuples) = (shared.constants.count, shared.rows.count, shared.tuples.count)
    (absences, firings) = (shared.absences.count, shared.firings.count)
  }
}

/// The time as ISO 8601, in UTC.
private func now() -> String {
  var seconds = time(nil)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  var text = [CChar](repeating: 0, count: 32)
  let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
  return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension Database {
  /// The number of `program` in the file, a new one where these sources under these paths are new.
  fileprivate func identify(_ program: Program) throws -> Int {
    let digest = program.digest
    let paths = JSON.array(program.sources.map { .string($0.path) }).line
    let known = try Int.fetchOne(
      self, sql: "SELECT id FROM programs WHERE digest = ? AND paths = ?", arguments: [digest, paths])
    if let known { return known }
    try execute(sql: "INSERT INTO programs (digest, paths) VALUES (?, ?)", arguments: [digest, paths])
    let number = Int(lastInsertedRowID)
    try insertSources(of: program, number)
    try insertRules(of: program, number)
    return number
  }

  private func insertSources(of program: Program, _ number: Int) throws {
    var insert = try BulkInsert(into: "sources", columns: 5, in: self)
    for (position, source) in program.sources.enumerated() {
      insert.bind(number)
      insert.bind(position)
      insert.bind(source.path)
      insert.bind("sha256:" + source.digest)
      insert.bind(String(decoding: source.bytes, as: UTF8.self))
      try insert.insert()
    }
  }

  private func insertRules(of program: Program, _ number: Int) throws {
    var relations = try BulkInsert(into: "relations", columns: 5, in: self)
    for (id, relation) in Schema(program).entries.enumerated() {
      relations.bind(number)
      relations.bind(id)
      relations.bind(relation.name)
      relations.bind(relation.arity)
      relations.bind(relation.aggregateRule?.position)
      try relations.insert()
    }
    var rules = try BulkInsert(into: "rules", columns: 5, in: self)
    for id in program.rules.indices {
      let range = program.rules[id].range
      let source = program.sources[range.file]
      rules.bind(number)
      rules.bind(id.position)
      rules.bind(source.path)
      rules.bind(source.position(of: range.lower).line)
      rules.bind(String(decoding: source.bytes[range.lower..<range.upper], as: UTF8.self))
      try rules.insert()
    }
  }

  fileprivate func insertAnalysis(_ question: Question, program: Int, strategy: String) throws {
    let bounds = question.bounds
    try execute(
      sql: """
        INSERT INTO analyses (
          program, nodes, eot, eff, crashes, oracle, outcome, uses_pre, crash_view, strategy, fault_space)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        program, JSON.array(bounds.nodes.names.map { .string($0.string) }).line, bounds.eot, bounds.eff,
        bounds.crashes, question.oracle.rawValue, question.outcome.name, question.outcome.pre != nil,
        question.crashView.rawValue, strategy, String(bounds.faultSpace),
      ])
  }

  fileprivate func finishAnalysis(_ analysis: Int, _ answer: Answer) throws {
    let cost = answer.cost
    let costs: JSON = [
      "executions": .integer(cost.executions), "tuples": .integer(cost.tuples), "gates": .integer(cost.gates),
      "faultVariables": .integer(cost.faultVariables), "instances": .integer(cost.instances),
      "variables": .integer(cost.variables), "clauses": .integer(cost.clauses),
      "conflicts": .integer(cost.conflicts), "decisions": .integer(cost.decisions),
      "propagations": .integer(cost.propagations), "solverCalls": .integer(cost.solverCalls),
    ]
    let seconds: JSON = [
      "total": .decimal(cost.total), "grounding": .decimal(cost.grounding), "solving": .decimal(cost.solving),
      "confirming": .decimal(cost.confirming),
    ]
    try execute(
      sql: "UPDATE times SET finished = ?, seconds = ? WHERE analysis = ?",
      arguments: [now(), seconds.line, analysis])
    try execute(
      sql: """
        UPDATE analyses SET verdict = ?, vacuous = ?, harmless_up_to = ?, stopped_by = ?, costs = ? WHERE id = ?
        """,
      arguments: [
        answer.verdict.rawValue, answer.vacuous, answer.harmlessUpTo, answer.limit?.rawValue, costs.line,
        analysis,
      ])
  }
}

extension JSON {
  /// On one line: no string has a line break in it, and all that the writer breaks and indents may stand together.
  var line: String {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined(separator: " ")
  }
}

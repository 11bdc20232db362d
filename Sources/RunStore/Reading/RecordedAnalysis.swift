// A run is read, not repeated: numbers become tuples, firings and messages in the order in which they
// happened. The digest of what was read must equal the recorded one.

import Dedalus
import Evaluation
import GRDB
import Indices
import Properties
import Scenarios

/// An analysis as it was recorded, with the tables that its runs share.
public struct RecordedAnalysis: Sendable {
  /// The number of the analysis in the file.
  public let id: AnalysisID
  /// The question of the analysis, about the program as it was then.
  public let question: Question
  /// The runs of the analysis, in the order in which they were made.
  public let runs: [RunRecord]
  let shared: SharedTables
  let store: RunStore

  /// Everything that happened in `run`, one of `runs`.
  public func execution(of run: RunRecord) throws(StoreError) -> Execution {
    precondition(run.analysis == id, "a run belongs to one analysis")
    let recorded = try store.read { try self.record(of: run, $0) }
    guard let ending = Ending(words: recorded.ending) else { return try repeated(run) }
    var assembly = RunAssembly(question, run.scenario, shared)
    guard assembly.perform(recorded.contents) else {
      throw damage(run, "makes no sense")
    }
    return assembly.execution(ending)
  }

  /// Compares the record of every run with its digest.
  func verify() throws(StoreError) {
    try store.read { database in
      for run in runs { _ = try record(of: run, database) }
    }
  }

  private func record(of run: RunRecord, _ database: Database) throws -> RecordedRun {
    guard let recorded = try RecordedRun(run, shared, question.setting, database),
      recorded.digest == run.digest
    else { throw damage(run, "has changed") }
    return recorded
  }

  /// A run that ended with a failed computation. The record does not say what failed, so the run is repeated
  /// and compared.
  private func repeated(_ run: RunRecord) throws(StoreError) -> Execution {
    let execution = Evaluation.run(question.program, question.setting, under: run.scenario)
    var tables = SharedTables()
    guard PendingRun(execution, [], &tables).digest == run.digest else { throw damage(run, "has changed") }
    return execution
  }

  private func damage(_ run: RunRecord, _ what: String) -> StoreError {
    .damaged(
      path: store.path, reason: "what is on record of run \(run.number) of analysis \(id.number) \(what)")
  }
}

/// One run in the table of runs.
struct RecordedRun {
  let ending: String
  let contents: SharedTables.Contents
  /// The digest of the recorded run.
  let digest: String

  /// Reads `run` in `setting`, with the numbers of `shared`; nil where the numbers do not fit.
  init?(_ run: RunRecord, _ shared: SharedTables, _ setting: Setting, _ database: Database) throws {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM runs WHERE analysis = ? AND id = ?",
        arguments: [run.analysis.number, run.number]),
      let tuples = try row.numbers("tuples", below: shared.tuples.count),
      let firings = try row.numbers("firings", below: shared.firings.count)
    else { return nil }
    var losses: [SharedTables.Contents.Loss] = []
    for (fate, column) in StoreSchema.losses {
      guard let lost = try row.numbers(column, below: shared.firings.count) else { return nil }
      losses += lost.map { SharedTables.Contents.Loss(firing: $0, fate: fate) }
    }
    ending = try row.value("ending")
    contents = SharedTables.Contents(
      tuples: tuples, firings: firings, losses: losses.sorted { $0.firing < $1.firing })
    var digest = RunDigest(run.scenario, setting.nodes, run.role, violated: try row.value("violated"), ending)
    shared.add(contents, to: &digest)
    self.digest = digest.text
  }
}

extension Row {
  /// The numbers whose pieces `column` lists; nil where it has anything else, or a number that is not below
  /// `count`.
  fileprivate func numbers(_ column: String, below count: Int) throws -> [UInt32]? {
    let text: String = try value(column)
    return NumberList.readPieces(Array(text.utf8))?.numbers(below: count)
  }
}

/// Puts a run together from the numbers of its tuples, firings and messages.
private struct RunAssembly {
  private var assembly: ExecutionAssembly
  private let nodes: Nodes
  private let setting: Setting
  private let shared: SharedTables
  private var rows: [UInt32: RowID] = [:]
  private var tuples: [UInt32: TupleID] = [:]
  private var absences: [UInt32: AbsenceID] = [:]

  init(_ question: Question, _ scenario: Scenario, _ shared: SharedTables) {
    assembly = ExecutionAssembly(question.program, question.setting, under: scenario)
    nodes = question.bounds.nodes
    setting = question.setting
    self.shared = shared
  }

  func execution(_ ending: Ending) -> Execution { assembly.execution(ending) }

  /// Repeats everything that happened; false where something rests on what does not hold.
  mutating func perform(_ contents: SharedTables.Contents) -> Bool {
    for tuple in contents.tuples {
      guard let held = assembly.hold(row(of: tuple), in: Round(rawValue: shared.round(of: tuple))) else {
        return false
      }
      tuples[tuple] = held
    }
    let fates = Dictionary(
      contents.losses.map { ($0.firing, $0.fate) }, uniquingKeysWith: { first, _ in first })
    var next = 0
    while next < contents.firings.count {
      let copies = numberOfCopies(contents.firings[next...])
      guard fire(Array(contents.firings[next..<(next + copies)]), fates[contents.firings[next]] ?? .delivered)
      else { return false }
      next += copies
    }
    return true
  }

  /// 2 where the first two firings are those of one message that arrives twice, otherwise 1.
  private func numberOfCopies(_ firings: ArraySlice<UInt32>) -> Int {
    guard firings.count > 1 else { return 1 }
    let (first, second) = (
      Array(shared.firings[firings[firings.startIndex]]),
      Array(shared.firings[firings[firings.startIndex + 1]])
    )
    guard first[3] != 0, first.count == second.count, first[0] == second[0],
      shared.tuples[first[1], 0] == shared.tuples[second[1], 0], sent(first) == sent(second),
      shared.round(of: first[1]) < shared.round(of: second[1])
    else { return 1 }
    return first[2...3] == second[2...3]
      && first[SharedTables.firingWords...] == second[SharedTables.firingWords...] ? 2 : 1
  }

  /// The round in which the message of a firing is sent.
  private func sent(_ words: [UInt32]) -> Int { Int(shared.round(of: words[1])) - 1 - Int(words[4]) }

  /// Repeats the firings of one message, or a single firing of another kind.
  private mutating func fire(_ copies: [UInt32], _ fate: Fate) -> Bool {
    assert(1...2 ~= copies.count, "a message arrives at most twice, and so has at most two firings")
    var arrivals = Arrivals()
    var first: FiringID?
    for copy in copies {
      let words = Array(shared.firings[copy])
      let premises = words.dropFirst(SharedTables.firingWords).compactMap { premise($0) }
      let round = Round(rawValue: shared.round(of: words[1]))
      let head = fate == .delivered ? tuples[words[1]] : nil
      let isAfterEnd = words[3] != 0 && round > setting.eot
      guard premises.count == words.count - SharedTables.firingWords,
        fate != .delivered || head != nil || isAfterEnd
      else { return false }
      let rule = words[0] == SharedTables.staying ? nil : RuleID(rawValue: words[0])
      let fired = assembly.fire(rule, premises, head: head)
      first = first ?? fired
      if fate == .delivered, words[3] != 0 { arrivals.add(round) }
    }
    let words = Array(shared.firings[copies[0]])
    guard words[3] != 0 else { return fate == .delivered }
    guard let first, let receiver = node(words[3] - 1), sent(words) > 0 else { return false }
    assembly.send(
      Message(
        firing: first, sender: words[2] == 0 ? nil : node(words[2] - 1), receiver: receiver,
        sent: Round(sent(words)), row: row(of: words[1]), arrivals: arrivals, fate: fate))
    return true
  }

  private mutating func premise(_ word: UInt32) -> Premise? {
    guard word & SharedTables.absenceMark != 0 else { return tuples[word].map { .tuple($0) } }
    let number = word & ~SharedTables.absenceMark
    if let absence = absences[number] { return .absence(absence) }
    let absence = assembly.absence(shared.absence(number))
    absences[number] = absence
    return .absence(absence)
  }

  private mutating func row(of tuple: UInt32) -> RowID {
    let number = shared.tuples[tuple, 0]
    if let row = rows[number] { return row }
    let (relation, values) = shared.row(number)
    let row = assembly.row(relation, values)
    rows[number] = row
    return row
  }

  private func node(_ symbol: UInt32) -> NodeID? {
    guard case .string(let name) = shared.constants[Int(symbol)] else { return nil }
    return nodes.id(of: name)
  }
}

extension Ending {
  /// The ending, as it is in the table of runs.
  var words: String {
    switch self {
    case .complete: "complete"
    case .failed: "failed"
    case .exhausted(let resource, let round): "out of \(resource.rawValue) in round \(round.rawValue)"
    case .stopped(let round): "stopped in round \(round.rawValue)"
    }
  }

  /// Whether `words` describe the ending of a run that used up its budget or was stopped.
  static func isCutOff(words: String) -> Bool { words.hasPrefix("out of ") || words.hasPrefix("stopped ") }

  /// The ending that `words` describe; nil for a failure, whose details are not recorded, and for any other
  /// words.
  fileprivate init?(words: String) {
    let parts = words.split(separator: " ").map(String.init)
    let round = parts.last.flatMap { UInt32($0) }.map { Round(rawValue: $0) }
    let resource = parts.count == 6 ? Budget.Resource(rawValue: parts[2]) : nil
    if words == Self.complete.words {
      self = .complete
    } else if let round, words == Self.stopped(round).words {
      self = .stopped(round)
    } else if let round, let resource, words == Self.exhausted(resource, round).words {
      self = .exhausted(resource, round)
    } else {
      return nil
    }
  }
}

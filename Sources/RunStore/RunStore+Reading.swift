// A run is had again by running: the file holds the sources and the faults, and a run is a function of these. What
// comes out must be what was recorded, digest by digest, or the record is not believed.

import Dedalus
public import Evaluation
public import FaultInjection
import GRDB
import Indices

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
  /// When it began, in ISO 8601 and UTC.
  public let started: String
  /// When it ended; nil while it runs, and for ever if it was stopped.
  public let finished: String?
  /// The answer; nil like `finished`.
  public let verdict: Verdict?
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
  /// For a counterexample: whether fewer faults are proved harmless.
  public let minimum: Bool?
  /// The faults that it ran under.
  public let faults: FaultSet
  /// The digest of what held.
  public let digest: String
}

extension RunStore {
  /// Every analysis, in the order in which they began.
  public func analyses() throws(StoreError) -> [AnalysisRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT analyses.id, paths, digest, strategy, started, finished, verdict,
            (SELECT count(*) FROM runs WHERE analysis = analyses.id) AS runs
          FROM analyses JOIN programs ON programs.id = analyses.program JOIN times ON times.analysis = analyses.id
          ORDER BY analyses.id
          """
      ).map { row in
        AnalysisRecord(
          id: AnalysisID(row["id"]), paths: try database.list(row["paths"]), digest: row["digest"],
          strategy: row["strategy"], started: row["started"], finished: row["finished"],
          verdict: (row["verdict"] as String?).flatMap(Verdict.init(rawValue:)), runCount: row["runs"])
      }
    }
  }

  /// The runs of an analysis, in the order in which they were recorded.
  public func runs(of analysis: AnalysisID) throws(StoreError) -> [RunRecord] {
    let names = try self.names(of: analysis)
    return try read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, role, minimum, digest FROM runs WHERE analysis = ? ORDER BY id",
        arguments: [analysis.number]
      ).map { row in
        guard let role = RunRole(rawValue: row["role"]) else {
          throw StoreError.damaged(path: path, reason: "a run has no known role")
        }
        return RunRecord(
          analysis: analysis, number: row["id"], role: role, minimum: row["minimum"],
          faults: try faults(of: row["id"], analysis, Nodes(names), database), digest: row["digest"])
      }
    }
  }

  /// What the analysis asked, about the program as it was then.
  public func question(of analysis: AnalysisID) throws(StoreError) -> Question {
    let names = try self.names(of: analysis)
    let program = try self.program(of: analysis)
    return try read { database in
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT * FROM analyses WHERE id = ?", arguments: [analysis.number]),
        let oracle = Oracle(rawValue: row["oracle"]), let view = CrashView(rawValue: row["crash_view"])
      else { throw StoreError.damaged(path: path, reason: "analysis \(analysis.number) makes no sense") }
      let (usesPre, outcome) = (row["uses_pre"] as Bool, row["outcome"] as String)
      do {
        let bounds = try Bounds(
          eot: row["eot"], eff: row["eff"], crashes: row["crashes"], nodes: Nodes(names))
        return try Question(
          program: program, bounds: bounds, oracle: oracle, crashView: view, outcome: usesPre ? nil : outcome)
      } catch let error as InvalidQuestion {
        throw StoreError.damaged(path: path, reason: error.message)
      }
    }
  }

  /// The run, had again from the sources and faults on record. It is the same run: its digest is compared.
  public func execution(of run: RunRecord) throws(StoreError) -> Execution {
    let question = try question(of: run.analysis)
    let execution = Evaluation.run(question.program, question.setting, under: run.faults)
    guard execution.digest == run.digest else {
      throw .damaged(
        path: path,
        reason: "run \(run.number) of analysis \(run.analysis.number) does not come out as it was recorded")
    }
    return execution
  }

  /// Checks that the tuples on record for `run` are those whose digest was recorded with them.
  public func verify(_ run: RunRecord) throws(StoreError) {
    let tuples = try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT tuples.round, relations.name, ground_rows.symbols
          FROM run_tuples AS held
            JOIN tuples ON tuples.analysis = held.analysis AND tuples.id BETWEEN held.first AND held.last
            JOIN ground_rows ON ground_rows.analysis = tuples.analysis AND ground_rows.id = tuples.ground_row
            JOIN analyses ON analyses.id = tuples.analysis
            JOIN relations ON relations.program = analyses.program AND relations.id = ground_rows.relation
          WHERE held.analysis = ? AND held.run = ?
          """, arguments: [run.analysis.number, run.number]
      ).map { row in
        (round: row["round"] as Int, relation: row["name"] as String, symbols: row["symbols"] as String)
      }
    }
    let symbols = try self.symbols(of: run.analysis)
    var digest = RunDigest()
    for tuple in tuples {
      let values = tuple.symbols.utf8.split { !(48...57).contains($0) }
        .map { symbols[Int(String(Substring($0))) ?? -1] ?? .string("?") }
      digest.add(RunDigest.Part(tuple.relation, values, round: tuple.round))
    }
    guard digest.text == run.digest else {
      throw .damaged(
        path: path, reason: "the tuples of run \(run.number) of analysis \(run.analysis.number) have changed")
    }
  }

  // MARK: Parts

  private func names(of analysis: AnalysisID) throws(StoreError) -> [Text] {
    let list = try read { database in
      try String.fetchOne(
        database, sql: "SELECT nodes FROM analyses WHERE id = ?", arguments: [analysis.number]
      )
      .map { try database.list($0) }
    }
    guard let list else { throw .missing(path: path, reason: "analysis \(analysis.number)") }
    return list.map { Text($0) }
  }

  private func program(of analysis: AnalysisID) throws(StoreError) -> Program {
    let sources = try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT path, text, digest FROM sources WHERE program = (SELECT program FROM analyses WHERE id = ?)
          ORDER BY position
          """, arguments: [analysis.number]
      ).map { row in
        let source = SourceFile(path: row["path"], bytes: Array((row["text"] as String).utf8))
        guard "sha256:" + source.digest == row["digest"] else {
          throw StoreError.damaged(path: path, reason: "the text of '\(source.path)' has changed")
        }
        return source
      }
    }
    do {
      return try Program(rereading: sources)
    } catch {
      throw .damaged(path: path, reason: "the program of analysis \(analysis.number) is none any more")
    }
  }

  private func symbols(of analysis: AnalysisID) throws(StoreError) -> [Int: Constant] {
    try read { database in
      var symbols: [Int: Constant] = [:]
      let rows = try Row.fetchCursor(
        database, sql: "SELECT id, value FROM symbols WHERE analysis = ?", arguments: [analysis.number])
      while let row = try rows.next() {
        switch (row["value"] as DatabaseValue).storage {
        case .int64(let number): symbols[row["id"]] = .integer(number)
        case .string(let text): symbols[row["id"]] = .string(Text(text))
        default: throw StoreError.damaged(path: path, reason: "a symbol is neither a number nor a text")
        }
      }
      return symbols
    }
  }

  private func faults(of run: Int, _ analysis: AnalysisID, _ nodes: Nodes, _ database: Database) throws
    -> FaultSet
  {
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM faults WHERE analysis = ? AND run = ? ORDER BY position",
      arguments: [analysis.number, run])
    return FaultSet(
      try rows.map { row in
        let receiver = (row["receiver"] as String?).map { nodes.id(of: Text($0)) }
        guard let node = nodes.id(of: Text(row["node"])), let round = UInt32(exactly: row["round"] as Int64)
        else {
          throw StoreError.damaged(path: path, reason: "a fault of run \(run) names no node or round")
        }
        guard let receiver else { return .crash(node, Round(rawValue: round)) }
        guard let receiver else {
          throw StoreError.damaged(path: path, reason: "a fault of run \(run) names no node")
        }
        return .omission(from: node, to: receiver, Round(rawValue: round))
      })
  }
}

extension Database {
  /// The strings of a JSON array.
  fileprivate func list(_ json: String) throws -> [String] {
    try String.fetchAll(self, sql: "SELECT value FROM json_each(?) ORDER BY key", arguments: [json])
  }
}

import Answers
import Dedalus
import Documents
import Evaluation
import GRDB
import Indices
import Properties
import Scenarios
import Texts

/// Reads the tables of a store inside one transaction.
struct StoreReader {
  let database: Database
  private let path: String

  /// Reads from `database`, the store at `path`.
  init(_ database: Database, _ path: String) {
    self.database = database
    self.path = path
  }

  func analyses() throws -> [AnalysisRecord] {
    let records = try listedAnalyses()
    guard try Int.fetchOne(database, sql: "SELECT count(*) FROM times") == records.count else {
      throw damage("an analysis is missing")
    }
    return records
  }

  private func listedAnalyses() throws -> [AnalysisRecord] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT analyses.id, paths, programs.digest, strategy, options, started, finished, verdict, stopped_by,
          (SELECT count(*) FROM runs WHERE analysis = analyses.id) AS runs
        FROM analyses JOIN programs ON programs.id = analyses.program JOIN times ON times.analysis = analyses.id
        ORDER BY analyses.id
        """
    ).map { row in
      let id = AnalysisID(try row.value("id"))
      guard let strategy = Strategy.Name(rawValue: try row.value("strategy")),
        let plan = SearchPlan(strategy, options: try row.value("options"))
      else { throw damage("analysis \(id.number) was searched in no known way") }
      let limit = try limit(row.value("stopped_by"), of: id)
      return AnalysisRecord(
        id: id, paths: try database.list(row.value("paths")), digest: try row.value("digest"), plan: plan,
        started: try row.value("started"), finished: try row.value("finished"),
        verdict: try verdict(row.value("verdict"), of: id),
        cutOffBy: limit.flatMap { $0.isCutOff ? $0 : nil }, runCount: try row.value("runs"))
    }
  }

  private func verdict(_ word: String?, of analysis: AnalysisID) throws -> Verdict? {
    guard let word else { return nil }
    guard let verdict = Verdict(rawValue: word) else {
      throw damage("analysis \(analysis.number) has no verdict that there is")
    }
    return verdict
  }

  /// The limit that `words` name, as an analysis has them; nil where it was not stopped.
  func limit(_ words: String?, of analysis: AnalysisID) throws -> Limit.Kind? {
    guard let words else { return nil }
    guard let limit = Limit.Kind(rawValue: words) else {
      throw damage("analysis \(analysis.number) was stopped by no limit that there is")
    }
    return limit
  }

  func runs(of analysis: AnalysisID) throws -> [RunRecord] {
    let nodes = Nodes(try names(of: analysis))
    let faults = try self.faults(of: analysis, nodes)
    return try Row.fetchAll(
      database,
      sql: "SELECT id, role, inputs, minimum, ending, digest FROM runs WHERE analysis = ? ORDER BY id",
      arguments: [analysis.number]
    ).enumerated().map { position, row in
      let number = position + 1
      guard try row.value("id") == number, let role = RunRole(rawValue: try row.value("role")) else {
        throw damage("run \(number) of analysis \(analysis.number) has no role or no number")
      }
      guard let inputs = try inputs(row) else {
        throw damage("the inputs of run \(number) of analysis \(analysis.number) make no sense")
      }
      return RunRecord(
        analysis: analysis, number: number, role: role, minimum: try row.value("minimum"),
        scenario: Scenario(FaultSet(faults[number] ?? []), inputs),
        isCutOff: Ending.isCutOff(words: try row.value("ending")), digest: try row.value("digest"))
    }
  }

  func question(of analysis: AnalysisID) throws -> Question {
    let names = try names(of: analysis)
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM analyses WHERE id = ?", arguments: [analysis.number]),
      try row.value("digest") == database.digest(ofAnalysis: analysis.number)
    else { throw damage("what is on record of analysis \(analysis.number) has changed") }
    let recorded: String = try row.value("asked")
    guard let asked = try? AskedQuestion(record: StrictJSONReader.read(Array(recorded.utf8))),
      asked.bounds.nodes == Nodes(names)
    else { throw damage("the question of analysis \(analysis.number) makes no sense") }
    let program = try program(of: analysis)
    do throws(InvalidQuestion) {
      return try asked.question(about: program)
    } catch {
      throw damage(error.message)
    }
  }

  // MARK: Parts

  private func names(of analysis: AnalysisID) throws -> [Text] {
    let list = try String.fetchOne(
      database, sql: "SELECT nodes FROM analyses WHERE id = ?", arguments: [analysis.number])
    guard let list else { throw try absence(of: analysis) }
    return try database.list(list).map { Text($0) }
  }

  /// Why `analysis` cannot be found. On a damaged page SQLite may list a row that it does not find by its
  /// number.
  private func absence(of analysis: AnalysisID) throws -> StoreError {
    let times = try Int.fetchAll(database, sql: "SELECT analysis FROM times")
    return times.contains(analysis.number)
      ? damage("analysis \(analysis.number) is not found")
      : .missing(path: path, reason: "analysis \(analysis.number)")
  }

  private func program(of analysis: AnalysisID) throws -> Program {
    let sources = try Row.fetchAll(
      database,
      sql: """
        SELECT path, text, digest FROM sources WHERE program = (SELECT program FROM analyses WHERE id = ?)
        ORDER BY position
        """, arguments: [analysis.number]
    ).map { row in
      let text: String = try row.value("text")
      let source = SourceFile(path: try row.value("path"), bytes: Array(text.utf8))
      guard try row.value("digest") == "sha256:" + source.digest else {
        throw damage("the text of '\(source.path)' has changed")
      }
      return source
    }
    guard let program = try? Program(rereading: sources), try lists(program, of: analysis) else {
      throw damage("the program of analysis \(analysis.number) has changed")
    }
    return program
  }

  /// Whether the tables of programs, relations and rules agree with `program`, the program of `analysis`.
  private func lists(_ program: Program, of analysis: AnalysisID) throws -> Bool {
    let number = "(SELECT program FROM analyses WHERE id = ?)"
    let digest = try String.fetchOne(
      database, sql: "SELECT digest FROM programs WHERE id = \(number)", arguments: [analysis.number])
    let relations = try String.fetchAll(
      database, sql: "SELECT name || '/' || arity FROM relations WHERE program = \(number) ORDER BY id",
      arguments: [analysis.number])
    let rules = try String.fetchAll(
      database,
      sql: "SELECT file || ':' || line || ': ' || text FROM rules WHERE program = \(number) ORDER BY id",
      arguments: [analysis.number])
    return digest == program.digest && relations == Schema(program).entries.map { "\($0.name)/\($0.arity)" }
      && rules == program.rules.map { "\(program.place(of: $0)): \(program.text(of: $0))" }
  }

  /// The faults of each run, by the number of the run.
  private func faults(of analysis: AnalysisID, _ nodes: Nodes) throws -> [Int: [Fault]] {
    var faults: [Int: [Fault]] = [:]
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM faults WHERE analysis = ? ORDER BY run, position",
      arguments: [analysis.number])
    for row in rows {
      let run: Int = try row.value("run")
      guard let fault = try fault(row, nodes) else {
        throw damage("a fault of run \(run) of analysis \(analysis.number) makes no sense")
      }
      faults[run, default: []].append(fault)
    }
    return faults
  }

  /// What is chosen in the run of `row`; nil where that is no list of facts.
  private func inputs(_ row: Row) throws -> Inputs? {
    let texts = try database.list(row.value("inputs"))
    let facts = texts.compactMap { try? TimedFact($0) }
    return facts.count == texts.count ? Inputs(facts) : nil
  }

  /// The rounds that a record may name; more than any program runs.
  private static let rounds: ClosedRange<Int64> = 1...1_000_000

  private func fault(_ row: Row, _ nodes: Nodes) throws -> Fault? {
    let number: Int64 = try row.value("round")
    guard let round = UInt32(exactly: number).map({ Round(rawValue: $0) }), Self.rounds ~= number,
      let kind = KindID(named: try row.value("kind")),
      let subject = try subject(row, kind.meaning.subject, in: round, nodes)
    else { return nil }
    let (until, late): (Int?, Int?) = (try row.value("until"), try row.value("late"))
    switch (kind.meaning.measure, until, late) {
    case (nil, nil, nil): return Fault(kind, subject, round)
    case (.until, let until?, nil) where until > round.position && Self.rounds ~= Int64(until):
      return Fault(kind, subject, round, extent: until - round.position)
    case (.late, nil, let late?) where 1...Budgets.greatest ~= late:
      return Fault(kind, subject, round, extent: late)
    default: return nil
    }
  }

  /// What the fault in `row` strikes; nil where its columns do not fit `form`.
  private func subject(
    _ row: Row, _ form: Fault.Subject.Form, in round: Round, _ nodes: Nodes
  ) throws -> Fault.Subject? {
    func node(_ column: String) throws -> NodeID? {
      let name: String? = try row.value(column)
      return name.flatMap { nodes.id(of: Text($0)) }
    }
    let columns: [String?] = try ["node", "receiver", "side", "fact"].map { try row.value($0) }
    let present = columns.map { $0 != nil }
    switch form {
    case .node where present == [true, false, false, false]: return try node("node").map { .node($0) }
    case .link where present == [true, true, false, false]:
      guard let sender = try node("node"), let receiver = try node("receiver") else { return nil }
      return .link(Link(from: sender, to: receiver))
    case .side where present == [false, false, true, false]:
      let side = try database.list(columns[2] ?? "").map { nodes.id(of: Text($0)) }
      guard !side.isEmpty, !side.contains(nil) else { return nil }
      return .side(NodeSet(side.compactMap { $0 }))
    case .fact where present == [false, false, false, true]:
      guard let fact = try? TimedFact(columns[3] ?? ""), fact.round == round else { return nil }
      return .fact(fact.fact)
    default: return nil
    }
  }

  func damage(_ reason: String) -> StoreError { .damaged(path: path, reason: reason) }
}

extension Row {
  /// The value of `column`. Throws where it has another type, instead of trapping: a file may contain
  /// anything.
  func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    try decode(Value.self, forColumn: column)
  }
}

extension Database {
  /// The strings of a JSON array.
  fileprivate func list(_ json: String) throws -> [String] {
    try String.fetchAll(self, sql: "SELECT value FROM json_each(?) ORDER BY key", arguments: [json])
  }
}

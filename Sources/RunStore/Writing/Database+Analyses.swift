import Answers
import Dedalus
import Documents
import Evaluation
import Files
import GRDB
import Glibc
import Indices
import Properties

/// The current time in ISO 8601 and UTC.
func now() -> String {
  var seconds = time(nil)
  var parts = tm()
  gmtime_r(&seconds, &parts)
  var text = [CChar](repeating: 0, count: 32)
  let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
  return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension Database {
  /// The number of `program` in the file; a new one where these sources with these paths are new.
  func identify(_ program: Program) throws -> Int {
    if let known = try self.number(of: program) { return known }
    try execute(
      sql: "INSERT INTO programs (digest, paths) VALUES (?, ?)",
      arguments: [program.digest, program.pathList])
    let number = Int(lastInsertedRowID)
    try insertSources(of: program, number)
    try insertRules(of: program, number)
    return number
  }

  /// The number of `program` in the file; nil where these sources with these paths are not there.
  func number(of program: Program) throws -> Int? {
    try Int.fetchOne(
      self, sql: "SELECT id FROM programs WHERE digest = ? AND paths = ?",
      arguments: [program.digest, program.pathList])
  }

  private func insertSources(of program: Program, _ number: Int) throws {
    var insert = try BulkInsert(program.sources.count, into: "sources", columns: 5, in: self)
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
    let entries = Schema(program).entries
    var relations = try BulkInsert(entries.count, into: "relations", columns: 5, in: self)
    for (id, relation) in entries.enumerated() {
      relations.bind(number)
      relations.bind(id)
      relations.bind(relation.name)
      relations.bind(relation.arity)
      relations.bind(relation.aggregateRule?.position)
      try relations.insert()
    }
    var rules = try BulkInsert(program.rules.count, into: "rules", columns: 5, in: self)
    for id in program.rules.indices {
      let rule = program.rules[id]
      rules.bind(number)
      rules.bind(id.position)
      rules.bind(program.file(of: rule).path)
      rules.bind(program.line(of: rule))
      rules.bind(program.text(of: rule))
      try rules.insert()
    }
  }

  /// Inserts an analysis that has just begun, and its program where that is new; returns the number of the
  /// analysis. The caller must still set the digest of the row.
  func insertAnalysis(_ heading: AnalysisHeading) throws -> Int {
    let program = try identify(heading.question.program)
    try execute(
      sql: """
        INSERT INTO analyses (
          program, nodes, eot, eff, crashes, asked, oracle, outcome, uses_pre, crash_view, strategy, options,
          fault_space, digest)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')
        """,
      arguments: Self.arguments(heading.question, program: program, heading.plan)
        + [heading.question.bounds.faultSpaceText])
    let analysis = Int(lastInsertedRowID)
    try execute(
      sql: "INSERT INTO times (analysis, started) VALUES (?, ?)", arguments: [analysis, heading.started])
    return analysis
  }

  /// The unfinished analyses of the same question with the same search, in the order in which they began.
  func unfinishedAnalyses(
    _ question: Question, program: Int, _ plan: SearchPlan
  ) throws -> [Int] {
    try Int.fetchAll(
      self,
      sql: """
        SELECT id FROM analyses WHERE (\(Self.isUnfinished)) AND \(Self.sameQuestion) ORDER BY id
        """, arguments: Self.arguments(question, program: program, plan))
  }

  /// A condition on a row of `analyses`: it has no answer, or one that a limit cut short.
  private static let isUnfinished = """
    verdict IS NULL
    OR stopped_by IN (\(Limit.Kind.allCases.filter(\.isCutOff).listed))
    """

  /// A condition on a row of `analyses`: it has the question and the search that `arguments` describe.
  static let sameQuestion = """
    program = ? AND nodes = ? AND eot = ? AND eff = ? AND crashes = ? AND asked = ? AND oracle = ? AND outcome = ? AND uses_pre = ?
    AND crash_view = ? AND strategy = ? AND options = ?
    """

  /// The arguments of `sameQuestion`.
  static func arguments(
    _ question: Question, program: Int, _ plan: SearchPlan
  ) -> StatementArguments {
    let bounds = question.bounds
    return [
      program, JSON.array(bounds.nodes.names.map { .string($0.string) }).line, bounds.eot, bounds.eff,
      bounds.crashes, AskedQuestion(question).record.line, question.oracle.rawValue, question.outcome?.name,
      question.outcome?.pre != nil, question.crashView.rawValue, plan.strategy.name.rawValue, plan.options,
    ]
  }

  /// Sets the digest of an analysis to that of its current row.
  func updateDigest(ofAnalysis analysis: Int) throws {
    try execute(
      sql: "UPDATE analyses SET digest = ? WHERE id = ?",
      arguments: [try digest(ofAnalysis: analysis), analysis])
  }

  /// The digest of the record of an analysis, without its runs.
  func digest(ofAnalysis analysis: Int) throws -> String {
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT analyses.*, programs.digest AS sources, programs.paths,
          (SELECT group_concat(id || ' ' || minimum) FROM runs WHERE analysis = analyses.id AND minimum IS NOT NULL)
        FROM analyses LEFT JOIN programs ON programs.id = program WHERE analyses.id = ?
        """, arguments: [analysis])
    let text = rows.flatMap { row in
      row.lazy.filter { $0.0 != "digest" }.map { "\($0.0) \($0.1.text)" }
    }.joined(separator: "\n")
    return SHA256.hexadecimalDigest(of: Array(text.utf8))
  }

  func finishAnalysis(_ analysis: Int, _ answer: Answer) throws {
    try execute(
      sql: "UPDATE times SET finished = ?, seconds = ? WHERE analysis = ?",
      arguments: [now(), JSON(seconds: answer.cost).line, analysis])
    try execute(
      sql: """
        UPDATE analyses SET verdict = ?, vacuous = ?, harmless_up_to = ?, stopped_by = ?, costs = ? WHERE id = ?
        """,
      arguments: [
        answer.verdict.rawValue, answer.isVacuous, answer.harmlessUpTo, answer.limit?.kind.rawValue,
        JSON(counters: answer.cost).line, analysis,
      ])
  }

  /// Records for these runs whether every smaller fault set is proved harmless, and clears that for the other
  /// runs of the analysis.
  func setMinimum(_ runs: [(run: Int, isMinimum: Bool)], analysis: Int) throws {
    try execute(sql: "UPDATE runs SET minimum = NULL WHERE analysis = ?", arguments: [analysis])
    for (run, isMinimum) in runs {
      try execute(
        sql: "UPDATE runs SET minimum = ? WHERE analysis = ? AND id = ?",
        arguments: [isMinimum, analysis, run])
    }
  }

  /// Removes the answer of an analysis.
  func withdrawAnswer(ofAnalysis analysis: Int) throws {
    try execute(
      sql: """
        UPDATE analyses SET verdict = NULL, vacuous = NULL, harmless_up_to = NULL, stopped_by = NULL, costs = NULL
        WHERE id = ?
        """, arguments: [analysis])
    try setMinimum([], analysis: analysis)
    try execute(
      sql: "UPDATE times SET finished = NULL, seconds = NULL WHERE analysis = ?", arguments: [analysis])
    try updateDigest(ofAnalysis: analysis)
  }
}

extension JSON {
  /// The document on one line. No string contains a line break, so the lines that the writer breaks and
  /// indents can be joined.
  var line: String {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined(separator: " ")
  }
}

extension DatabaseValue {
  /// The value as text that shows its type.
  fileprivate var text: String {
    switch storage {
    case .null: "-"
    case .int64(let number): String(number)
    case .double(let number): "\(number)."
    case .string(let text): text.debugDescription
    case .blob(let data): "\(Array(data))"
    }
  }
}

extension Program {
  /// The paths of its sources, a JSON array on one line.
  fileprivate var pathList: String { JSON.array(sources.map { .string($0.path) }).line }

  func file(of rule: Rule) -> SourceFile { sources[rule.range.file] }

  /// The line on which `rule` begins.
  func line(of rule: Rule) -> Int { file(of: rule).position(of: rule.range.lower).line }

  /// `file:line`
  func place(of rule: Rule) -> String { "\(file(of: rule).path):\(line(of: rule))" }

  /// The source text of `rule`.
  func text(of rule: Rule) -> String {
    String(decoding: file(of: rule).bytes[rule.range.lower..<rule.range.upper], as: UTF8.self)
  }
}

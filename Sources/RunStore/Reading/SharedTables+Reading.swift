// Reads the tables that the runs of an analysis share. Numbers are used as array indices here, so each is
// checked first: a file may contain anything.

import Dedalus
import Evaluation
import GRDB
import Indices
import Properties
import Texts

extension SharedTables {
  /// Reads the tables of `analysis`, which asks `question`, from the store at `path`.
  init(reading database: Database, _ analysis: AnalysisID, of question: Question, _ path: String) throws {
    self.init()
    var reader = SharedTableReader(database, analysis.number, question, path)
    try reader.readSymbols(into: &self)
    try reader.readRows(into: &self)
    try reader.readTuples(into: &self)
    try reader.readAbsences(into: &self)
    try reader.readFirings(into: &self)
    assert(isConsistent, "what was read has one part of the digest each, as what is recorded has")
  }
}

/// Reads the shared tables one by one.
private struct SharedTableReader {
  private let database: Database
  private let analysis: Int
  private let question: Question
  private let schema: Schema
  private let path: String
  private var buffer = WordBuffer()

  init(_ database: Database, _ analysis: Int, _ question: Question, _ path: String) {
    self.database = database
    self.analysis = analysis
    self.question = question
    self.path = path
    schema = Schema(question.program)
  }

  func readSymbols(into tables: inout SharedTables) throws {
    var select = try BulkSelect(
      "SELECT id, value FROM symbols WHERE analysis = ? ORDER BY id", analysis, in: database)
    while try select.next() {
      let constant =
        select.integer(1).map { Constant.integer($0) } ?? select.text(1).map { .string(Text($0)) }
      guard let constant, select.number(0) == tables.symbol(of: constant) else { throw damage("a symbol") }
    }
  }

  mutating func readRows(into tables: inout SharedTables) throws {
    var select = try BulkSelect(
      "SELECT id, relation, symbols FROM ground_rows WHERE analysis = ? ORDER BY id", analysis, in: database)
    while try select.next() {
      guard let relation = relation(select.number(1)), let symbols = select.list(2),
        symbols.count == schema[relation].arity
      else { throw damage("a row") }
      buffer.begin(with: relation.rawValue)
      for symbol in symbols {
        guard let symbol, symbol < tables.constants.count else { throw damage("a row") }
        buffer.append(symbol)
      }
      guard select.number(0) == tables.row(buffer) else { throw damage("a row") }
    }
  }

  mutating func readTuples(into tables: inout SharedTables) throws {
    var select = try BulkSelect(
      "SELECT id, ground_row, round FROM tuples WHERE analysis = ? ORDER BY id", analysis, in: database)
    while try select.next() {
      guard let row = select.number(1), row < tables.rows.count, let round = select.number(2),
        1...question.setting.eot.rawValue ~= round
      else { throw damage("a tuple") }
      buffer.begin(with: row)
      buffer.append(round)
      guard select.number(0) == tables.tuple(buffer, in: schema) else { throw damage("a tuple") }
    }
  }

  mutating func readAbsences(into tables: inout SharedTables) throws {
    var select = try BulkSelect(
      "SELECT id, relation, round, symbols FROM absences WHERE analysis = ? ORDER BY id", analysis,
      in: database)
    while try select.next() {
      guard let relation = relation(select.number(1)), let round = select.number(2),
        let symbols = select.list(3),
        symbols.count == schema[relation].arity
      else { throw damage("an absence") }
      buffer.begin(with: relation.rawValue)
      buffer.append(round)
      for symbol in symbols {
        guard symbol ?? 0 < tables.constants.count else { throw damage("an absence") }
        buffer.append(symbol.map { $0 + 1 } ?? 0)
      }
      guard select.number(0) == tables.absence(buffer, in: schema) else { throw damage("an absence") }
    }
  }

  mutating func readFirings(into tables: inout SharedTables) throws {
    var select = try BulkSelect(
      """
      SELECT id, rule, head, sender, receiver, late, premises, absences FROM firings WHERE analysis = ? ORDER BY id
      """, analysis, in: database)
    while try select.next() {
      guard let rule = rule(select), let head = select.number(2), head < tables.tuples.count,
        let sender = node(select, 3, tables), let receiver = node(select, 4, tables),
        let late = receiver == 0 ? (select.isNull(5) ? 0 : nil) : select.number(5),
        late + 1 < tables.round(of: head) || receiver == 0,
        let premises = select.list(6), let absences = select.list(7)
      else { throw damage("a firing") }
      buffer.begin(with: rule)
      for word in [head, sender, receiver, late] { buffer.append(word) }
      for premise in premises {
        guard let premise, premise < tables.tuples.count else { throw damage("a firing") }
        buffer.append(premise)
      }
      for absence in absences {
        guard let absence, absence < tables.absences.count else { throw damage("a firing") }
        buffer.append(absence | SharedTables.absenceMark)
      }
      guard select.number(0) == tables.firing(buffer) else { throw damage("a firing") }
    }
  }

  // MARK: Parts

  private func relation(_ number: UInt32?) -> RelationID? {
    number.flatMap { $0 < schema.entries.count ? RelationID(rawValue: $0) : nil }
  }

  /// The number of the rule in column 1, or that of a row that stays; nil where the program has no such rule.
  private func rule(_ select: borrowing BulkSelect) -> UInt32? {
    if select.isNull(1) { return SharedTables.staying }
    return select.number(1).flatMap { $0 < question.program.rules.count ? $0 : nil }
  }

  /// 1 + the symbol of the node in `column`, or 0 for none; nil where the value is not a node.
  private func node(_ select: borrowing BulkSelect, _ column: Int32, _ tables: SharedTables) -> UInt32? {
    if select.isNull(column) { return 0 }
    guard let symbol = select.number(column), symbol < tables.constants.count,
      case .string(let name) = tables.constants[Int(symbol)], question.bounds.nodes.id(of: name) != nil
    else { return nil }
    return symbol + 1
  }

  private func damage(_ what: String) -> StoreError {
    .damaged(path: path, reason: "\(what) of analysis \(analysis) makes no sense")
  }
}

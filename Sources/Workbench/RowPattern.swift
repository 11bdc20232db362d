// A row pattern in a call: `post("Data1")`, `log(_, "x")`, `vote("a", 3)@4`. It is written as in a program,
// with `_` for any value.

import Dedalus
import Evaluation
import Lineage
import Properties
import Scenarios
import Texts

/// A pattern of rows in one round.
package struct RowPattern {
  let relation: String
  /// A value for each column; nil for any value.
  package let columns: [Constant?]
  /// The round; nil for the last round.
  package let round: Int?

  /// The pattern that `text` describes.
  package init(_ text: String) throws(Refusal) {
    var reader = Reader(scalars: Array(text.unicodeScalars))
    guard let pattern = reader.pattern() else {
      throw .call(
        "bad-row", "'\(text)' is no row",
        fix: "write it as in a program, with strings in double quotes: 'post(\"Data1\")', 'log(_, 3)@4'")
    }
    self = pattern
  }

  private init(relation: String, columns: [Constant?], round: Int?) {
    self.relation = relation
    self.columns = columns
    self.round = round
  }

  /// The tuples of `execution` that match. Throws where there are none, or where the program has no such
  /// relation.
  package func tuples(in execution: Execution) throws(Refusal) -> [TupleID] {
    let (id, round) = try place(in: execution)
    let found = matches(of: id, in: round, of: execution)
    guard !found.isEmpty else {
      try refuseCut(execution, in: round)
      throw .call(
        "no-such-row", "\(text) does not hold in round \(round.rawValue) of this run",
        fix: round <= execution.setting.eot ? "--why-not instead of --row shows what it lacks" : nil)
    }
    return found
  }

  /// Why no row of the pattern holds in `execution`; `baseline` is the run without its faults, where it has
  /// been made. Throws where one does, or where the program has no such relation.
  package func absence(in execution: Execution, beside baseline: Execution?) throws(Refusal) -> WhyNot {
    try check(within: execution.setting.eot.position)
    let (id, round) = try place(in: execution)
    guard matches(of: id, in: round, of: execution).isEmpty else {
      throw .call(
        "row-holds", "\(text) holds in round \(round.rawValue) of this run",
        fix: "why it does shows 'faultline graph' with --row '\(text)@\(round.rawValue)'")
    }
    try refuseCut(execution, in: round)
    return WhyNot(id, columns, in: round, of: execution, beside: baseline)
  }

  /// Throws where the pattern names a round that runs of so many rounds do not have.
  package func check(within eot: Int) throws(Refusal) {
    guard let round, round > eot else { return }
    throw .call(
      "no-such-round", "the run has \(counted(eot, "round"))",
      fix: "ask for one of them, as in '\(text)@\(eot)'")
  }

  private func place(in execution: Execution) throws(Refusal) -> (relation: RelationID, round: Round) {
    (try relation(in: execution.program), round.map { Round($0) } ?? execution.setting.eot)
  }

  private func matches(of relation: RelationID, in round: Round, of execution: Execution) -> [TupleID] {
    execution.tuples(of: relation, in: round).filter {
      columns.matches(execution.values(of: execution.store.row(of: $0)))
    }
  }

  private func refuseCut(_ execution: Execution, in round: Round) throws(Refusal) {
    guard let cut = execution.ending.cut, cut.round <= round else { return }
    throw .call(
      "cut-run", "whether \(text) holds in round \(round.rawValue) is not known: \(cut.words)",
      fix: cut.round.rawValue > 1
        ? "ask for a row of an earlier round, as in '\(text)@\(cut.round.rawValue - 1)'"
        : "'faultline run' shows what there is of it")
  }

  /// The relation of the pattern, which `program` must have with the same number of columns.
  package func relation(in program: Program) throws(Refusal) -> RelationID {
    do throws(InvalidQuestion) {
      return try match.relation(in: program)
    } catch {
      throw .question(error)
    }
  }

  /// The rows of the pattern; without a round, those of any round.
  package var match: RowMatch { RowMatch(relation, columns, in: round) }

  /// The pattern without its round.
  private var text: String { RowMatch(relation, columns).text }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    var next = 0

    mutating func pattern() -> RowPattern? {
      guard let name = word(), passes("(") else { return nil }
      var columns: [Constant?] = []
      repeat {
        guard let column = column() else { return nil }
        columns.append(column)
      } while passes(",")
      guard passes(")") else { return nil }
      var round: Int?
      if passes("@") {
        guard let number = word().flatMap(wholeNumber), 1...1_000_000_000 ~= number else { return nil }
        round = number
      }
      skipSpace()
      return next == scalars.count ? RowPattern(relation: name, columns: columns, round: round) : nil
    }

    /// Reads a column: a value, `.some(nil)` for `_`, nil for anything else.
    private mutating func column() -> Constant?? {
      if passes("\"") {
        let start = next
        while next < scalars.count, scalars[next] != "\"" { next += 1 }
        let string = text(start..<next)
        return passes("\"") ? .some(.string(Text(string))) : nil
      }
      let sign = passes("-") ? "-" : ""
      guard let word = word() else { return nil }
      if word == "_", sign.isEmpty { return .some(nil) }
      return Int64(sign + word).map { .some(.integer($0)) }
    }

    private mutating func word() -> String? {
      skipSpace()
      let start = next
      while next < scalars.count, isPartOfWord(scalars[next]) { next += 1 }
      return next > start ? text(start..<next) : nil
    }

    private func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_.?".unicodeScalars.contains(scalar))
    }

    private mutating func passes(_ scalar: Unicode.Scalar) -> Bool {
      skipSpace()
      guard next < scalars.count, scalars[next] == scalar else { return false }
      next += 1
      return true
    }

    private mutating func skipSpace() {
      while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    }

    private func text(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
  }
}

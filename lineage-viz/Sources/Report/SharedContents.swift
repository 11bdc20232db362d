// What the runs of one analysis share is in a report once: rows, tuples, absences and firings, numbered from
// 0 in order of first appearance. A run is then a few ranges of numbers, however much happens in it, because
// most of it happens in the first run as well. (The store numbers its tables in the same way and for the same
// reason, but for SQL; these tables are for the page.)

import Dedalus
import Documents
import Evaluation
import Indices
import Scenarios

/// The tuples and firings of all runs of an analysis.
struct SharedContents {
  private var symbols: [Constant: UInt32] = [:]
  private var constants: [Constant] = []
  /// Each row: the relation, then a symbol for each column.
  private var rows = WordTable(capacity: 256)
  /// Each tuple: the row, then the round.
  private var tuples = WordTable(capacity: 1024)
  /// Each absence: relation, round, then for each column 0 for any value, or 1 + symbol.
  private var absences = WordTable(capacity: 64)
  /// Each firing: rule, head, 1 + sender, 1 + receiver (0 for none), by how many rounds its message comes
  /// late, then premises; the top bit marks absences.
  private var firings = WordTable(capacity: 1024)

  /// The number of words of a firing before its premises.
  private static let headLength = 5
  private static let absenceMark: UInt32 = 1 << 31
  /// The word for a message that would arrive after the last round.
  private static let afterEnd = "after-end"
  /// Stands for no rule: a row stays.
  private static let staying = UInt32.max

  /// The numbers of what happened in one run.
  struct Run {
    var tuples: [UInt32] = []
    var firings: [UInt32] = []
    /// The firings whose messages do not arrive in the run, each with the word for the reason.
    var lost: [(firing: UInt32, reason: String)] = []
  }

  /// Adds a run to the tables and returns its numbers.
  mutating func enter(_ execution: Execution) -> Run {
    var run = Run()
    let store = execution.store
    let rows = (0..<store.rowCount).map { enter(row: RowID($0), of: execution) }
    run.tuples = store.tuples.map { number(of: rows[store.row(of: $0).position], store.round(of: $0)) }
    var absences: [AbsenceID: UInt32] = [:]
    for firing in execution.firingIDs {
      let message = execution.message(of: firing)
      let head =
        execution.head(of: firing).map { run.tuples[$0.position] }
        ?? message.map { number(of: rows[$0.row.position], $0.sent.next) }
      guard let head else { preconditionFailure("only the firing of a lost message has no head") }
      var words = WordBuffer([
        execution.rule(of: firing)?.rawValue ?? Self.staying, head,
        message?.sender.map { $0.rawValue + 1 } ?? 0,
        message.map { $0.receiver.rawValue + 1 } ?? 0,
        message.map { tuples[head, 1] - $0.sent.rawValue - 1 } ?? 0,
      ])
      for premise in execution.premises(of: firing) {
        switch premise {
        case .tuple(let tuple): words.append(run.tuples[tuple.position])
        case .absence(let absence):
          let entered = absences[absence] ?? enter(execution.absence(absence))
          absences[absence] = entered
          words.append(entered | Self.absenceMark)
        }
      }
      let entered = firings.intern(words)
      if execution.head(of: firing) != nil {
        run.firings.append(entered)
      } else if let message {
        run.lost.append((entered, message.fate == .delivered ? Self.afterEnd : message.fate.rawValue))
      }
    }
    return run
  }

  /// The number of the tuple of `relation` with `values` in `round`; nil where no run has it.
  func tuple(_ relation: RelationID, _ values: [Constant], in round: Round) -> Int? {
    var words = WordBuffer([relation.rawValue])
    for value in values {
      guard let symbol = symbols[value] else { return nil }
      words.append(symbol)
    }
    guard let row = rows.find(words) else { return nil }
    return tuples.find(WordBuffer([row, round.rawValue])).map { Int($0) }
  }

  private mutating func enter(row: RowID, of execution: Execution) -> UInt32 {
    var words = WordBuffer([execution.store.relation(of: row).rawValue])
    for value in execution.values(of: row) { words.append(symbol(of: value)) }
    return rows.intern(words)
  }

  private mutating func number(of row: UInt32, _ round: Round) -> UInt32 {
    tuples.intern(WordBuffer([row, round.rawValue]))
  }

  private mutating func enter(_ absence: Absence) -> UInt32 {
    var words = WordBuffer([absence.relation.rawValue, absence.round.rawValue])
    for value in absence.pattern { words.append(value.map { symbol(of: $0) + 1 } ?? 0) }
    return absences.intern(words)
  }

  private mutating func symbol(of constant: Constant) -> UInt32 {
    if let symbol = symbols[constant] { return symbol }
    let symbol = UInt32(constants.count)
    constants.append(constant)
    symbols[constant] = symbol
    return symbol
  }
}

// MARK: As the page reads it

extension SharedContents {
  /// The tables as members of an object.
  func members(nodes: Nodes) -> [JSON.Member] {
    let nodeNumbers = Dictionary(nodes.ids.map { (nodes[$0], $0.position) }, uniquingKeysWith: { $1 })
    let rows = (0..<UInt32(rows.count)).map { number -> JSON in
      let (relation, columns) = (self.rows[number].first ?? 0, self.rows[number].dropFirst())
      let values = columns.map { constants[Int($0)] }
      let node = if case .string(let name)? = values.first { nodeNumbers[name] } else { nil as Int? }
      return .array(
        [.integer(Int(relation)), .integer(node ?? -1)]
          + values.map { .string($0.description.showingEverything) })
    }
    let tuples = (0..<UInt32(tuples.count)).flatMap { number in self.tuples[number].map { Int($0) } }
    return [
      .init(key: "rows", value: .array(rows)), .init(key: "tuples", value: JSON(tuples)),
      .init(key: "absences", value: .array((0..<UInt32(absences.count)).map(absence))),
      .init(key: "firings", value: .array((0..<UInt32(firings.count)).map(firing))),
    ]
  }

  /// Relation and round, then a text for each column, or null for any value.
  private func absence(_ number: UInt32) -> JSON {
    let words = absences[number].map { Int($0) }
    return .array(
      words.prefix(2).map { .integer($0) }
        + words.dropFirst(2).map { word in
          word == 0 ? .null : .string(constants[word - 1].description.showingEverything)
        })
  }

  /// Rule (−1 for a row that stays), head, sender, receiver (−1 for none), lateness, then tuples, or −1 − the
  /// number of an absence.
  private func firing(_ number: UInt32) -> JSON {
    let words = Array(firings[number])
    let premises = words.dropFirst(Self.headLength).map { word in
      word & Self.absenceMark == 0 ? Int(word) : -1 - Int(word & ~Self.absenceMark)
    }
    let rule = words[0] == Self.staying ? -1 : Int(words[0])
    return JSON([rule, Int(words[1]), Int(words[2]) - 1, Int(words[3]) - 1, Int(words[4])] + premises)
  }

  /// The relations of which some run has rows.
  var relations: Set<Int> {
    Set((0..<UInt32(rows.count)).compactMap { self.rows[$0].first.map { Int($0) } })
  }
}

extension SharedContents.Run {
  /// Ascending `numbers` as ranges, each given by its first and last number.
  static func ranges(of numbers: [UInt32]) -> [Int] {
    var ranges: [Int] = []
    for number in numbers.sorted().map({ Int($0) }) {
      if let last = ranges.last, number <= last + 1 {
        ranges[ranges.count - 1] = max(number, last)
      } else {
        ranges += [number, number]
      }
    }
    return ranges
  }

  /// The run as members of an object.
  var members: [JSON.Member] {
    [
      .init(key: "tuples", value: JSON(Self.ranges(of: tuples))),
      .init(key: "firings", value: JSON(Self.ranges(of: firings))),
      .init(
        key: "lost",
        value: .array(lost.map { .array([.integer(Int($0.firing)), .string($0.reason)]) })),
    ]
  }
}

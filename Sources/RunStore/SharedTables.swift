import Dedalus
import Evaluation
import Indices

/// What the runs of one analysis share, each thing once and numbered from 0 in order of first appearance.
struct SharedTables {
  private(set) var constants: [Constant] = []
  private var symbols: [Constant: UInt32] = [:]
  /// Relation, then a symbol for each column.
  private(set) var rows = WordTable(capacity: 256)
  /// Row, round.
  private(set) var tuples = WordTable(capacity: 1024)
  /// What each tuple contributes to the digest of a run.
  private(set) var parts: [RunDigest.Part] = []
  /// Relation, round, then for each column 0 for any value, or 1 + symbol.
  private(set) var absences = WordTable(capacity: 64)
  /// Rule, head, 1 + sender, 1 + receiver (0 for none), then premises; the top bit marks absences.
  private(set) var firings = WordTable(capacity: 1024)

  static let absenceMark: UInt32 = 1 << 31

  /// The numbers of everything that happened in one run.
  struct Contents {
    var tuples: [UInt32] = []
    var firings: [UInt32] = []
    var losses: [Loss] = []
    var digest = RunDigest()

    /// A firing whose message was lost, and the tuple that it would have become.
    struct Loss {
      let head: UInt32
      let firing: UInt32
      let fate: Fate
    }
  }

  /// Enters a run. The tables are moved, not copied: they may be large and the run small.
  mutating func enter(_ execution: Execution) -> Contents {
    let tables = self
    self = SharedTables()
    var translation = RunTranslation(execution, into: tables)
    translation.translate()
    self = translation.tables
    return translation.contents
  }

  mutating func symbol(of constant: Constant) -> UInt32 {
    if let symbol = symbols[constant] { return symbol }
    let symbol = UInt32(constants.count)
    constants.append(constant)
    symbols[constant] = symbol
    return symbol
  }

  mutating func row(_ words: WordBuffer) -> UInt32 { rows.intern(words) }
  mutating func tuple(_ words: WordBuffer, part: @autoclosure () -> RunDigest.Part) -> UInt32 {
    let tuple = tuples.intern(words)
    if Int(tuple) == parts.count { parts.append(part()) }
    return tuple
  }
  mutating func absence(_ words: WordBuffer) -> UInt32 { absences.intern(words) }
  mutating func firing(_ words: WordBuffer) -> UInt32 { firings.intern(words) }
}

/// Turns the numbers of one execution into those of its analysis.
private struct RunTranslation {
  var tables: SharedTables
  var contents = SharedTables.Contents()

  private let execution: Execution
  private var rows: IndexedArray<RowID, UInt32> = []
  private var absences: [AbsenceID: UInt32] = [:]
  private var buffer = WordBuffer()

  init(_ execution: Execution, into tables: consuming SharedTables) {
    self.execution = execution
    self.tables = tables
  }

  mutating func translate() {
    let store = execution.store
    for position in 0..<store.rowCount { rows.append(enterRow(RowID(position))) }
    for tuple in store.tuples {
      let number = enterTuple(store.row(of: tuple), store.round(of: tuple))
      contents.tuples.append(number)
      contents.digest.add(tables.parts[Int(number)])
    }
    var messages = execution.messages[...]
    for firing in execution.firingIDs {
      let message = messages.first?.firing == firing ? messages.popFirst() : nil
      enterFiring(firing, message)
    }
    assert(messages.isEmpty, "messages are listed in the order of their firings")
  }

  private mutating func enterRow(_ row: RowID) -> UInt32 {
    var words = WordBuffer([execution.store.relation(of: row).rawValue])
    for value in execution.values(of: row) { words.append(tables.symbol(of: value)) }
    return tables.row(words)
  }

  private mutating func enterTuple(_ row: RowID, _ round: Round) -> UInt32 {
    buffer.begin(with: rows[row])
    buffer.append(round.rawValue)
    return tables.tuple(buffer, part: execution.part(row, round))
  }

  private mutating func enterFiring(_ firing: FiringID, _ message: Message?) {
    let head: UInt32
    if let tuple = execution.head(of: firing) {
      head = contents.tuples[tuple.position]
    } else if let message {
      head = enterTuple(message.row, message.sent.next)
    } else {
      preconditionFailure("only the firing of a lost message has no head")
    }
    buffer.begin(with: execution.rule(of: firing).rawValue)
    buffer.append(head)
    buffer.append(message?.sender.map { node(of: $0) + 1 } ?? 0)
    buffer.append(message.map { node(of: $0.receiver) + 1 } ?? 0)
    for premise in execution.premises(of: firing) {
      switch premise {
      case .tuple(let tuple): buffer.append(contents.tuples[tuple.position])
      case .absence(let absence): buffer.append(number(of: absence) | SharedTables.absenceMark)
      }
    }
    let number = tables.firing(buffer)
    if let message, message.fate != .delivered {
      contents.losses.append(.init(head: head, firing: number, fate: message.fate))
    } else {
      contents.firings.append(number)
    }
  }

  private mutating func node(of node: NodeID) -> UInt32 {
    tables.symbol(of: .string(execution.setting.nodes[node]))
  }

  private mutating func number(of id: AbsenceID) -> UInt32 {
    if let number = absences[id] { return number }
    let absence = execution.absence(id)
    var words = WordBuffer([absence.relation.rawValue, absence.round.rawValue])
    for value in absence.pattern { words.append(value.map { tables.symbol(of: $0) + 1 } ?? 0) }
    let number = tables.absence(words)
    absences[id] = number
    return number
  }
}

/// Ascending `numbers`, without duplicates, as ranges.
func ranges(of numbers: [UInt32]) -> [ClosedRange<UInt32>] {
  var ranges: [ClosedRange<UInt32>] = []
  for number in numbers.sorted() {
    if let last = ranges.last, number <= last.upperBound + 1 {
      ranges[ranges.count - 1] = last.lowerBound...max(number, last.upperBound)
    } else {
      ranges.append(number...number)
    }
  }
  return ranges
}

import Dedalus
import Evaluation
import Indices
import Scenarios

/// What the runs of one analysis share: each thing is stored once, numbered from 0 in order of first
/// appearance.
struct SharedTables: Sendable {
  private(set) var constants: [Constant] = []
  private var symbols: [Constant: UInt32] = [:]
  private var symbolParts: [RunDigest.Part] = []
  /// Each row: the relation, then a symbol for each column.
  private(set) var rows = WordTable(capacity: 256)
  /// Each tuple: the row, then the round.
  private(set) var tuples = WordTable(capacity: 1024)
  /// For each tuple: its part in the digest of a run.
  private(set) var tupleParts: [RunDigest.Part] = []
  /// Each absence: relation, round, then for each column 0 for any value, or 1 + symbol.
  private(set) var absences = WordTable(capacity: 64)
  private var absenceParts: [RunDigest.Part] = []
  /// Each firing: rule (`staying` for none), head, 1 + sender, 1 + receiver (0 for none), by how many rounds
  /// its message comes late, then premises; the top bit marks absences.
  private(set) var firings = WordTable(capacity: 1024)
  private(set) var firingParts: [RunDigest.Part] = []

  static let absenceMark: UInt32 = 1 << 31
  /// The rule of a firing by which a row stays.
  static let staying = UInt32.max
  /// The number of words of a firing before its premises.
  static let firingWords = 5

  /// The numbers of everything that happened in one run, in order.
  struct Contents: Sendable {
    var tuples: [UInt32] = []
    /// The firings, including those whose messages were lost.
    var firings: [UInt32] = []
    /// The lost messages, ascending.
    var losses: [Loss] = []

    /// A firing whose message was lost.
    struct Loss: Equatable, Sendable {
      let firing: UInt32
      let fate: Fate
    }

    /// The firings whose messages have the given `fate`, ascending.
    func lost(_ fate: Fate) -> some Sequence<UInt32> {
      losses.lazy.filter { $0.fate == fate }.map(\.firing)
    }
  }

  /// Adds a run to the tables. The tables are moved, not copied, since they may be large and the run small.
  mutating func enter(_ execution: Execution) -> Contents {
    let tables = self
    self = SharedTables()
    var translation = RunTranslation(execution, into: tables)
    translation.translate()
    self = translation.tables
    assert(isConsistent, "each thing has one part of the digest, and each constant one symbol")
    return translation.contents
  }

  /// Whether the parallel tables of symbols, tuples, absences and firings have the same lengths.
  var isConsistent: Bool {
    symbolParts.count == constants.count && symbols.count == constants.count
      && tupleParts.count == tuples.count && absenceParts.count == absences.count
      && firingParts.count == firings.count
  }

  /// Adds everything that is recorded of a run to its digest.
  func add(_ contents: Contents, to digest: inout RunDigest) {
    for (position, tuple) in contents.tuples.enumerated() { digest.add(tupleParts[Int(tuple)], at: position) }
    for (position, firing) in contents.firings.enumerated() {
      digest.add(firingParts[Int(firing)], at: position)
    }
    for (position, loss) in contents.losses.enumerated() {
      var part = firingParts[Int(loss.firing)]
      part.absorb(Self.number(of: loss.fate))
      digest.add(part, at: position)
    }
  }

  private static func number(of fate: Fate) -> UInt32 {
    UInt32(Fate.allCases.firstIndex(of: fate) ?? 0)
  }

  // MARK: Entries

  mutating func symbol(of constant: Constant) -> UInt32 {
    if let symbol = symbols[constant] { return symbol }
    let symbol = UInt32(constants.count)
    constants.append(constant)
    symbolParts.append(RunDigest.Part(constant.description))
    symbols[constant] = symbol
    return symbol
  }

  mutating func row(_ words: WordBuffer) -> UInt32 { rows.intern(words) }

  mutating func tuple(_ words: WordBuffer, in schema: Schema) -> UInt32 {
    assert(words.count == 2 && words[0] < rows.count, "a tuple is a row that has a number, and a round")
    let tuple = tuples.intern(words)
    precondition(tuple < Self.absenceMark, "the top bit of a premise tells absences from tuples")
    if Int(tuple) == tupleParts.count {
      let (relation, values) = self.row(words[0])
      tupleParts.append(RunDigest.Part(schema[relation].name, values, round: Int(words[1])))
    }
    return tuple
  }

  mutating func absence(_ words: WordBuffer, in schema: Schema) -> UInt32 {
    assert(
      words.count == 2 + schema[RelationID(rawValue: words[0])].arity,
      "an absence is a relation, a round and a word for each column")
    let number = absences.intern(words)
    precondition(number < Self.absenceMark, "the top bit of a premise tells absences from tuples")
    if Int(number) == absenceParts.count {
      let absence = absence(number)
      absenceParts.append(
        RunDigest.Part(
          schema[absence.relation].name, without: absence.pattern, round: absence.round.position))
    }
    return number
  }

  mutating func firing(_ words: WordBuffer) -> UInt32 {
    assert(words.count >= Self.firingWords, "a firing begins with its rule, head, sender, receiver, lateness")
    let firing = firings.intern(words)
    if Int(firing) == firingParts.count { firingParts.append(part(of: words)) }
    return firing
  }

  private func part(of firing: WordBuffer) -> RunDigest.Part {
    assert(firing[1] < tupleParts.count, "the head of a firing is numbered before the firing")
    var part = RunDigest.Part(rule: firing[0])
    part.absorb(tupleParts[Int(firing[1])])
    for position in 2..<4 {
      if firing[position] == 0 { part.absorb(0) } else { part.absorb(symbolParts[Int(firing[position]) - 1]) }
    }
    part.absorb(firing[4])
    for position in Self.firingWords..<firing.count {
      let word = firing[position]
      part.absorb(
        word & Self.absenceMark == 0
          ? tupleParts[Int(word)] : absenceParts[Int(word & ~Self.absenceMark)])
    }
    return part
  }

  // MARK: Meaning

  /// The relation and the values of a row.
  func row(_ number: UInt32) -> (relation: RelationID, values: [Constant]) {
    let words = rows[number]
    return (
      RelationID(rawValue: words[words.startIndex]), words.dropFirst().map { constants[Int($0)] }
    )
  }

  func round(of tuple: UInt32) -> UInt32 {
    assert(tuple < tuples.count, "a tuple is numbered before it is read")
    return tuples[tuple, 1]
  }

  func absence(_ number: UInt32) -> Absence {
    let words = absences[number]
    return Absence(
      relation: RelationID(rawValue: words[words.startIndex]),
      round: Round(rawValue: words[words.startIndex + 1]),
      pattern: words.dropFirst(2).map { $0 == 0 ? nil : constants[Int($0) - 1] })
  }
}

/// Translates the numbers of one run into those of its analysis. A campaign has thousands of runs with
/// hundreds of firings each, so what many firings share is looked up once per run, and only numbers are made
/// of it.
private struct RunTranslation {
  var tables: SharedTables
  var contents = SharedTables.Contents()

  private let execution: Execution
  /// For each constant in the pool: its number, or nil until something names it. `absences` works the same
  /// way.
  private var symbols: IndexedArray<Symbol, UInt32?>
  private var rows: IndexedArray<RowID, UInt32> = []
  private var absences: IndexedArray<AbsenceID, UInt32?>
  private var buffer = WordBuffer()
  private var pattern = WordBuffer()

  init(_ execution: Execution, into tables: consuming SharedTables) {
    self.execution = execution
    self.tables = tables
    symbols = IndexedArray(repeating: nil, count: execution.constants.count)
    absences = IndexedArray(repeating: nil, count: execution.absenceCount)
    rows.reserveCapacity(execution.store.rowCount)
    contents.tuples.reserveCapacity(execution.store.tupleCount)
    contents.firings.reserveCapacity(execution.firingIDs.count)
  }

  mutating func translate() {
    let store = execution.store
    for position in 0..<store.rowCount { rows.append(enterRow(RowID(position))) }
    for tuple in store.tuples {
      contents.tuples.append(enterTuple(rows[store.row(of: tuple)], store.round(of: tuple)))
    }
    let messages = execution.messages
    var next = 0
    var copies = 0
    for firing in execution.firingIDs {
      if next < messages.count, messages[next].firing == firing {
        copies = max(1, messages[next].arrivals.count { $0 <= execution.setting.eot })
        next += 1
      }
      enterFiring(firing, copies > 0 ? messages[next - 1] : nil)
      copies -= copies > 0 ? 1 : 0
    }
    assert(next == messages.count, "messages are listed in the order of their firings")
    contents.losses.sort { $0.firing < $1.firing }
    assert(
      zip(contents.losses, contents.losses.dropFirst()).allSatisfy { $0.firing < $1.firing },
      "a message is lost once")
  }

  private mutating func number(of symbol: Symbol) -> UInt32 {
    let isPooled = symbol.position < symbols.count
    if isPooled, let number = symbols[symbol] { return number }
    let entered = tables.symbol(of: execution.constants[symbol])
    if isPooled { symbols[symbol] = entered }
    return entered
  }

  private mutating func enterRow(_ row: RowID) -> UInt32 {
    let relation = execution.store.relation(of: row)
    buffer.begin(with: relation.rawValue)
    for column in 0..<execution.schema[relation].arity {
      buffer.append(number(of: execution.store.symbol(row, column)))
    }
    return tables.row(buffer)
  }

  private mutating func enterTuple(_ row: UInt32, _ round: Round) -> UInt32 {
    buffer.begin(with: row)
    buffer.append(round.rawValue)
    return tables.tuple(buffer, in: execution.schema)
  }

  private mutating func number(of absence: AbsenceID) -> UInt32 {
    if let number = absences[absence] { return number }
    let (relation, round) = execution.place(of: absence)
    pattern.begin(with: relation.rawValue)
    pattern.append(round.rawValue)
    for column in 0..<execution.schema[relation].arity {
      pattern.append(execution.symbol(absence, column).map { number(of: $0) + 1 } ?? 0)
    }
    let entered = tables.absence(pattern, in: execution.schema)
    absences[absence] = entered
    return entered
  }

  private mutating func enterFiring(_ firing: FiringID, _ message: Message?) {
    let head: UInt32
    var late = 0
    if let tuple = execution.head(of: firing) {
      head = contents.tuples[tuple.position]
      if let message { late = execution.store.round(of: tuple).position - message.sent.position - 1 }
    } else if let message {
      let round = message.arrivals.first ?? message.sent.next
      head = enterTuple(rows[message.row], round)
      late = round.position - message.sent.position - 1
    } else {
      preconditionFailure("only the firing of a message may have no head")
    }
    buffer.begin(with: execution.rule(of: firing)?.rawValue ?? SharedTables.staying)
    buffer.append(head)
    buffer.append(message?.sender.map { number(of: execution.constants.symbol(of: $0)) + 1 } ?? 0)
    buffer.append(message.map { number(of: execution.constants.symbol(of: $0.receiver)) + 1 } ?? 0)
    buffer.append(UInt32(late))
    for premise in execution.premises(of: firing) {
      switch premise {
      case .tuple(let tuple): buffer.append(contents.tuples[tuple.position])
      case .absence(let absence): buffer.append(number(of: absence) | SharedTables.absenceMark)
      }
    }
    let entered = tables.firing(buffer)
    contents.firings.append(entered)
    if let message, message.fate != .delivered {
      contents.losses.append(.init(firing: entered, fate: message.fate))
    }
  }
}

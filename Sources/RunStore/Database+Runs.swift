import Dedalus
import Evaluation
import FaultInjection
import GRDB
import Indices

extension Database {
  /// Appends what `shared` has beyond `saved`.
  func insert(_ shared: SharedTables, since saved: SavedCounts, analysis: Int) throws {
    try insertSymbols(shared.constants[saved.symbols...], from: saved.symbols, analysis)
    try insertRows(shared.rows, from: saved.rows, analysis)
    try insertTuples(shared.tuples, from: saved.tuples, analysis)
    try insertAbsences(shared.absences, from: saved.absences, analysis)
    try indexLast(shared.firings.count - saved.firings) {
      try insertFirings(shared.firings, from: saved.firings, analysis)
    }
  }

  /// Removes the runs from number `first` on, what only they have, which is what stands beyond `saved`, and the answer
  /// that named them.
  func removeRuns(from first: Int, beyond saved: SavedCounts, analysis: Int) throws {
    for (table, number, least) in [
      ("runs", "id", first), ("faults", "run", first), ("run_tuples", "run", first),
      ("run_firings", "run", first), ("run_losses", "run", first), ("symbols", "id", saved.symbols),
      ("ground_rows", "id", saved.rows), ("tuples", "id", saved.tuples), ("absences", "id", saved.absences),
      ("firings", "id", saved.firings),
    ] {
      try execute(
        sql: "DELETE FROM \(table) WHERE analysis = ? AND \(number) >= ?", arguments: [analysis, least])
    }
    try withdrawAnswer(ofAnalysis: analysis)
  }

  /// Inserts `count` firings; where these are many, and more than there are, the index is made anew behind them, which
  /// is to sort once instead of searching for each.
  private func indexLast(_ count: Int, _ insert: () throws -> Void) throws {
    let isLarge = count >= 20_000
    let known = isLarge ? try Int.fetchOne(self, sql: "SELECT count(*) FROM firings") ?? 0 : .max
    guard known < count else { return try insert() }
    try execute(sql: "DROP INDEX firings_by_head")
    try insert()
    try execute(sql: StoreSchema.firingsByHead)
  }

  private func insertSymbols(_ constants: ArraySlice<Constant>, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "symbols", columns: 3, in: self)
    for (offset, constant) in constants.enumerated() {
      insert.bind(analysis)
      insert.bind(first + offset)
      switch constant {
      case .integer(let value): insert.bind(Int(value))
      case .string(let text): insert.bind(text.string)
      }
      try insert.insert()
    }
  }

  private func insertRows(_ rows: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "ground_rows", columns: 4, in: self)
    for number in first..<rows.count {
      let words = rows[UInt32(number)]
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(Int(words[words.startIndex]))
      insert.bind(list: words.dropFirst().lazy.map { Int($0) })
      try insert.insert()
    }
  }

  private func insertTuples(_ tuples: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "tuples", columns: 4, in: self)
    for number in first..<tuples.count {
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(Int(tuples[UInt32(number), 0]))
      insert.bind(Int(tuples[UInt32(number), 1]))
      try insert.insert()
    }
  }

  private func insertAbsences(_ absences: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "absences", columns: 5, in: self)
    for number in first..<absences.count {
      let words = absences[UInt32(number)]
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(Int(words[words.startIndex]))
      insert.bind(Int(words[words.startIndex + 1]))
      insert.bind(list: words.dropFirst(2).lazy.map { $0 == 0 ? nil : Int($0) - 1 })
      try insert.insert()
    }
  }

  private func insertFirings(_ firings: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "firings", columns: 8, in: self)
    for number in first..<firings.count {
      let words = firings[UInt32(number)]
      let premises = words.dropFirst(4)
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(Int(words[words.startIndex]))
      insert.bind(Int(words[words.startIndex + 1]))
      insert.bind(list: premises.lazy.filter { $0 & SharedTables.absenceMark == 0 }.map { Int($0) })
      insert.bind(
        list: premises.lazy.filter { $0 & SharedTables.absenceMark != 0 }
          .map { Int($0 & ~SharedTables.absenceMark) })
      insert.bind(words[words.startIndex + 2] == 0 ? nil : Int(words[words.startIndex + 2]) - 1)
      insert.bind(words[words.startIndex + 3] == 0 ? nil : Int(words[words.startIndex + 3]) - 1)
      try insert.insert()
    }
  }

  /// Inserts a run.
  func insert(_ run: PendingRun, number: Int, analysis: Int, _ nodes: Nodes) throws {
    let lost = Set(run.contents.losses.map(\.firing))
    let tuples = NumberSequence(run.contents.tuples)
    let happened = run.contents.firings.filter { !lost.contains($0) }.sorted()
    var insert = try BulkInsert(into: "runs", columns: 9, in: self)
    insert.bind(analysis)
    insert.bind(number)
    insert.bind(run.role.rawValue)
    insert.bind(nil as Int?)
    insert.bind(run.violated)
    insert.bind(run.ending)
    insert.bind(list: (tuples.cuts ?? []).lazy.map { Int($0) })
    insert.bind(list: (NumberSequence(run.contents.firings).cuts ?? []).lazy.map { Int($0) })
    insert.bind(run.digest)
    try insert.insert()
    try insertFaults(run.faults, run: number, analysis, nodes)
    try self.insert(tuples.ranges, into: "run_tuples", run: number, analysis)
    try self.insert(NumberSequence.ranges(of: happened), into: "run_firings", run: number, analysis)
    try insertLosses(run.contents.losses, run: number, analysis)
  }

  private func insertFaults(_ faults: FaultSet, run: Int, _ analysis: Int, _ names: Nodes) throws {
    var insert = try BulkInsert(into: "faults", columns: 7, in: self)
    for (position, fault) in faults.faults.enumerated() {
      insert.bind(analysis)
      insert.bind(run)
      insert.bind(position)
      switch fault {
      case .crash(let node, _):
        insert.bind("crash")
        insert.bind(names[node].string)
        insert.bind(nil as Int?)
      case .omission(let sender, let receiver, _):
        insert.bind("omission")
        insert.bind(names[sender].string)
        insert.bind(names[receiver].string)
      }
      insert.bind(fault.round.position)
      try insert.insert()
    }
  }

  private func insert(_ ranges: [ClosedRange<UInt32>], into table: String, run: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: table, columns: 4, in: self)
    for range in ranges {
      insert.bind(analysis)
      insert.bind(run)
      insert.bind(Int(range.lowerBound))
      insert.bind(Int(range.upperBound))
      try insert.insert()
    }
  }

  private func insertLosses(
    _ losses: [SharedTables.Contents.Loss], run: Int, _ analysis: Int
  ) throws {
    var insert = try BulkInsert(into: "run_losses", columns: 5, in: self)
    for (range, fate) in ranges(of: losses) {
      insert.bind(analysis)
      insert.bind(run)
      insert.bind(Int(range.lowerBound))
      insert.bind(Int(range.upperBound))
      insert.bind(fate.rawValue)
      try insert.insert()
    }
  }

  /// Consecutive losses of one fate, as ranges.
  private func ranges(of losses: [SharedTables.Contents.Loss]) -> [(ClosedRange<UInt32>, Fate)] {
    var ranges: [(range: ClosedRange<UInt32>, fate: Fate)] = []
    for loss in losses {
      if let last = ranges.last, last.fate == loss.fate, loss.firing == last.range.upperBound + 1 {
        ranges[ranges.count - 1].range = last.range.lowerBound...loss.firing
      } else {
        ranges.append((loss.firing...loss.firing, loss.fate))
      }
    }
    return ranges
  }
}

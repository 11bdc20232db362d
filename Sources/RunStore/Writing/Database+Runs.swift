import Dedalus
import Evaluation
import GRDB
import Indices

extension Database {
  /// Appends the entries of `shared` that are not counted in `saved`.
  func insert(_ shared: SharedTables, since saved: SavedCounts, analysis: Int) throws {
    assert(saved.isPart(of: SavedCounts(of: shared)), "what is saved is the beginning of what is known")
    try insertSymbols(shared.constants[saved.symbols...], from: saved.symbols, analysis)
    try insertRows(shared.rows, from: saved.rows, analysis)
    try insertTuples(shared.tuples, from: saved.tuples, analysis)
    try insertAbsences(shared.absences, from: saved.absences, analysis)
    try insertFirings(shared.firings, from: saved.firings, analysis)
  }

  /// Removes the runs from number `first` on, the entries beyond `saved`, which only these runs have, and the
  /// answer that named them.
  func removeRuns(from first: Int, beyond saved: SavedCounts, analysis: Int) throws {
    precondition(first >= 1, "runs are numbered from 1")
    for (table, number, least) in [
      ("runs", "id", first), ("faults", "run", first), ("symbols", "id", saved.symbols),
      ("ground_rows", "id", saved.rows), ("tuples", "id", saved.tuples), ("absences", "id", saved.absences),
      ("firings", "id", saved.firings),
    ] {
      try execute(
        sql: "DELETE FROM \(table) WHERE analysis = ? AND \(number) >= ?", arguments: [analysis, least])
    }
    try withdrawAnswer(ofAnalysis: analysis)
  }

  private func insertSymbols(_ constants: ArraySlice<Constant>, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(constants.count, into: "symbols", columns: 3, in: self)
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
    var insert = try BulkInsert(rows.count - first, into: "ground_rows", columns: 4, in: self)
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
    var insert = try BulkInsert(tuples.count - first, into: "tuples", columns: 4, in: self)
    for number in first..<tuples.count {
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(Int(tuples[UInt32(number), 0]))
      insert.bind(Int(tuples[UInt32(number), 1]))
      try insert.insert()
    }
  }

  private func insertAbsences(_ absences: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(absences.count - first, into: "absences", columns: 5, in: self)
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
    var insert = try BulkInsert(firings.count - first, into: "firings", columns: 9, in: self)
    for number in first..<firings.count {
      let words = firings[UInt32(number)]
      let start = words.startIndex
      let premises = words.dropFirst(SharedTables.firingWords)
      insert.bind(analysis)
      insert.bind(number)
      insert.bind(words[start] == SharedTables.staying ? nil : Int(words[start]))
      insert.bind(Int(words[start + 1]))
      insert.bind(list: premises.lazy.filter { $0 & SharedTables.absenceMark == 0 }.map { Int($0) })
      insert.bind(
        list: premises.lazy.filter { $0 & SharedTables.absenceMark != 0 }
          .map { Int($0 & ~SharedTables.absenceMark) })
      insert.bind(words[start + 2] == 0 ? nil : Int(words[start + 2]) - 1)
      insert.bind(words[start + 3] == 0 ? nil : Int(words[start + 3]) - 1)
      insert.bind(words[start + 3] == 0 ? nil : Int(words[start + 4]))
      try insert.insert()
    }
  }
}

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
    try insertFirings(shared.firings, from: saved.firings, analysis)
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

  /// In the order of the table's key, so that the first run, which is nearly all, is only appended.
  private func insertFirings(_ firings: WordTable, from first: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "firings", columns: 8, in: self)
    let numbers = (first..<firings.count).sorted { left, right in
      (firings[UInt32(left), 1], left) < (firings[UInt32(right), 1], right)
    }
    for number in numbers {
      let words = firings[UInt32(number)]
      let premises = words.dropFirst(4)
      insert.bind(analysis)
      insert.bind(Int(words[words.startIndex + 1]))
      insert.bind(number)
      insert.bind(Int(words[words.startIndex]))
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
  func insert(_ run: PendingRun, number: Int, analysis: Int) throws {
    let execution = run.execution
    try execute(
      sql: """
        INSERT INTO runs (analysis, id, role, minimum, violated, ending, digest) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        analysis, number, run.role.rawValue, run.minimum, JSON(rows: run.violated).line,
        execution.ending.word,
        run.contents.digest.text,
      ])
    try insertFaults(of: execution, run: number, analysis)
    try insert(ranges(of: run.contents.tuples), into: "run_tuples", run: number, analysis)
    try insert(ranges(of: run.contents.firings), into: "run_firings", run: number, analysis)
    try insertLosses(run.contents.losses, run: number, analysis)
  }

  private func insertFaults(of execution: Execution, run: Int, _ analysis: Int) throws {
    var insert = try BulkInsert(into: "faults", columns: 7, in: self)
    let names = execution.setting.nodes
    for (position, fault) in execution.faults.faults.enumerated() {
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
    for loss in losses {
      insert.bind(analysis)
      insert.bind(run)
      insert.bind(Int(loss.head))
      insert.bind(Int(loss.firing))
      insert.bind(loss.fate.rawValue)
      try insert.insert()
    }
  }
}

extension Ending {
  /// One word or two for the table of runs.
  fileprivate var word: String {
    switch self {
    case .complete: "complete"
    case .failed: "failed"
    case .exhausted(let resource, _): "out of \(resource.rawValue)"
    }
  }
}

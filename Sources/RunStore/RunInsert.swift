import Evaluation
import FaultInjection
import GRDB
import Indices

/// Inserts runs, one after the other, by statements that are prepared once.
struct RunInsert: ~Copyable {
  private let analysis: Int
  private let nodes: Nodes
  private var runs: BulkInsert
  private var faults: BulkInsert
  private var tuples: BulkInsert
  private var firings: BulkInsert
  private var losses: BulkInsert

  /// Inserts runs of `analysis`.
  init(analysis: Int, _ nodes: Nodes, in database: Database) throws {
    let runs = try BulkInsert(into: "runs", columns: 9, in: database)
    let faults = try BulkInsert(into: "faults", columns: 7, in: database)
    let tuples = try BulkInsert(into: "run_tuples", columns: 4, in: database)
    let firings = try BulkInsert(into: "run_firings", columns: 4, in: database)
    let losses = try BulkInsert(into: "run_losses", columns: 5, in: database)
    self.analysis = analysis
    self.nodes = nodes
    self.runs = runs
    self.faults = faults
    self.tuples = tuples
    self.firings = firings
    self.losses = losses
  }

  /// Inserts `run` under `number`.
  mutating func insert(_ run: PendingRun, number: Int) throws {
    let contents = run.contents
    let held = NumberSequence(contents.tuples)
    let fired = NumberSequence(contents.firings)
    runs.bind(analysis)
    runs.bind(number)
    runs.bind(run.role.rawValue)
    runs.bind(nil as Int?)
    runs.bind(run.violated)
    runs.bind(run.ending)
    runs.bind(list: held.cuts ?? [])
    runs.bind(list: fired.cuts ?? [])
    runs.bind(run.digest)
    try runs.insert()
    try insertFaults(run.faults, run: number)
    for range in held.ranges { try Self.insert(range, run: number, analysis, by: &tuples) }
    for range in fired.ranges(without: contents.losses.map(\.firing)) {
      try Self.insert(range, run: number, analysis, by: &firings)
    }
    for (range, fate) in Self.ranges(of: contents.losses) { try insert(range, fate, run: number) }
  }

  private mutating func insertFaults(_ set: FaultSet, run: Int) throws {
    for (position, fault) in set.faults.enumerated() {
      faults.bind(analysis)
      faults.bind(run)
      faults.bind(position)
      switch fault {
      case .crash(let node, _):
        faults.bind("crash")
        faults.bind(nodes[node].string)
        faults.bind(nil as Int?)
      case .omission(let sender, let receiver, _):
        faults.bind("omission")
        faults.bind(nodes[sender].string)
        faults.bind(nodes[receiver].string)
      }
      faults.bind(fault.round.position)
      try faults.insert()
    }
  }

  private static func insert(
    _ range: ClosedRange<UInt32>, run: Int, _ analysis: Int, by insert: inout BulkInsert
  ) throws {
    insert.bind(analysis)
    insert.bind(run)
    insert.bind(Int(range.lowerBound))
    insert.bind(Int(range.upperBound))
    try insert.insert()
  }

  private mutating func insert(_ range: ClosedRange<UInt32>, _ fate: Fate, run: Int) throws {
    losses.bind(analysis)
    losses.bind(run)
    losses.bind(Int(range.lowerBound))
    losses.bind(Int(range.upperBound))
    losses.bind(fate.rawValue)
    try losses.insert()
  }

  /// Consecutive losses of one fate, as ranges.
  private static func ranges(of losses: [SharedTables.Contents.Loss]) -> [(ClosedRange<UInt32>, Fate)] {
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

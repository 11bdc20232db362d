import Evaluation
import GRDB
import Indices
import Scenarios

/// Inserts runs with statements that are prepared once.
struct RunInsert: ~Copyable {
  private let analysis: Int
  private let nodes: Nodes
  private var runs: BulkInsert
  private var faults: BulkInsert

  /// Prepares to insert the runs of `analysis` in `pending`.
  init(_ pending: [PendingRun], analysis: Int, _ nodes: Nodes, in database: Database) throws {
    let runs = try BulkInsert(pending.count, into: "runs", columns: 11, in: database)
    let count = pending.reduce(0) { $0 + $1.faults.count }
    let faults = try BulkInsert(count, into: "faults", columns: 7, in: database)
    self.analysis = analysis
    self.nodes = nodes
    self.runs = runs
    self.faults = faults
  }

  mutating func insert(_ run: PendingRun, number: Int) throws {
    runs.bind(analysis)
    runs.bind(number)
    runs.bind(run.role.rawValue)
    runs.bind(nil as Int?)
    runs.bind(run.violated)
    runs.bind(run.ending)
    runs.bind(run.contents)
    runs.bind(run.digest)
    try runs.insert()
    try insertFaults(run.faults, run: number)
  }

  private mutating func insertFaults(_ set: FaultSet, run: Int) throws {
    for (position, fault) in set.faults.enumerated() {
      faults.bind(analysis)
      faults.bind(run)
      faults.bind(position)
      faults.bind(fault.meaning.name)
      faults.bind(nodes[fault.subject.node].string)
      switch fault.subject {
      case .node: faults.bind(nil as Int?)
      case .link(let link): faults.bind(nodes[link.receiver].string)
      }
      faults.bind(fault.round.position)
      try faults.insert()
    }
  }
}

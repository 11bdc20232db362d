import Documents
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
    let runs = try BulkInsert(pending.count, into: "runs", columns: 14, in: database)
    let count = pending.reduce(0) { $0 + $1.scenario.faults.count }
    let faults = try BulkInsert(count, into: "faults", columns: 11, in: database)
    self.analysis = analysis
    self.nodes = nodes
    self.runs = runs
    self.faults = faults
  }

  mutating func insert(_ run: PendingRun, number: Int) throws {
    runs.bind(analysis)
    runs.bind(number)
    runs.bind(run.role.rawValue)
    runs.bind(JSON.array(run.scenario.inputs.facts.map { .string($0.text) }).line)
    runs.bind(nil as Int?)
    runs.bind(run.violated)
    runs.bind(run.ending)
    runs.bind(run.contents)
    runs.bind(run.digest)
    try runs.insert()
    try insertFaults(run.scenario.faults, run: number)
  }

  private mutating func insertFaults(_ set: FaultSet, run: Int) throws {
    for (position, fault) in set.faults.enumerated() {
      faults.bind(analysis)
      faults.bind(run)
      faults.bind(position)
      faults.bind(fault.meaning.name)
      try bind(fault.subject, in: fault.round)
      faults.bind(fault.round.position)
      faults.bind(fault.meaning.measure == .until ? fault.until.position : nil)
      faults.bind(fault.meaning.measure == .late ? fault.extent : nil)
      try faults.insert()
    }
  }

  /// Binds the columns for what a fault strikes.
  private mutating func bind(_ subject: Fault.Subject, in round: Round) throws {
    var columns: (node: String?, receiver: String?, side: String?, fact: String?)
    switch subject {
    case .node(let node): columns.node = nodes[node].string
    case .link(let link):
      (columns.node, columns.receiver) = (nodes[link.sender].string, nodes[link.receiver].string)
    case .side(let side): columns.side = JSON.array(side.nodes.map { .string(nodes[$0].string) }).line
    case .fact(let fact): columns.fact = fact.text(in: round)
    }
    for column in [columns.node, columns.receiver, columns.side, columns.fact] { faults.bind(column) }
  }
}

// What `make scale` prints: bounds that a search run by run cannot reach, as Markdown. Each search is one
// call with everything in it: the run without faults, the grounding, the solver, the check of its proofs, the
// confirming run.

import Answers
import Dedalus
import Evaluation
import Properties
import Scenarios
import Search
import Texts

enum Scale {
  static func printTables() throws {
    print("Far bounds\n")
    printHead()
    let delivery = try [(3, 8, 6), (4, 6, 4), (4, 8, 6), (6, 12, 10), (12, 80, 79)].map {
      try Workload.acknowledgedDelivery(nodes: $0.0, eot: $0.1, eff: $0.2)
    }
    for workload in delivery { try printRow(workload) }
    try printRow(.published("3pc", "commit/3pc.ded", eot: 30, eff: 28, crashes: 2))
    for eot in [16, 18, 20] {
      try printRow(.published("paxos-synod", "consensus/paxos-synod.ded", eot: eot, eff: 3, crashes: 1))
    }
    print("\nGrowth with rounds: ack-deliv on 4 nodes, losses in all rounds but the last two\n")
    printHead()
    for eot in [5, 10, 20, 40, 80] {
      try printRow(.acknowledgedDelivery(nodes: 4, eot: eot, eff: eot - 2))
    }
    print("\nGrowth with nodes: ack-deliv at EOT 10\n")
    printHead()
    for nodes in [3, 4, 6, 8, 10, 12] {
      try printRow(.acknowledgedDelivery(nodes: nodes, eot: 10, eff: 8))
    }
  }

  private static func printHead() {
    print("| program | EOT, EFF, crashes | verdict | tuples | gates | CNF | CPU s |")
    print("|---|---|---|---|---|---|---|")
  }

  private static func printRow(_ workload: Workload) throws {
    let bounds = try Bounds(
      eot: workload.eot, eff: workload.eff, crashes: workload.crashes, nodes: workload.nodes)
    let question = try Question(program: workload.program, bounds: bounds)
    let start = processSeconds()
    let answer = try check(question)
    let (seconds, cost) = (processSeconds() - start, answer.cost)
    let size = answer.counterexample.map { ", \($0.faults.count) faults" } ?? ""
    print(
      "| \(workload.name) | \(workload.eot), \(workload.eff), \(workload.crashes) "
        + "| \(answer.verdict.rawValue)\(size) | \(cost[.tuples]) | \(cost[.gates]) "
        + "| \(cost[.variables]) / \(cost[.clauses]) | \(right(seconds, 0, digits: 3)) |")
  }
}

extension Workload {
  /// A program of this repository with the nodes of its facts.
  fileprivate static func published(
    _ name: String, _ path: String, eot: Int, eff: Int, crashes: Int
  ) throws -> Workload {
    let program = try Program(reading: ["programs/\(path)"])
    return Workload(
      name: name, program: program, nodes: Nodes(program.defaultNodes), eot: eot, eff: eff, crashes: crashes)
  }

  /// programs/delivery/ack-deliv.ded on as many nodes as asked for, all of which know one another.
  fileprivate static func acknowledgedDelivery(nodes count: Int, eot: Int, eff: Int) throws -> Workload {
    let names = (0..<count).map { "n\($0 / 10)\($0 % 10)" }
    var text = "bcast(\"\(names[0])\", \"Data1\")@1;\n"
    for from in names { for to in names where to != from { text += "node(\"\(from)\", \"\(to)\")@1;\n" } }
    text += """
      node(N, Other)@next :- node(N, Other);
      log(N, P) :- bcast(N, P);
      log(N, P)@next :- log(N, P);
      relay(Other, N, P)@async :- log(N, P), node(N, Other), notin ack(N, Other, P);
      log(N, P) :- relay(N, _, P);
      ack(Sender, N, P)@async :- relay(N, Sender, P);
      ack(N, Other, P)@next :- ack(N, Other, P);
      missing_log(Other, P) :- log(N, P), node(N, Other), notin log(Other, P);
      pre(N, P) :- log(N, P), notin bcast(N, P)@1, notin crash(N, N, _);
      post(N, P) :- log(N, P), notin missing_log(_, P);
      """
    return Workload(
      name: "ack-deliv, \(count) nodes", program: try Program(text: text),
      nodes: Nodes(names.map { Text($0) }), eot: eot, eff: eff, crashes: 1)
  }
}

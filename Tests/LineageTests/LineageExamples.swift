import Dedalus
import Evaluation
import Foundation

@testable import Lineage
@testable import Scenarios
@testable import Texts

/// A program and the nodes it runs on.
struct LineageExample {
  let program: Program
  let setting: Setting

  init(_ text: String, nodes: [Text] = ["a", "b"], eot: Int, crashView: CrashView = .silent) throws {
    program = try Program(text: text)
    setting = Setting(nodes: Nodes(nodes), eot: eot, crashView: crashView)
  }

  /// The run under `faults`, each as `omit a b 1` or `crash c 3`.
  func run(_ faults: String...) throws -> Execution { try run(faults) }

  /// The run under `faults`, each as `omit a b 1` or `crash c 3`.
  func run(_ faults: [String]) throws -> Execution {
    try Evaluation.run(program, setting, under: Scenario(FaultSet(faults.map(fault))))
  }

  private func fault(_ text: String) throws -> Fault {
    let words = text.split(separator: " ").map { Text(String($0)) }
    let nodes = try words[1...].compactMap { word in Int(word.string) == nil ? try node(word) : nil }
    let round = Round(Int(words[words.count - 1].string) ?? 0)
    return nodes.count == 1 ? .crash(nodes[0], round) : .omission(from: nodes[0], to: nodes[1], round)
  }

  private func node(_ name: Text) throws -> NodeID {
    guard let node = setting.nodes.id(of: name) else { throw UnknownNode() }
    return node
  }
}

struct UnknownNode: Error {}

extension Execution {
  /// The tuple of `relation` with `values` in `round`.
  func tuple(_ relation: String, _ values: Constant..., round: Int) -> TupleID? {
    program.relation(named: relation).flatMap { tuple($0, values, in: Round(round)) }
  }

  /// `node` in words, e.g. `log("a", 1)@2`, `rule 3`, `no log("a", _)@2`, `lost log("a", 1)@1`.
  func text(of node: DerivationGraph.Node) -> String {
    switch node {
    case .tuple(let tuple): text(ofTuple: tuple)
    case .firing(let firing): rule(of: firing).map { "rule \($0.rawValue)" } ?? "stays"
    case .absence(let number):
      "no \(text(of: absence(number)))@\(absence(number).round.rawValue)"
    case .loss(let message): "lost \(text(of: message.row))@\(message.sent.rawValue)"
    }
  }

  func text(ofTuple tuple: TupleID) -> String {
    "\(text(of: store.row(of: tuple)))@\(store.round(of: tuple).rawValue)"
  }
}

extension DerivationGraph {
  /// Each node with what it rests on, a line each.
  func lines(in execution: Execution) -> [String] {
    nodes.indices.map { node in
      let rests = supports[node].map { execution.text(of: nodes[$0]) }.joined(separator: ", ")
      return execution.text(of: nodes[node]) + (rests.isEmpty ? "" : " <- " + rests)
    }
  }
}

import Dedalus
import Evaluation
import Scenarios
import Texts

/// A program with the bounds under which it is measured.
struct Workload {
  let name: String
  let program: Program
  let nodes: Nodes
  let eot: Int
  let eff: Int
  let crashes: Int

  var setting: Setting { Setting(nodes: nodes, eot: eot) }
}

/// The published protocols at the bounds of the published tables.
struct PublishedProtocol {
  let name: String
  let path: String
  let nodes: String
  let eot: Int
  let eff: Int
  let crashes: Int

  static let all = [
    PublishedProtocol(
      name: "kafka 7,4,1", path: "programs/kafka/kafka.ded", nodes: "a,b,c,C,Z", eot: 7, eff: 4, crashes: 1),
    PublishedProtocol(
      name: "3pc 9,7,1", path: "programs/commit/3pc.ded", nodes: "C,a,b,d", eot: 9, eff: 7, crashes: 1),
    PublishedProtocol(
      name: "ack-deliv 8,7,1", path: "programs/delivery/ack-deliv.ded", nodes: "a,b,c", eot: 8, eff: 7,
      crashes: 1),
  ]

  func workload() throws -> Workload {
    Workload(
      name: name, program: try Program(reading: [path]),
      nodes: Nodes(nodes.split(separator: ",").map { Text(String($0)) }), eot: eot, eff: eff, crashes: crashes
    )
  }
}

extension Workload {
  /// A broadcast with retries until acknowledged and relays, on as many nodes as asked for: what grows with
  /// nodes and rounds alone.
  static func acknowledgedBroadcast(nodes count: Int, eot: Int) throws -> Workload {
    let names = (0..<count).map { "n\($0 / 10)\($0 % 10)" }
    var text = "bcast(\"\(names[0])\", \"Data1\")@1;\n"
    for from in names { for to in names where to != from { text += "node(\"\(from)\", \"\(to)\")@1;\n" } }
    text += """
      node(N, M)@next :- node(N, M);
      log(N, P) :- bcast(N, P);
      log(N, P)@next :- log(N, P);
      sender(N, N, P) :- bcast(N, P);
      sender(N, S, P)@next :- sender(N, S, P);
      rbcast(M, N, P)@async :- log(N, P), node(N, M), notin ack(N, M, P);
      sender(M, N, P) :- rbcast(M, N, P);
      log(M, P) :- rbcast(M, _, P);
      ack(S, M, P)@async :- rbcast(M, S, P);
      ack(S, M, P)@next :- ack(S, M, P);
      missing(M, P) :- log(N, P), node(N, M), notin log(M, P);
      pre(M, P) :- log(M, P), notin bcast(M, P)@1, notin crash(M, M, _);
      post(M, P) :- log(M, P), notin missing(_, P);
      """
    return Workload(
      name: "\(count) nodes, EOT \(eot)", program: try Program(text: text),
      nodes: Nodes(names.map { Text($0) }),
      eot: eot, eff: eot - 1, crashes: 1)
  }
}

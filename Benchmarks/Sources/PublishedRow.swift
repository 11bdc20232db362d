import BigInt
import Dedalus
import Evaluation
import Properties
import Scenarios
import Texts

/// A row of the tables in "Lineage-driven Fault Injection", SIGMOD 2015, and the program that it is about.
struct PublishedRow {
  let name: String
  /// Below `programs`.
  let path: String
  /// Separated by commas; nil for those of the facts.
  var nodes: String?
  let eot: Int
  let eff: Int
  let crashes: Int
  /// As printed.
  let combinations: String
  /// Executions and wall-clock seconds of random search until a counterexample, the mean of 25 searches.
  var random: (runs: Double, seconds: Double)?
  /// Executions, and seconds where they are published, of the original tool.
  let molly: (runs: Int, seconds: Double?)

  /// Figure 12: until the first counterexample.
  static let buggy = [
    PublishedRow(
      name: "simple-deliv", path: "delivery/simple-deliv.ded", eot: 4, eff: 2, crashes: 0,
      combinations: "4.10e3", random: (4.08, 0.16), molly: (2, 0.12)),
    PublishedRow(
      name: "retry-deliv", path: "delivery/retry-deliv.ded", eot: 4, eff: 2, crashes: 1,
      combinations: "4.07e4", random: (75.24, 1.28), molly: (3, 0.12)),
    PublishedRow(
      name: "classic-deliv", path: "delivery/classic-deliv.ded", eot: 5, eff: 3, crashes: 0,
      combinations: "2.62e5", random: (116.16, 1.81), molly: (5, 0.24)),
    PublishedRow(
      name: "2pc", path: "commit/2pc.ded", eot: 5, eff: 0, crashes: 1,
      combinations: "24", random: (5.48, 0.31), molly: (2, 0.22)),
    PublishedRow(
      name: "2pc-ctp", path: "commit/2pc-ctp.ded", eot: 8, eff: 0, crashes: 1,
      combinations: "36", random: (8.56, 1.04), molly: (3, 1.01)),
    PublishedRow(
      name: "3pc", path: "commit/3pc.ded", eot: 9, eff: 7, crashes: 1,
      combinations: "2.43e26", random: (40.60, 6.24), molly: (55, 9.60)),
    PublishedRow(
      name: "Kafka", path: "kafka/kafka.ded", nodes: "a,b,c,C,Z", eot: 6, eff: 4, crashes: 1,
      combinations: "1.85e25", random: (1183.12, 133.30), molly: (38, 3.74)),
  ]

  /// Figure 13: bounds that 120 seconds were enough for, all of them correct.
  static let correct = [
    PublishedRow(
      name: "redun-deliv", path: "delivery/redun-deliv.ded", eot: 11, eff: 10, crashes: 1,
      combinations: "8.07e18", molly: (11, nil)),
    PublishedRow(
      name: "ack-deliv", path: "delivery/ack-deliv.ded", eot: 8, eff: 7, crashes: 1,
      combinations: "3.08e13", molly: (673, nil)),
    PublishedRow(
      name: "paxos-synod", path: "consensus/paxos-synod.ded", eot: 7, eff: 6, crashes: 1,
      combinations: "4.81e11", molly: (173, nil)),
    PublishedRow(
      name: "bully-le", path: "membership/bully-le.ded", eot: 10, eff: 9, crashes: 1,
      combinations: "1.26e17", molly: (2, nil)),
    PublishedRow(
      name: "flux", path: "storage/flux.ded", eot: 22, eff: 21, crashes: 1,
      combinations: "6.20e76", molly: (187, nil)),
  ]

  /// What the row asks.
  func question() throws -> Question {
    let program = try Program(reading: ["programs/\(path)"])
    let nodes = nodes.map { Nodes($0.split(separator: ",").map { Text(String($0)) }) }
    let bounds = try Bounds(
      eot: eot, eff: eff, crashes: crashes, nodes: nodes ?? Nodes(program.defaultNodes))
    return try Question(program: program, bounds: bounds)
  }
}

extension BigUInt {
  /// As the tables print it: up to three digits in full, else three digits and the power of ten.
  var published: String {
    let digits = String(self)
    guard digits.count > 3 else { return digits }
    let rounded = String((self + BigUInt(5) * BigUInt(10).power(digits.count - 4)))
    return "\(rounded.prefix(1)).\(rounded.dropFirst().prefix(2))e\(rounded.count - 1)"
  }
}

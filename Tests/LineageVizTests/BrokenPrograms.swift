import Answers
import Dedalus
import Evaluation
import Foundation
import Properties
import Scenarios
import Search
import Testing
import Texts

@testable import LineageViz

/// A scenario of this repository's programs that has a counterexample.
struct BrokenProgram: CustomTestStringConvertible {
  let path: String
  let nodes: [Text]
  let eot: Int
  let eff: Int
  let crashes: Int

  var testDescription: String { "\(path) \(eot),\(eff),\(crashes)" }

  /// What a search finds out about it.
  func answer() throws -> (answer: Answer, counterexample: Counterexample, baseline: Execution) {
    let program = try Program(reading: [Self.folder.appendingPathComponent(path).path])
    let bounds = try Bounds(eot: eot, eff: eff, crashes: crashes, nodes: Nodes(nodes))
    let answer = try check(Question(program: program, bounds: bounds), patience: Patience())
    return (answer, try #require(answer.counterexample), try #require(answer.baseline))
  }

  /// What there is to explain about it.
  func breach() throws -> Breach {
    let (answer, counterexample, baseline) = try answer()
    return Breach(counterexample: counterexample, question: answer.question, baseline: baseline)
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("programs", isDirectory: true)

  static let all = [
    BrokenProgram(path: "kafka/kafka.ded", nodes: ["a", "b", "c", "C", "Z"], eot: 7, eff: 4, crashes: 1),
    BrokenProgram(path: "commit/3pc.ded", nodes: ["C", "a", "b", "d"], eot: 9, eff: 7, crashes: 1),
    BrokenProgram(path: "commit/3pc.ded", nodes: ["C", "a", "b", "d"], eot: 9, eff: 7, crashes: 0),
    BrokenProgram(path: "delivery/retry-deliv.ded", nodes: ["a", "b", "c"], eot: 4, eff: 2, crashes: 1),
    BrokenProgram(path: "delivery/classic-deliv.ded", nodes: ["a", "b", "c"], eot: 5, eff: 3, crashes: 0),
    BrokenProgram(path: "delivery/simple-deliv.ded", nodes: ["a", "b", "c"], eot: 4, eff: 2, crashes: 0),
    BrokenProgram(path: "commit/2pc.ded", nodes: ["C", "a", "b", "d"], eot: 6, eff: 0, crashes: 1),
    BrokenProgram(path: "commit/2pc-ctp.ded", nodes: ["C", "a", "b", "d"], eot: 8, eff: 0, crashes: 1),
  ]
}

import Answers
import Dedalus
import Documents
import Evaluation
import Properties
import Scenarios
import Support

@testable import Reports

/// Questions about the smallest protocol that a fault breaks.
enum Example {
  static let nodes = Nodes(["a", "b", "c"])

  static func program(_ text: String = UnrepeatedBroadcast.program) throws -> Program {
    try Program(text: text, path: "p.ded")
  }

  static func question(
    eff: Int = 2, crashes: Int = 0, outcome: String? = nil, _ text: String = UnrepeatedBroadcast.program
  ) throws -> Question {
    try Question(
      program: program(text), bounds: Bounds(eot: 4, eff: eff, crashes: crashes, nodes: nodes),
      outcome: outcome)
  }

  static func report(_ answer: Answer) -> Report { Report(answer, warnings: [], files: ["p.ded"]) }

  /// A program that fails under no fault at all.
  static let failing = #"p("a", 0)@1; q(N, 1 / C) :- p(N, C); post(N) :- p(N, _);"#
}

extension String {
  /// The text between the first `start` and the next `end`.
  func part(from start: String, to end: String) -> String {
    guard let first = firstRange(of: start) else { return "" }
    let rest = self[first.lowerBound...]
    return String(rest[..<(rest.firstRange(of: end)?.lowerBound ?? rest.endIndex)])
  }

  /// The lines that do not begin with `prefix`.
  func withoutLines(_ prefix: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix(prefix) }
      .joined(separator: "\n")
  }
}

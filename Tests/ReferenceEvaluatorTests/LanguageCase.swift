import Dedalus
import ReferenceEvaluator
import Testing
import Texts

/// A program, what goes wrong, and exactly what one of its relations, `out`, then holds.
struct LanguageCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let program: String
  var nodes: [Text] = ["a", "b"]
  var eot = 3
  var crashView = ReferenceCrashView.silent
  var faults: [ReferenceFault] = []
  /// Each row as `round: value value …`, sorted.
  let rows: [String]

  init(
    _ description: String, _ program: String, nodes: [Text] = ["a", "b"], eot: Int = 3,
    _ crashView: ReferenceCrashView = .silent, faults: [ReferenceFault] = [], gives rows: [String]
  ) {
    testDescription = description
    self.program = program
    self.nodes = nodes
    self.eot = eot
    self.crashView = crashView
    self.faults = faults
    self.rows = rows
  }

  func run() throws -> (program: Program, execution: ReferenceExecution) {
    let program = try Program(text: program)
    let run = ReferenceRun(program: program, nodes: nodes, eot: eot, crashView: crashView, faults: faults)
    return (program, run.execution())
  }
}

extension ReferenceExecution {
  /// The rows of `name` in every round, as `round: value value …`.
  func rows(of name: String, in program: Program) -> [String] {
    guard let relation = program.relation(named: name) else { return [] }
    return tuples.filter { $0.relation == relation }.map { "\($0.round): \($0.values.text)" }
  }
}

extension [Constant] {
  /// The values without quotes, a blank between two.
  var text: String {
    map { if case .string(let text) = $0 { text.string } else { $0.description } }.joined(separator: " ")
  }
}

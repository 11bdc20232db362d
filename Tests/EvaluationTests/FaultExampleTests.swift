// What each kind of fault does, on examples small enough to be followed by hand.

import Dedalus
import Evaluation
import Scenarios
import Support
import Testing
import Texts

@Suite("Examples of every kind of fault")
struct FaultExampleTests {
  @Test("rows hold in exactly these rounds", arguments: FaultExample.all.indices)
  func holds(_ index: Int) throws {
    let example = FaultExample.all[index]
    let program = try Program(text: example.program)
    let nodes = Nodes(example.nodes.map { Text($0) })
    let faults = FaultSet(
      try example.faults.map { try Fault($0, nodes: nodes, facts: program.configuredFacts) })
    let execution = run(program, Setting(nodes: nodes, eot: example.eot), under: faults)
    let relation = try #require(program.relation(named: example.relation))
    var rows: [String] = []
    for round in 1...example.eot {
      for tuple in execution.tuples(of: relation, in: Round(round)) {
        let values = execution.values(of: execution.store.row(of: tuple)).map { value in
          if case .string(let text) = value { text.string } else { "\(value)" }
        }
        rows.append("\(round): \(values.joined(separator: " "))")
      }
    }
    #expect(rows == example.rows, "\(example.name)")
  }
}

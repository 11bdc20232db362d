import Dedalus
import Properties
import Scenarios
import Texts

extension Scenario {
  /// The scenario of a run of `program` with `eot` rounds that a call describes: `faults`, each once, which
  /// need not be within any bounds but must be possible together; and of what can be chosen, everything.
  package init(
    faults texts: [String], choosing chosen: [String], of program: Program, _ nodes: Nodes, eot: Int
  ) throws {
    let facts = texts.isEmpty ? [] : program.configuredFacts
    let faults = FaultSet(try texts.map { try Fault($0, nodes: nodes, facts: facts) })
    if let (first, second) = faults.conflict {
      throw Refusal.call("conflicting-faults", first.conflictText(with: second, nodes).showingEverything)
    }
    self.init(faults, try PossibleInputs(program.openFacts, upTo: eot).inputs(choosing: chosen))
  }
}

import Answers
import Testing

@Suite("Counters and times")
struct CostTests {
  @Test("what is not counted is 0, and what is counted has its unit")
  func values() {
    var cost = Cost()
    for counter in Cost.Counter.allCases { #expect(cost[counter] == 0) }
    for phase in Cost.Phase.allCases { #expect(cost[phase] == 0) }
    cost[.gates] += 1
    cost[.faultVariables] = 32
    cost[.checking] += 0.25
    #expect(cost.words(.gates) == "1 gate" && cost.words(.faultVariables) == "32 fault variables")
    #expect(cost.words(.executions) == "0 runs" && cost[.checking] == 0.25 && cost[.solving] == 0)
  }

  @Test("the list is complete, and each entry is explained")
  func list() {
    #expect(
      Cost.Counter.allCases.map(\.rawValue) == [
        "executions", "skipped", "tuples", "instances", "gates", "faultVariables", "variables", "clauses",
        "conflicts", "decisions", "propagations", "solverCalls", "proofs", "proofSteps",
      ])
    #expect(
      Cost.Phase.allCases.map(\.rawValue) == ["total", "grounding", "solving", "checking", "confirming"])
    #expect(
      Cost.Counter.allCases.map(\.unit) == [
        "run", "fault set", "tuple", "rule instance", "gate", "fault variable", "variable", "clause",
        "conflict", "decision", "propagation", "call", "proof", "step",
      ])
    let help = Cost.Counter.allCases.map(\.help) + Cost.Phase.allCases.map(\.help)
    #expect(Set(help).count == help.count && help.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") })
    #expect(Cost.Phase.allCases.map(\.word) == ["total", "grounding", "solving", "checking", "running"])
  }
}

import Evaluation
import Properties
import QuestionSupport
import Scenarios
import Support
import Synchronization
import Testing

@testable import Answers
@testable import Search

/// Counts how often a search asks whether to stop.
private final class Polls: Sendable {
  private let asked = Atomic<Int>(0)
  private let most: Int

  init(_ most: Int) { self.most = most }

  var areUsedUp: Bool { asked.add(1, ordering: .relaxed).newValue >= most }
}

@Suite("Counterexamples of searches that were cut off")
struct ShrinkingTests {
  /// The question of the first scenario line of the Kafka program.
  private static func kafka() throws -> Question {
    let scenarios = try ProgramLibrary.scenarios.get()
    let first = try #require(scenarios.first { $0.path == "kafka/kafka.ded" })
    return try first.question
  }

  @Test("none of their faults can be left out, and the same interruption gives the same set")
  func shrunk() throws {
    let question = try Self.kafka()
    let compiled = CompiledProgram(question.program, nodes: question.bounds.nodes)
    var shrunk = 0
    for most in 1...60 {
      func answer() throws -> Answer {
        let polls = Polls(most)
        return try check(question, patience: Patience(isInterrupted: { polls.areUsedUp }))
      }
      guard let found = try answer().counterexample, !found.minimum else { continue }
      shrunk += 1
      #expect(try answer().counterexample?.faults == found.faults)
      #expect(found.needsEach && !found.violations.isEmpty)
      for fault in found.faults.faults {
        let fewer = FaultSet(found.faults.faults.filter { $0 != fault })
        let run = compiled.run(question.setting, under: fewer)
        #expect(question.violations(in: run).isEmpty, "\(fault) can be left out")
      }
    }
    #expect(shrunk >= 2, "\(shrunk)")
  }

  @Test("the circuit takes away what does nothing, and nothing else")
  func superfluous() throws {
    let question = try Self.kafka()
    let found = try check(question).counterexample
    let first = try #require(found)
    var search = Search(question, Patience())
    guard let baseline = search.runBaseline(), let grounding = search.ground(after: baseline) else {
      Issue.record("the run without faults leaves the answer open")
      return
    }
    var circuit = grounding.circuit
    let goals = Search.Goals(of: question, in: grounding, after: baseline, &circuit)
    let view = CircuitView(
      circuit: circuit, possible: grounding.faults, possibleViolations: goals.violations, baseline: baseline)
    let nodes = question.bounds.nodes
    let more = try (1...3).map { try Fault("omit a C \($0)", nodes: nodes) }
    let padded = FaultSet(first.faults.faults + more)
    #expect(padded.count == 6)
    let (scenario, needsEach) = search.shrunk(Scenario(padded), view)
    #expect(needsEach && scenario == Scenario(first.faults))
  }
}
